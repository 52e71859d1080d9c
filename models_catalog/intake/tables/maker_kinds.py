"""Propose the kind of a new maker: as the table states it, or as its name implies."""

from __future__ import annotations

import re
from typing import Final

from models_catalog.intake.tables.makers import LEGAL_END
from models_catalog.intake.tables.words import LISTED, WITHIN, narrow
from models_catalog.models.vocabulary import DeveloperKind

_COMPANY: Final = re.compile(r"公司$|集团$|\b(?:inc|ltd|llc|corp|gmbh|limited)\.?$", re.IGNORECASE)
_ACADEMIC: Final = re.compile(
    r"(?:大学|学院|研究院|研究所|研究室|研究生院|科学院|中科院|社科院|实验室|学校|书院)$"
    r"|\b(?:university|universität|université|universidad|università|universiteit|college|institute of|institute|academy|polytechnic|école|eth"
    r"|laboratory|mit|kaist|epfl|cnrs|school of)\b| lab$",
    re.IGNORECASE,
)
_TELECOM: Final = re.compile(r"^中国(?:移动|电信|联通)|^china (?:mobile|telecom|unicom)\b", re.IGNORECASE)
_PUBLIC: Final = re.compile(
    r"(?:委员会|办公室|人民政府|管理局|气象局|税务局|监管局|总局|国家.{2,8}中心|部委)$|^(?:ministry|department) of\b"
    r"|\b(?:government|administration|bureau|commission|agency)$",
    re.IGNORECASE,
)
_OF_INDUSTRY: Final = re.compile(
    r"(?:银行|证券|保险|基金|医院|汽车|电网|航空|铁路|石油|石化|能源|电力|钢铁|地产|物流|药业)$"
    r"|\b(?:bank|insurance|securities|hospital|motors?|airlines|railway|petroleum|pharma(?:ceuticals?)?)$",
    re.IGNORECASE,
)
_KINDS: Final = {DeveloperKind.ACADEMIA: _ACADEMIC, DeveloperKind.PUBLIC_BODY: _PUBLIC}
_STATED: Final = {
    word: kind
    for kind, words in {
        DeveloperKind.ACADEMIA: "academia academic university 高校 学术界 学界 学院派 科研院所 科研机构 研究机构 大学",
        DeveloperKind.PUBLIC_BODY: "government 政府 政府机构 事业单位 政府部门",
        DeveloperKind.AI_COMPANY: "industry company corporate 企业 公司 产业界 工业界 民企 国企 央企",
        DeveloperKind.STARTUP: "startup start-up 创业公司 初创公司 初创企业 创业团队",
        DeveloperKind.BIG_TECH: "big-tech 大厂 互联网大厂",
        DeveloperKind.TELECOM: "telecom 运营商 电信运营商",
        DeveloperKind.INDUSTRY_COMPANY: "垂直行业企业 行业企业",
    }.items()
    for word in words.split()
}
"""Words of tables for the kind of a maker; a company of no stated kind is `AI_COMPANY`."""


def kind_of(maker: str, otherwise: DeveloperKind, stated: DeveloperKind | None = None) -> DeveloperKind:
    """Return the kind that the table states or the maker's name implies, or `otherwise`.

    A company that the table states is one of the kinds of companies: `otherwise`, unless the name says which.
    """
    bare = WITHIN.sub("", maker).strip()
    if _TELECOM.match(bare):
        return DeveloperKind.TELECOM
    if stated and stated != DeveloperKind.AI_COMPANY:
        return stated
    if not _COMPANY.search(bare) and not stated:
        for kind, names in _KINDS.items():
            if names.search(bare):
                return kind
    return DeveloperKind.INDUSTRY_COMPANY if _OF_INDUSTRY.search(LEGAL_END.sub("", bare)) else otherwise


def kinds_in(words: str, makers: int) -> list[DeveloperKind | None]:
    """Return the kind of each maker that a cell states, if it states one for each: “Academia,Industry” for two."""
    kinds = [_STATED.get(narrow(part)) for part in LISTED.split(words)]
    return kinds if len(kinds) == makers else [None] * makers
