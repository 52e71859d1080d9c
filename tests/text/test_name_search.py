"""Known names in running text: whatever the script, nothing inside a longer word."""

import pytest

from models_catalog.text.name_search import NameIndex, simplified
from models_catalog.text.names import fold

NAMES = (
    "文心",
    "文心一言",
    "盘古",
    "紫东·太初",
    "Mind GPT",
    "GPT",
    "ChatGLM",
    "ChatGLM-6B",
    "M6",
    "讯飞星火app",
    "X",
    "Nǚwā",
)
INDEX = NameIndex({fold(name): name for name in NAMES})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("百度的文心一言", [("文心一言", "文心一言")]),
        ("文心预训练大模型", [("文心", "文心")]),
        ("華為的盤古系列", [("盘古", "盤古")]),
        ("自動化所的紫東太初。", [("紫东·太初", "紫東太初")]),
        ("發布了mindgpt", [("Mind GPT", "mindgpt")]),
        ("ＣｈａｔＧＬＭ－６Ｂ和ChatGLM", [("ChatGLM-6B", "ＣｈａｔＧＬＭ－６Ｂ"), ("ChatGLM", "ChatGLM")]),
        ("大模型M6使用", [("M6", "M6")]),
        ("訊飛星火app去切入", [("讯飞星火app", "訊飛星火app")]),
        ("造型NǙWA女娲", [("Nǚwā", "NǙWA")]),
        # Near misses.
        ("文,心", []),
        ("说是盘。古来如此", []),
        ("ChatGPT", []),
        ("ChatGLM-130B", []),
        ("HM60", []),
        ("X", []),
        ("", []),
    ],
)
def test_names_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(hit.value, text[hit.start : hit.end]) for hit in INDEX.find(text)] == expected


@pytest.mark.parametrize("text", ["華為的盤古", "“乾隆”与乾燥", "ﬁ²ＧＰＴ", ""])
def test_simplified_text_keeps_its_offsets(text: str) -> None:
    assert len(simplified(text)) == len(text)
