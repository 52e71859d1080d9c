"""Checks that the words of a claim state its value; used for typed claims, article findings and verification."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from models_catalog.claims.settle import developer_names
from models_catalog.fields.surfaces import surface
from models_catalog.intake.articles.words import SECTOR_WORDS
from models_catalog.intake.values import NotStated, parse_event_days, parse_number
from models_catalog.models import Claim, DeveloperClaim, ImportBatch, Source
from models_catalog.models.claim_value import HTTPS
from models_catalog.models.vocabulary import (
    Answer,
    Basis,
    Category,
    EventKind,
    Field,
    Kind,
    Modality,
    Openness,
    Shape,
)
from models_catalog.text.name_search import simplified
from models_catalog.text.names import fold

_CLOSED: Final = (
    "闭源|(?:不(?:会|再|打算|准备|考虑|对外)*|(?:没有|[未无非])(?:对外|正式|完全|全面)*)(?:开源|开放)|(?:不|未)(?:对外)?公开(?:模型)?权重|权重(?:尚|暂|并)*[不未](?:会|再)?(?:对外)?公开"
    "|closed|proprietary|(?:not|non|no plans to)[ -](?:yet )?(?:be )?open"
)
_UNSAID: Final = "(?:[不未非]|没有)[^，,。；;]{0,6}(?:放出|apache|mit|bsd|gpl|mpl|木兰|mulan)|[不未](?:会|再|对外)*公开|没有公开|openai"
"""Words of openness that say neither: 未公开 may be of a number."""
_OPEN_LICENCE: Final = (
    r"(?<![a-z])(?:apache|mit|bsd|[al]?gpl|mpl)(?![a-z])[^，,。；;与和及]{0,14}?(?:许可|协议|licen[cs]e)|apache[ -]?(?:v(?:ersion )?)?2|木兰(?:宽松|公共|许可|协议)|mulan"
    r"|^(?:apache|mit|bsd|[al]?gpl|mpl)(?:[ -]?v?[\d.]+)?(?:-clause)?$"
)
"""Licences of open source. A community licence (社区许可) or leave for commercial use (可商用) says nothing: interfaces have them too."""

CUES: Final[Mapping[str, str]] = {
    Kind.MODEL: "模型|模子|model",
    Kind.FAMILY: "系列|体系|家族|矩阵|全家桶|family|series",
    Kind.PLATFORM: "平台|platform",
    Kind.APPLICATION: "应用|app|产品|助手|机器人|工具|assistant|chatbot",
    Category.GENERAL: "通用|general",
    Category.INDUSTRY: "行业|产业|垂直|垂类|领域|专用|industry|vertical",
    Openness.OPEN: f"开源|开放|公开|open(?!ai)|放出[^，,。]{{1,20}}权重|weights (?:can be|are) (?:freely |now )?(?:download|available)|{_OPEN_LICENCE}",
    Openness.CLOSED: _CLOSED,
    Modality.TEXT: "语言|文本|文字|文案|写作|对话|聊天|问答|text|language|chat",
    Modality.IMAGE: "图|画|视觉|照片|image|vision|visual",
    Modality.VIDEO: "视频|直播|影片|video",
    Modality.SPEECH: "语音|音频|配音|声音|音乐|speech|audio|voice",
    Modality.THREE_D: "3d|三维|立体",
    Modality.MULTIMODAL: "多模态|跨模态|图文|全模态|multimodal|omni",
    Modality.TABULAR: "表格|数据表|结构化|table|tabular",
    Modality.WEATHER: "天气|气象|weather",
    Modality.DRIVING: "驾驶|driving",
}
"""Vocabulary word → regular expression of how articles say it, in simplified characters."""

_POINTS_BACK: Final = re.compile("[该此其本]|旗下")


def words_say(token: str, words: str) -> bool:
    """Return whether the words express that vocabulary word. Words for “not open” count as closed, never as open."""
    plain = simplified(words).casefold().strip()
    if token == Openness.OPEN and re.search(f"{_CLOSED}|{_UNSAID}", plain):
        return False
    return re.search(CUES[token], plain) is not None


def _says(claim: Claim) -> bool:
    return words_say(claim.token, claim.stated)


def _names(claim: Claim) -> bool:
    return _holds(claim.stated, [claim.text])


def _row(claim: Claim) -> bool:
    if claim.developer:
        return _holds(claim.stated, developer_names(claim.developer))
    row = claim.sector
    return row is not None and _holds(
        claim.stated, [row.name_zh, row.name_en, *SECTOR_WORDS.get(row.slug, ())]
    )


def _parent(claim: Claim) -> bool:
    """Return whether the words name the parent entry, or refer back to it: 该体系含…."""
    if claim.parent is None or _POINTS_BACK.search(claim.stated):
        return claim.parent is not None
    return _holds(claim.stated, claim.parent.claims.filter(field=Field.NAME).values_list("text", flat=True))


def _number(claim: Claim) -> bool:
    return bool(parse_number(claim.field, claim.stated) == claim.number)


def _event(claim: Claim) -> bool:
    if claim.days is None or claim.source is None:
        return True
    event = EventKind(claim.event)
    return bool(parse_event_days(claim.stated, event=event, published=claim.source.published) == claim.days)


def _address(claim: Claim) -> bool:
    """Return whether the words are the address or a recognisable part of it: github.com/a/b."""
    return _holds(claim.stated, [claim.text.removeprefix(HTTPS)]) or (
        "." in claim.stated and fold(claim.stated.removeprefix(HTTPS)) in fold(claim.text)
    )


_CHECKS: Final[Mapping[Shape, Callable[[Claim], bool]]] = surface(
    "intake: words that state a value",
    {
        Shape.NAMES: _names, Shape.WORD: _says, Shape.WORDS: _says, Shape.ROWS: _row, Shape.PARENT: _parent,
        Shape.NUMBER: _number, Shape.EVENTS: _event, Shape.LINKS: _address,
    },
)  # fmt: skip


def states_value(claim: Claim) -> bool:
    """Return whether the words of `claim` state its value.

    Always true for a claim that is inferred, added by a curator, or gives no value.
    """
    if claim.basis != Basis.STATED or claim.answer != Answer.VALUE or not claim.stated:
        return True
    try:
        return _CHECKS[Field(claim.field).shape](claim)
    except NotStated:
        return False


def is_alias_or_parent_named(told: DeveloperClaim) -> bool:
    """Return whether the words of a claim about a developer contain the other name, or the parent, that it gives."""
    if told.basis != Basis.STATED or not told.stated:
        return True
    names = [told.text] if told.text else developer_names(told.parent) if told.parent else []
    return not names or _holds(told.stated, names)


def is_table(source: Source | None) -> bool:
    """Return whether the source is an imported table: there a cell states its value only together with its heading."""
    return source is not None and ImportBatch.objects.filter(source=source).exists()


def _holds(words: str, names: Iterable[str]) -> bool:
    """Return whether the words contain one of the names, ignoring script, width and case."""
    within = fold(words)
    return any(folded and folded in within for folded in map(fold, names))
