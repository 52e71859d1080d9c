"""Every field of a model, declared once, in the order of an entry's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from models_catalog.fields import numbers
from models_catalog.fields.numbers import Number
from models_catalog.models.vocabulary import Field

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Group(TextChoices):
    """Headings under which a comparison shows fields."""

    IDENTITY = "identity", _("Identity")
    WHO = "who", _("Who builds it")
    WHAT = "what", _("What it is for")
    SIZE = "size", _("Size")
    TIME = "time", _("Dates and timeline")
    OPENNESS = "openness", _("Openness")
    SOURCES = "sources", _("Sources")


@dataclass(frozen=True)
class Declared:
    """One field.

    `column` names it in files, in sort parameters and in `Entry.bases`; `headings` lists, separated by semicolons, the
    column headings that tables use for it; `basis` is the heading of its basis column; `number` says how a number is
    read and written.
    """

    field: Field
    group: Group
    column: str
    basis: StrOrPromise
    headings: str = ""
    number: Number | None = None
    is_newer: bool = False
    """Whether it was added after the first published files: its columns follow all older ones."""


DECLARED: Final[tuple[Declared, ...]] = (
    Declared(
        Field.DEVELOPER, Group.WHO, "developers", _("Basis of the developers"),
        "developer; developers; company; companies; 公司; 机构; 单位; 开发者; 研发机构; 研发方; 企业; 厂商; 开发商; 开发机构; "
        "研发单位; 研发公司; 研发企业; 研发主体; 所属公司; 所属机构; 所属单位; 所属企业; 公司名称; 机构名称; 企业名称; 单位名称; 开发单位; "
        "开发公司; 开发企业; 开发方; 开发团队; 研发团队; 发布机构; 发布单位; 发布方; 发布公司; 发布企业; 出品方; 备案单位; 备案主体; "
        "备案公司; 备案企业; 申报单位; 主体; 作者单位; vendor; organisation; organization; organisations; organizations; org; affiliation; "
        "affiliations; provider; providers; maker; makers; lab; creator; publisher; institution; institutions; developed by; "
        "model developer; author affiliation; owner; 厂家; 研发者; 公司名; team; builder",
    ),
    Declared(
        Field.KIND, Group.IDENTITY, "kind", _("Basis of the kind"),
        "kind; 类型; entry kind; 条目类型; 模型类型; 大模型类型; model type",
    ),
    Declared(
        Field.PARAMETERS, Group.SIZE, "parameters", _("Basis of the size"),
        "parameters; parameters_stated; size; model size; 参数; 参数量; 参数规模; 参数数量; 参数大小; 模型规模; 模型大小; 模型参数; "
        "模型参数量; 模型参数规模; 模型参数大小; 参数总量; 总参数; 总参数量; 规模; params; param; n_params; num_params; parameter count; "
        "parameters count; number of parameters; total parameters; total params; parameters_total; parameters_dense; parameter; "
        "parameters as stated; 参数规模原话; parameter size; params count; 模型尺寸; 模型体量; 参数尺寸; model parameters; total parameter count; "
        "size of model; sizes; model sizes; 大小",
        numbers.PARAMETERS,
    ),
    Declared(
        Field.CONTEXT_LENGTH, Group.SIZE, "context_length", _("Basis of the context length"),
        "context_length; context; context window; context size; context limit; max context; max_context_length; 上下文; "
        "上下文长度; 上下文窗口; 最大上下文; 最大上下文长度; 窗口长度; 训练最大长度; 最大序列长度; 支持上下文; 支持上下文长度; 支持的上下文; 支持的上下文长度; 支持的最大上下文; 上下文大小; context len; "
        "max context length; maximum context; context window size; context length",
        numbers.CONTEXT_LENGTH,
        is_newer=True,
    ),
    Declared(
        Field.EVENT, Group.TIME, "released", _("Basis of the release"),
        "released; released_stated; date; 发布; 发布时间; 发布日期; 日期; 上线时间; 上线日期; 推出时间; 首发时间; 首次发布; 首次发布时间; "
        "公开时间; 开放时间; 发布年月; 发布年份; release; release date; released on; release time; date released; launch date; publication date; "
        "release as stated; 发布日期原话; created date; 时间; 推出日期; 问世时间; 首发; 首发日期; 上线; 亮相时间; 释出日期; 释出时间; 发布年; year; release year; launched; launch; published; 年份",
    ),
    Declared(
        Field.OPENNESS, Group.OPENNESS, "openness", _("Basis of the openness"),
        "openness; open; 开源; 是否开源; 是否已开源; 开源与否; 开源情况; 开源状态; 开源/闭源; 开闭源; 是否闭源; 闭源; open source; "
        "open sourced; is open source; is open; open weights; open weight; is open weights; 开放性; 开放权重; 是否开放; 是否开放权重; "
        "model accessibility; accessibility; closed; closed source; is closed; proprietary; 开源协议; 开源许可; 开源许可证; 开源类型; "
        "open model weights; open-source; open-weight; open-weights; weights available",
    ),
    Declared(
        Field.CATEGORY, Group.WHAT, "category", _("Basis of the category"),
        "category; 类别",
    ),
    Declared(
        Field.MODALITY, Group.WHAT, "modality", _("Basis of the modality"),
        "modality; modalities; 模态; 模型模态; 数据模态; 模态类型; 支持模态; domain; domains; input modalities; modalities input; input modality",
    ),
    Declared(
        Field.SECTOR, Group.WHAT, "sectors", _("Basis of the target industries"),
        "sector; sectors; industry; industries; 类别; 行业; 领域; 分类; 应用领域; 应用行业; 所属行业; 所属领域; 目标行业; 面向行业; "
        "行业领域; target industry; target industries",
    ),
    Declared(
        Field.LINK, Group.SOURCES, "links", _("Basis of the links"),
        "link; links; url; 链接; 网址; 官网; 官方网站; 项目地址; 模型地址; 地址; website; homepage; home page; 开源地址; 主页; 下载地址; "
        "开源链接; 官网链接; 项目链接; github链接; repository; repo; checkpoint; chkpt; 体验地址; 试用地址",
        is_newer=True,
    ),
    Declared(
        Field.PARENT, Group.IDENTITY, "parent", _("Basis of the parent"),
        "parent; 所属系列; 系列; 所属模型; 所属家族; 模型家族; 模型系列; family; model family; parent model; series; part of; 父模型; 上级模型; model series",
    ),
)  # fmt: skip
"""All fields except the name, which is shown first, in several forms."""

BY_FIELD: Final = {one.field: one for one in DECLARED}

NUMBERED: Final[tuple[tuple[Declared, Number], ...]] = tuple(
    (one, one.number) for one in DECLARED if one.number is not None
)
"""The fields whose value is an interval of whole numbers, with their formats."""


def number_of(field: str) -> Number:
    """The format of a numeric field. LookupError for any other field."""
    found = BY_FIELD[Field(field)].number
    if found is None:
        raise LookupError(field)
    return found
