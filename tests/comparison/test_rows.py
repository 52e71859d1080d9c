"""Entries side by side, from claims to verdicts."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.utils import translation

from models_catalog.claims.settle import settle
from models_catalog.compare.cells import CellState, ComparedCell
from models_catalog.compare.rows import ComparedRow, grouped, summary
from models_catalog.compare.subjects import comparison
from models_catalog.compare.verdicts import ComparisonVerdict
from models_catalog.intake.values import parse_number
from models_catalog.models import Entry
from models_catalog.models.vocabulary import Answer, EventKind, Field, NameKind, Openness, Ruling, Status
from models_catalog.text.quantities import parse_quantity
from tests.factories import days, dispute_size, make_claim, make_entry, make_source

pytestmark = pytest.mark.django_db

SAME, DIFFERS, MAY_BE_EQUAL, NOT_COMPARABLE = ComparisonVerdict


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def row_of(field: str, *entries: Entry) -> ComparedRow:
    return next(row for row in comparison(entries) if row.field == field)


def words(cell: ComparedCell) -> list[str]:
    return [value.words for value in cell.values]


@pytest.mark.parametrize(
    ("field", "one", "other", "expected"),
    [
        ("parameters", {"parameters": "千亿级"}, {"parameters": "1200亿"}, MAY_BE_EQUAL),
        ("parameters", {"parameters": "2600亿"}, {"parameters": "62亿"}, DIFFERS),
        ("parameters", {"parameters": "2600亿"}, {}, NOT_COMPARABLE),
        ("parameters", {}, {}, NOT_COMPARABLE),
        ("released", {"released": "2023-03"}, {"released": "2023-03-16"}, MAY_BE_EQUAL),
        ("released", {"released": "2023-03-16"}, {"released": "2023-03-16"}, SAME),
        ("released", {"released": "2023-03"}, {"released": "2023-04"}, DIFFERS),
        ("developers", {"developers": ["百度", "鹏城"]}, {"developers": ["鹏城", "百度"]}, SAME),
        ("developers", {"developers": ["百度", "鹏城"]}, {"developers": ["百度"]}, DIFFERS),
        ("developer_kinds", {"developers": ["百度"]}, {"developers": ["阿里"]}, SAME),
        ("sectors", {"sectors": ["金融"]}, {"sectors": ["医疗"]}, DIFFERS),
        ("modality", {"modalities": ["text"]}, {"modalities": ["text"]}, SAME),
        ("openness", {"openness": "open"}, {"openness": "closed"}, DIFFERS),
        ("stage", {"released": "2023"}, {"events": {EventKind.PLANNED: ""}}, DIFFERS),
        ("kind", {"kind": "model"}, {"kind": "family"}, DIFFERS),
    ],
)
def test_verdict_of_a_field(
    field: str, one: dict[str, Any], other: dict[str, Any], expected: ComparisonVerdict
) -> None:
    row = row_of(field, make_entry("甲", **one), make_entry("乙", **other))
    assert row.verdict == expected


def disputed_entry() -> Entry:
    """ChatGLM-6B: 62亿 preferred, 60亿 in dispute."""
    entry = make_entry("ChatGLM-6B", parameters="62亿")
    dispute_size(entry)
    settle([entry])
    return entry


def test_a_disputed_value_stands_behind_the_preferred() -> None:
    row = row_of("parameters", disputed_entry(), make_entry("乙"))
    assert [(v.thing, v.is_disputed) for v in row.cells[0].values] == [
        (parse_quantity("62亿"), False),
        (parse_quantity("60亿"), True),
    ]


@pytest.mark.parametrize(("size", "expected"), [("60亿", MAY_BE_EQUAL), ("2600亿", DIFFERS)])
def test_a_disputed_value_may_be_right(size: str, expected: ComparisonVerdict) -> None:
    assert row_of("parameters", disputed_entry(), make_entry("乙", parameters=size)).verdict == expected


def test_a_value_in_dispute_alone_is_no_value() -> None:
    entry = make_entry("甲")
    columns: dict[str, Any] = {"status": Status.DISPUTED, "ruling": Ruling.CURATOR, "preferred": False}
    make_claim(entry, Field.OPENNESS, token="open", **columns)
    row = row_of("openness", entry, make_entry("乙", openness="open"))
    cell = row.cells[0]
    assert (row.verdict, cell.state, cell.values[0].thing) == (
        NOT_COMPARABLE,
        CellState.UNSTATED,
        Openness.OPEN,
    )


@pytest.mark.parametrize("answer", [Answer.UNDISCLOSED, Answer.NOT_APPLICABLE])
def test_what_is_declared_absent_is_said_so(answer: Answer) -> None:
    entry = make_entry("甲")
    make_claim(entry, Field.PARAMETERS, answer=answer)
    settle([entry])
    entry.refresh_from_db()
    row = row_of("parameters", entry, make_entry("乙", parameters="62亿"))
    assert (row.verdict, row.cells[0].state.value) == (NOT_COMPARABLE, answer.value)


def test_each_entry_is_told_which_others_it_may_equal() -> None:
    large, exact, small = (make_entry(size, parameters=size) for size in ("千亿级", "1200亿", "62亿"))
    row = row_of("parameters", large, exact, small)
    assert row.verdict == DIFFERS
    assert [cell.perhaps_equal for cell in row.cells] == [[exact], [large], []]


def test_entries_that_a_verdict_leaves_out_are_named() -> None:
    entries = [make_entry("甲", openness="open"), make_entry("乙", openness="closed"), make_entry("丙")]
    assert row_of("openness", *entries).left_out == [entries[2]]


def test_things_that_all_have_are_marked() -> None:
    row = row_of("sectors", make_entry("甲", sectors=["金融", "医疗"]), make_entry("乙", sectors=["金融"]))
    assert [(v.words, v.is_shared) for v in row.cells[0].values] == [("金融", True), ("医疗", False)]


def test_names_leave_out_corrupted_forms_and_are_not_compared() -> None:
    entry = make_entry("书生", aliases=[(NameKind.LATIN, "InternLM"), (NameKind.CORRUPTED, "墨客")])
    row = row_of("names", entry, make_entry("乙"))
    assert (row.verdict, words(row.cells[0])) == (None, ["书生", "InternLM"])


def test_family_shows_parent_and_members() -> None:
    family = make_entry("悟道", kind="family")
    member = make_entry("悟道·文源", parent=family)
    assert words(row_of("parent", family, member).cells[1]) == ["悟道"]
    assert words(row_of("members", family, member).cells[0]) == ["悟道·文源"]


def test_an_event_without_a_date_is_shown_and_not_compared() -> None:
    undated = make_entry("甲", events={EventKind.BETA: ""})
    row = row_of("beta", undated, make_entry("乙", events={EventKind.BETA: "2023-04"}))
    assert (row.verdict, row.cells[0].state, row.cells[0].values[0].thing) == (
        NOT_COMPARABLE,
        CellState.VALUE,
        None,
    )


@pytest.mark.parametrize(
    ("field", "kind"), [("released", EventKind.RELEASED), ("open-sourced", EventKind.OPEN_SOURCED)]
)
def test_the_narrowest_accepted_day_is_what_is_known(field: str, kind: EventKind) -> None:
    entry = make_entry("文心一言", events={kind: "2023-03-16"})
    make_claim(entry, Field.EVENT, event=kind, days=days("2023-03"), preferred=False)
    row = row_of(field, entry, make_entry("ChatGLM-6B", events={kind: "2023-03-14"}))
    assert (row.verdict, len(row.cells[0].values)) == (DIFFERS, 2)


def test_several_days_of_one_kind_of_event_are_all_possible() -> None:
    entry = make_entry("甲", events={EventKind.UPDATED: "2023-03-16"})
    make_claim(entry, Field.EVENT, event=EventKind.UPDATED, days=days("2023-05-16"))
    other = make_entry("乙", events={EventKind.UPDATED: "2023-05-16"})
    assert row_of("updated", entry, other).verdict == MAY_BE_EQUAL


def test_rows_of_events_that_nobody_states_are_left_out() -> None:
    rows = comparison([make_entry("甲"), make_entry("乙", events={EventKind.BETA: ""})])
    events = [row.field for row in rows if row.group.value == "time"]
    assert events == ["released", "stage", "beta"]


def test_evidence_of_two_sources_for_one_value_stands_together() -> None:
    entry = make_entry("甲", parameters="62亿")
    make_claim(
        entry,
        Field.PARAMETERS,
        source=make_source("yicai-2023"),
        number=parse_number("parameters", "62亿"),
        preferred=False,
    )
    cell = row_of("parameters", entry, make_entry("乙")).cells[0]
    assert [len(value.claims) for value in cell.values] == [2]


def test_proposed_and_rejected_claims_stay_with_the_curators() -> None:
    entry = make_entry("甲", openness="open")
    for status in (Status.PROPOSED, Status.REJECTED):
        make_claim(entry, Field.OPENNESS, token="closed", status=status, preferred=False)
    assert len(row_of("openness", entry, make_entry("乙")).cells[0].values) == 1


def test_groups_keep_their_order() -> None:
    rows = comparison([make_entry("甲"), make_entry("乙")])
    groups: Sequence[str] = [group.value for group, _ in grouped(rows)]
    assert groups == ["size", "time", "identity", "who", "what", "openness", "sources"]


def test_summary_counts_verdicts() -> None:
    rows = comparison([make_entry("甲", parameters="62亿"), make_entry("乙", parameters="2600亿")])
    found = summary(rows)
    assert (dict(found.counts)[SAME], found.differing, found.hidden) == (1, 1, len(rows) - 1)
