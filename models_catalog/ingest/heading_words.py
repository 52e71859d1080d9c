"""The headings under which tables of models have a column, besides the labels of the columns: by column."""

from __future__ import annotations

from collections.abc import Mapping

MODEL_HEADINGS: Mapping[str, str] = {
    "slug": "slug; 代号",
    "name": "name; model; 大模型; 模型; 名称; 模型名称; name_zh; 中文名; 模型名; 大模型名称; 产品; 产品名称; model name; chinese name; "
    "model_name; 模型中文名; 中文名称; 模型/产品; 模型产品; 大模型产品; 大模型产品名称; 算法名称; models; 国产大模型; 名字",
    "name_en": "name_en; english name; 英文名; 英文名称; 模型英文名; en name",
    "alias": "alias; aliases; 别名; 又名; 别称; 简称; 其他名称; other names; also known as; aka; 曾用名; short name",
    "developer": "developer; developers; company; companies; 公司; 机构; 单位; 开发者; 研发机构; 研发方; 企业; 厂商; 开发商; 开发机构; "
    "研发单位; 研发公司; 研发企业; 研发主体; 所属公司; 所属机构; 所属单位; 所属企业; 公司名称; 机构名称; 企业名称; 单位名称; 开发单位; "
    "开发公司; 开发企业; 开发方; 开发团队; 研发团队; 发布机构; 发布单位; 发布方; 发布公司; 发布企业; 出品方; 备案单位; 备案主体; "
    "备案公司; 备案企业; 申报单位; 主体; 作者单位; vendor; organisation; organization; organisations; organizations; org; affiliation; "
    "affiliations; provider; providers; maker; makers; lab; creator; publisher; institution; institutions; developed by; "
    "model developer; author affiliation; owner",
    "sector": "sector; sectors; industry; industries; 类别; 行业; 领域; 分类; 应用领域; 应用行业; 所属行业; 所属领域; 目标行业; 面向行业; "
    "行业领域; target industry; target industries",
    "category": "category; 类别",
    "parameters": "parameters; parameters_stated; size; model size; 参数; 参数量; 参数规模; 参数数量; 参数大小; 模型规模; 模型大小; 模型参数; "
    "模型参数量; 模型参数规模; 模型参数大小; 参数总量; 总参数; 总参数量; 规模; params; param; n_params; num_params; parameter count; "
    "parameters count; number of parameters; total parameters; total params; parameters_total; parameters_dense; parameter; "
    "parameters as stated; 参数规模原话; parameter size; params count",
    "released": "released; released_stated; date; 发布; 发布时间; 发布日期; 日期; 上线时间; 上线日期; 推出时间; 首发时间; 首次发布; 首次发布时间; "
    "公开时间; 开放时间; 发布年月; 发布年份; release; release date; released on; release time; date released; launch date; publication date; "
    "release as stated; 发布日期原话; created date; announced",
    "openness": "openness; open; 开源; 是否开源; 是否已开源; 开源与否; 开源情况; 开源状态; 开源/闭源; 开闭源; 是否闭源; 闭源; open source; "
    "open sourced; is open source; is open; open weights; open weight; is open weights; 开放性; 开放权重; 是否开放; 是否开放权重; "
    "model accessibility; accessibility; closed; closed source; is closed; proprietary",
    "modality": "modality; modalities; 模态; 模型模态; 数据模态",
    "kind": "kind; 类型; entry kind; 条目类型",
    "parent": "parent; 所属系列; 系列; 所属模型; 所属家族; family; model family; parent model; series; part of",
    "link": "link; links; url; 链接; 网址; 官网; 官方网站; 项目地址; 模型地址; 地址; website; homepage; home page; 开源地址; 主页; 下载地址",
    "context_length": "context_length; context; context window; context size; context limit; max context; max_context_length; 上下文; "
    "上下文长度; 上下文窗口; 最大上下文; 最大上下文长度; 窗口长度",
    "confidence": "confidence; 可信度; 置信度",
}
