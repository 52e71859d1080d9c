"""Map the words of cells to the registry's vocabularies: openness, modality, kind of entry."""

from __future__ import annotations

import re
from typing import Final, TypeVar

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import override

from models_catalog.intake.tables.words import narrow
from models_catalog.models.vocabulary import Kind, Modality, Openness
from models_catalog.text.numerals import normalise

_OPEN: Final = frozenset({
    "开源", "已开源", "完全开源", "全部开源", "全面开源", "均开源", "都开源", "代码开源", "免费开源", "开源免费", "开放", "开放权重", "权重开放",
    "开源权重", "权重公开", "公开权重", "开放源码", "开放源代码", "开放原始码", "源码开放", "源代码开放", "代码开放", "已开放权重",
    "open", "open source", "open sourced", "opensource", "opensourced", "fully open", "open weight", "open weights", "openweights",
    "open model",
})  # fmt: skip
_CLOSED: Final = frozenset({
    "闭源", "未开源", "不开源", "非开源", "没有开源", "暂未开源", "尚未开源", "暂不开源", "不对外开源", "未对外开源", "不开放", "封闭",
    "不开放权重", "未开放权重", "不开源权重", "权重不开放", "closed", "closed source", "closed sourced", "closed weight", "closed weights",
    "closedsource", "not open", "not open source", "not open sourced", "proprietary",
})  # fmt: skip
_YES: Final = frozenset({
    "是", "有", "对", "真", "yes", "y", "true", "t", "1", "1.0", "√", "✓", "✔", "✅", "☑", "v",
})  # fmt: skip
_NO: Final = frozenset({
    "否", "不是", "没有", "无", "错", "假", "no", "n", "false", "f", "0", "0.0", "×", "✗", "✘", "❌", "✕", "✖", "☒", "x",
})  # fmt: skip
_BRACKET: Final = re.compile(r"\s*\(([^()]*)\)")
_TAKES_BACK: Final = re.compile(
    r"部分|仅|只|限|除|\d\s*[bmt亿万]|计划|即将|预计|拟|申请|未|不|后|待|partial|part|plan|soon|upcoming|except|only|not|some"
)
_LISTED: Final = re.compile("[、,;；/]|(?<=开源) ")
_ASKS_OPEN: Final = re.compile("开源|开放|open|weights? (?:available|released|public)|权重(?:公开|可下载)")
_ASKS_WHICH: Final = re.compile("开闭源|闭开源|开源.?闭源|闭源.?开源")
_WHICH: Final = {"开": Openness.OPEN, "闭": Openness.CLOSED}
_SERVED: Final = re.compile(
    "(?:only |仅|只|仅限|仅提供|只提供)?(?:via )?(?:api|web|chat|网页)(?: ?(?:only|access|调用|服务|接口))?"
)
"""A bracket that says how a model is served: closed (API only)."""
_FOR_TRADE: Final = re.compile("(?<![不非禁无])(?:可以|可|免费|允许|支持|能)*商用$")
_ASKS_CLOSED: Final = re.compile("闭源|封闭|closed|proprietary")
_LICENCE: Final = re.compile(r"(?:modified )?(?:mit|apache|bsd|gpl|cc by|cc0|openrail)\b")
_VARIANT: Final = re.compile("[\ufe0e\ufe0f]")
UNRELEASED: Final = frozenset({"unreleased", "not released", "未发布", "尚未发布", "未对外发布"})
"""Values in an openness column for a model that was never released; the row's date is then a paper's."""
_TO_COME: Final = re.compile(
    r"\((?:即将(?:发布|推出|上线)|待发布|未发布|内测中?|coming soon|upcoming|unreleased)\)"
)
"""The same in brackets, behind the model's name."""

_MODALITIES: Final = {
    "文字": Modality.TEXT, "语言": Modality.TEXT, "自然语言": Modality.TEXT, "nlp": Modality.TEXT, "language": Modality.TEXT,
    "图": Modality.IMAGE, "图片": Modality.IMAGE, "视觉": Modality.IMAGE, "cv": Modality.IMAGE, "vision": Modality.IMAGE,
    "image": Modality.IMAGE, "picture": Modality.IMAGE, "videos": Modality.VIDEO, "音频": Modality.SPEECH, "声音": Modality.SPEECH,
    "audio": Modality.SPEECH, "voice": Modality.SPEECH, "三维": Modality.THREE_D, "跨模态": Modality.MULTIMODAL,
    "multi-modal": Modality.MULTIMODAL, "multi modal": Modality.MULTIMODAL, "table": Modality.TABULAR, "表格数据": Modality.TABULAR,
    "气象": Modality.WEATHER, "驾驶": Modality.DRIVING, "语言模型": Modality.TEXT, "大语言模型": Modality.TEXT,
    "语言大模型": Modality.TEXT, "llm": Modality.TEXT, "文生文": Modality.TEXT, "image generation": Modality.IMAGE,
    "text-to-image": Modality.IMAGE, "text to image": Modality.IMAGE, "文生图": Modality.IMAGE, "图像生成": Modality.IMAGE,
    "视觉大模型": Modality.IMAGE, "video generation": Modality.VIDEO, "text-to-video": Modality.VIDEO, "text to video": Modality.VIDEO,
    "文生视频": Modality.VIDEO, "视频生成": Modality.VIDEO, "语音识别": Modality.SPEECH, "语音合成": Modality.SPEECH,
    "语音大模型": Modality.SPEECH, "3d modeling": Modality.THREE_D, "3d generation": Modality.THREE_D, "3d生成": Modality.THREE_D,
    "多模态大模型": Modality.MULTIMODAL, "mllm": Modality.MULTIMODAL, "lmm": Modality.MULTIMODAL, "vlm": Modality.MULTIMODAL,
}  # fmt: skip
_KINDS: Final = {
    "大模型": Kind.MODEL, "大语言模型": Kind.MODEL, "llm": Kind.MODEL, "系列": Kind.FAMILY, "家族": Kind.FAMILY,
    "模型系列": Kind.FAMILY, "series": Kind.FAMILY, "平台": Kind.PLATFORM, "应用": Kind.APPLICATION, "产品": Kind.APPLICATION,
    "应用程序": Kind.APPLICATION, "app": Kind.APPLICATION, "product": Kind.APPLICATION,
}  # fmt: skip
Word = TypeVar("Word", bound=TextChoices)


def openness_of(words: str, heading: str) -> Openness | None:
    """Return the openness that the cell states; a yes or no answers the heading. None if it states neither.

    What is only served is not open, whatever the cell says.
    """
    said = _VARIANT.sub("", narrow(normalise(words)))
    asides = [aside.strip() for aside in _BRACKET.findall(said)]
    if any(_TAKES_BACK.search(aside) and not _SERVED.fullmatch(aside) for aside in asides):
        return None
    found = _stated(" ".join(_BRACKET.sub("", said).replace("-", " ").split()), narrow(heading))
    return None if found is Openness.OPEN and any(map(_SERVED.fullmatch, asides)) else found


def _stated(bare: str, asked: str) -> Openness | None:
    """Read a cell without its brackets."""
    parts = [_FOR_TRADE.sub("", part.strip()) for part in _LISTED.split(bare)]
    is_open, is_closed = not _OPEN.isdisjoint(parts), not _CLOSED.isdisjoint(parts)
    others = [part for part in parts if part not in _OPEN | _CLOSED]
    if is_open != is_closed and not any(_TAKES_BACK.search(part) for part in others):
        return Openness.CLOSED if is_closed else Openness.OPEN
    mark, _blank, rest = parts[0].partition(" ")
    if mark in _YES | _NO and not mark[0].isdigit() and _LICENCE.match(rest) and not _TAKES_BACK.search(rest):
        parts[0] = mark
    if asks_which := _WHICH.get(bare) if _ASKS_WHICH.search(asked) else None:
        return asks_which
    asks_closed, asks_open = bool(_ASKS_CLOSED.search(asked)), bool(_ASKS_OPEN.search(asked))
    if asks_closed == asks_open or parts[0] not in _YES | _NO or any(map(_TAKES_BACK.search, parts[1:])):
        return None
    return Openness.OPEN if (parts[0] in _YES) == asks_open else Openness.CLOSED


def is_yes_or_no(words: str) -> bool:
    return _VARIANT.sub("", narrow(words)) in _YES | _NO


def is_unreleased(words: str) -> bool:
    return (said := narrow(words)) in UNRELEASED or _TO_COME.search(said) is not None


def modality_of(words: str) -> Modality | None:
    return _word(Modality, _MODALITIES, words)


def entry_kind_of(words: str) -> Kind | None:
    return _word(Kind, _KINDS, words)


def _word(vocabulary: type[Word], synonyms: dict[str, Word], words: str) -> Word | None:
    """Return the word with this value, label (in either language) or synonym."""
    said = narrow(words)
    found: Word | None = next((one for one in vocabulary if said in (one.value, *_labels(one))), None)
    return found or synonyms.get(said)


def _labels(word: TextChoices) -> list[str]:
    labels = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            labels.append(narrow(str(word.label)))
    return labels
