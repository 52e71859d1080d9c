"""What must not be ticked: hopes, guesses, conditions, parts and users of a model, dates of something else."""

import pytest

from models_catalog.models.vocabulary import Field
from tests.ingest.article_samples import findings

STATEMENTS = (Field.PARAMETERS, Field.EVENT, Field.OPENNESS)


def ticked(text: str) -> list[tuple[str, str]]:
    return [(one.field, one.stated) for one in findings(text) if one.field in STATEMENTS and not one.doubt]


@pytest.mark.parametrize(
    "text",
    [
        "通义千问的参数可能有10万亿。",
        "如果通义千问有10万亿参数,成本会很高。",
        "通义千问的目标是10万亿参数。",
        "据媒体报道,通义千问参数达10万亿。",
        "文心一言由2600亿参数的ERNIE支撑。",
        "通义千问未来会开源。",
        "盘古的训练数据已开源。",
        "百度称盘古不会闭源。",
        "华为开源了MindSpore框架和盘古。",
        "清华大学开源了用盘古微调的助手。",
        "7月1日,甲公司上线了盘古。",
        "百度7月13日宣布将发布文心一言。",
        "3月16日百度股价跌10%,因为文心一言发布后反响平平。",
        "文心一言和通义千问分别于3月16日和4月11日发布。",
        "Baidu has not open-sourced 文心一言.",
    ],
)
def test_what_is_not_stated_is_not_ticked(text: str) -> None:
    assert ticked(text) == []


@pytest.mark.parametrize(
    "text", ["3月16日,百度发布文心一言。", "文心一言有2600亿参数。", "清华大学的ChatGLM-6B已开源。"]
)
def test_what_is_stated_plainly_is_ticked(text: str) -> None:
    assert len(ticked(text)) == 1
