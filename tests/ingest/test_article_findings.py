"""What is said of which model, with the words that say it. The sentences are made up; each table has near misses."""

from typing import Any

import pytest

from models_catalog.intake.articles.as_json import as_json
from models_catalog.intake.articles.evidence import _WEAK
from models_catalog.intake.articles.finding import Doubt, Finding, Ground
from models_catalog.intake.articles.text import _masked, read_article
from models_catalog.models.vocabulary import Basis, EventKind, Field
from models_catalog.text.name_search import Hit, NameIndex
from models_catalog.text.repair import repair
from tests.factories import days
from tests.ingest.article_samples import findings, small_lexicon


def of(text: str, field: Field) -> list[Finding]:
    return [one for one in findings(text) if one.field == field]


def model(finding: Finding) -> str:
    return finding.mention.label if finding.mention else "?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("文心一言的参数规模为2600亿。", [("文心一言", "2600亿", None)]),
        ("华为开源了60亿参数的盘古模型。", [("盘古", "60亿", None)]),
        ("大模型M6的参数从万亿增至10万亿参数。", [("M6", "万亿", Doubt.INDIRECT), ("M6", "10万亿", None)]),
        ("这个行业需要千亿参数的大模型。", [("?", "千亿", Doubt.UNATTACHED)]),
        ("盘古之外,他们还交付了一个千亿参数大模型。", [("盘古", "千亿", Doubt.INDIRECT)]),
        ("文心一言已发布。该模型参数超1000亿。", [("文心一言", "超1000亿", Doubt.EARLIER)]),
        # Near misses: another model's, compared with, money, users, chips.
        ("千亿级参数的ChatGPT之后有文心一言。", []),
        ("文心一言的规模不及千亿模型。", []),
        ("文心一言的参数并非100亿。", []),
        ("文心一言目前没有10万亿参数。", []),
        ("文心一言的参数不到100亿。", [("文心一言", "不到100亿", None)]),
        ("百度为文心一言投入20亿元。", []),
        ("文心一言有2亿用户。", []),
    ],
)
def test_sizes_belong_to_a_model(text: str, expected: list[tuple[str, str, Doubt | None]]) -> None:
    found = [(model(one), one.stated, one.doubt) for one in of(text, Field.PARAMETERS)]
    assert found == expected


E_ = EventKind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月16日,百度发布文心一言。", [("文心一言", E_.RELEASED, "2023-03-16")]),
        ("文心一言于今年3月上线。", [("文心一言", E_.RELEASED, "2023-03")]),
        ("4月21日,盘古正式开源。", [("盘古", E_.OPEN_SOURCED, "2023-04-21")]),
        ("盘古已于4月21日开源。", [("盘古", E_.OPEN_SOURCED, "2023-04-21")]),
        ("4月17日,通义千问开启内测。", [("通义千问", E_.BETA, "2023-04-17")]),
        ("百度将在10月发布文心一言。", [("文心一言", E_.PLANNED, "2023-10")]),
        ("2022年,文心升级为新架构。", [("文心", E_.UPDATED, "2022")]),
        ("4月11日,阿里宣布推出通义千问。", [("通义千问", E_.RELEASED, "2023-04-11")]),
        ("4月11日,阿里宣布了通义千问的计划。", [("通义千问", E_.ANNOUNCED, "2023-04-11")]),
        ("4月20日,华为手机已接入盘古。", [("盘古", E_.DEPLOYED, "2023-04-20")]),
        ("3月31日,文心一言通过备案。", [("文心一言", E_.APPROVED, "2023-03-31")]),
        # Near misses: conferences, rules, denials, foreign models, nothing named.
        ("4月11日,百度召开发布会。", []),
        ("4月11日,百度发布公告。", []),
        ("华为从未表示4月将发布盘古。", []),
        ("3月14日,OpenAI发布GPT-4。", []),
        ("3月14日,百度发布了财报。", []),
    ],
)
def test_events_have_a_kind_and_days(text: str, expected: list[tuple[str, EventKind, str]]) -> None:
    found = [(model(one), one.value["event"], one.value["days"]) for one in of(text, Field.EVENT)]
    assert found == [(entry, kind, days(when)) for entry, kind, when in expected]


def test_a_day_after_the_articles_own_is_last_years_and_doubted() -> None:
    assert [one.doubt for one in of("12月15日,百度发布文心一言。", Field.EVENT)] == [Doubt.INDIRECT]


def test_an_event_without_a_date_is_doubted_and_gives_way_to_one_with() -> None:
    assert [one.doubt for one in of("百度发布了文心一言。", Field.EVENT)] == [Doubt.UNDATED]
    dated = of("百度发布了文心一言。\n3月16日,百度发布文心一言。", Field.EVENT)
    assert [one.doubt for one in dated] == [None]


def test_a_date_that_needs_the_one_before_is_inferred() -> None:
    found = of("2021年,阿里升级了M6。同年,华为发布了盘古。", Field.EVENT)[-1]
    assert (found.basis, found.value["days"], bool(found.reason_zh and found.reason_en)) == (
        Basis.INFERRED, days("2021"), True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("清华大学开源了ChatGLM-6B。", [("ChatGLM-6B", "open")]),
        ("盘古已经开源。", [("盘古", "open")]),
        ("盘古已于4月21日开源。", [("盘古", "open")]),
        ("百度的文心,阿里的M6,这些都是闭源大模型。", [("文心", "closed"), ("M6", "closed")]),
        ("为什么文心一言没有开源?", []),
        ("盘古支持第三方社区开源模型。", []),
        ("百度计划让文心一言正式开源。", []),
    ],
)
def test_openness_is_what_the_article_states(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(model(one), one.value["token"]) for one in of(text, Field.OPENNESS)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("盘古大模型面向金融。", ["金融"]),
        ("文心一言落地医疗领域。", ["医疗"]),
        ("华为的金融大模型“盘古”。", ["金融"]),
        ("金融界都在谈文心一言。", []),
        ("面向金融的大模型很多。", []),
        # A kind of customer and a modality are no industry.
        ("盘古大模型面向B端。", []),
        ("盘古大模型用于图片生成领域。", []),
    ],
)
def test_sectors_need_a_cue_and_a_model(text: str, expected: list[str]) -> None:
    assert [one.value["label"] for one in of(text, Field.SECTOR)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("百度的文心一言。", ["百度"]),
        ("3月,百度推出文心一言。", ["百度"]),
        ("乙研究院和清华大学发布了ChatGLM-6B。", ["乙研究院", "清华大学"]),
        ("通义千问是阿里的产品。", ["阿里"]),
        ("甲公司已接入文心一言。", []),
        ("百度发布文心一言,甲公司使用通义千问。", ["百度"]),
    ],
)
def test_makers_own_or_release(text: str, expected: list[str]) -> None:
    assert [one.value["label"] for one in of(text, Field.DEVELOPER)] == expected


DIRTY = "8 s7 t) T  C1 E6 4月10日,華(huá)為(wéi)發(fā)布(bù)盤(pán)古(gǔ)大模型,參數超過1000億,面向金融領域。"


@pytest.mark.parametrize(
    "line", [DIRTY, "\ufeff百度的“文心一言”,\t参数规模\r", "甲公司" * 20 + "发布大模型“青鸾”"]
)
def test_a_quotation_is_what_repair_leaves_of_its_place(line: str) -> None:
    raw = read_article(f"\n{line}\n".encode()).lines[1].raw
    for one in findings(f"\n{line}\n"):
        assert (one.line, repair(raw[one.start : one.end]).text) == (2, one.quotation)
        assert len(one.quotation) <= 24
        assert one.stated in one.quotation


def test_keys_tell_findings_apart_and_stay() -> None:
    text = "3月14日,清华大学开源了60亿参数的ChatGLM-6B,并开始内测文心。"
    keys: list[Any] = [one.key for one in findings(text)]
    assert len(set(keys)) == len(keys)
    assert keys == [one.key for one in findings(text)]


def test_a_row_looks_for_makers_once_a_cell_however_many_models_it_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    usual = NameIndex.find

    def find(index: NameIndex[Any], text: str) -> list[Hit[Any]]:
        asked.append(text)
        return usual(index, text)

    monkeypatch.setattr(NameIndex, "find", find)
    findings("|文心一言|盘古|100亿|")
    few = len(asked)
    findings("|文心一言|盘古|100亿|通义千问|M6|文心|")
    assert len(asked) - few <= few + 3


def test_a_line_of_very_many_cells_is_no_row() -> None:
    """Beside each model each cell is looked at: of 1,700 cells that did not end."""
    assert of("|文心一言" + "|百度|100亿" * 20 + "|", Field.PARAMETERS)
    assert not of("|文心一言" + "|百度|100亿" * 40 + "|", Field.PARAMETERS)


@pytest.mark.parametrize("word", ["V", "V9.", "ABC", "a_"])
def test_a_long_word_is_looked_at_once(word: str) -> None:
    """Patterns that try each of its letters as a beginning, or as an end, would not end."""
    text = word * (1_000_000 // len(word))
    assert _masked(text) == text
    assert not _WEAK.search(text)


@pytest.mark.parametrize("call", ["print('a')", '9foo("b")', "`x`", "模型.run('a')"])
def test_code_is_blotted_out(call: str) -> None:
    assert _masked(f"在{call}中").strip("在中模型. 9") == ""


def test_a_finding_says_all_that_speaks_against_it() -> None:
    size = of("据传,问川-7B有100亿参数。", Field.PARAMETERS)[-1]
    assert size.doubts == (Doubt.NEW, Doubt.RUMOUR)


def test_a_finding_says_what_speaks_for_it() -> None:
    event = of("3月16日,百度发布文心一言。", Field.EVENT)[0]
    assert (event.doubts, event.grounds) == ((), tuple(Ground))


def test_a_quotation_without_the_models_name_is_doubted() -> None:
    text = "文心一言大模型是由百度公司、华为公司、清华大学、阿里集团联合自主研发的,总参数规模达到了2600亿。"
    assert [one.doubts for one in of(text, Field.PARAMETERS)] == [(Doubt.APART,)]


def test_two_sizes_of_one_model_are_doubted() -> None:
    sizes = of("文心一言有2600亿参数。\n文心一言有100亿参数。", Field.PARAMETERS)
    assert [one.doubts for one in sizes] == [(Doubt.RIVAL,)] * 2


def test_a_day_of_another_year_than_the_one_before_is_doubted() -> None:
    events = of("2021年4月,华为发布盘古。\n5月6日,百度发布文心一言。", Field.EVENT)
    assert [one.doubts for one in events] == [(), (Doubt.INDIRECT,)]


@pytest.mark.parametrize(
    ("text", "warnings"),
    [("There is nothing about it here.", ["unread"]), ("ERNIE-9 is a model.", []), ("这里没有。", [])],
)
def test_what_was_not_understood_is_said(text: str, warnings: list[str]) -> None:
    found = findings(text)
    assert as_json(read_article(text.encode()), found, small_lexicon())["warnings"] == warnings
