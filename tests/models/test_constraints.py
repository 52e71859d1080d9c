"""Each rule that the database holds, broken once. A constraint without a breaker fails the suite."""

from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange
from django.db.models import F

from models_catalog.models import (
    Apart,
    Claim,
    Developer,
    Entry,
    EntryDeveloper,
    FigureEvidence,
    ImportBatch,
    ImportRun,
    LoadedRow,
    MarketFigure,
    Merge,
    Omission,
    Release,
    Report,
    SavedView,
    SearchKey,
    Sector,
    SourceText,
)
from models_catalog.models.vocabulary import NUMBERS, Basis, EventKind, Field, NameKind, Status
from tests import factories as make

pytestmark = pytest.mark.django_db

UNSEEN = "文\x02心"
OPEN_START = DateRange(None, date(2023, 5, 1), "[)")


def claim(field: Field = Field.CATEGORY, **columns: Any) -> Claim:
    entry = Entry.objects.get_or_create(slug="unnamed")[0]
    value = {"token": "general"} if field == Field.CATEGORY else {}
    return make.make_claim(entry, field, **{**value, **columns})


def entry(**columns: Any) -> object:
    return Entry.objects.create(slug=str(columns.pop("slug", "x")), **columns)


def its_own(column: str) -> object:
    made = entry()
    return Entry.objects.filter(pk=made.pk).update(**{column: made.pk})  # type: ignore[attr-defined]


def figure_evidence(**columns: Any) -> object:
    figure = MarketFigure.objects.filter(slug="f").first() or make.make_figure("f")
    place = {
        "source": make.make_source(),
        "line": 1,
        "start": 0,
        "end": 2,
        "quotation": "几个",
        "stated": "几个",
    }
    return FigureEvidence.objects.create(figure=figure, **{**place, **columns})


def twice(action: Callable[[], object]) -> object:
    return action() and action()


def developer_of_two_places() -> object:
    made = make.make_entry(developers=["百度"])
    return EntryDeveloper.objects.create(entry=made, developer=make.make_developer(), position=2)


def two_developers_at_one_place() -> object:
    made = make.make_entry(developers=["百度"])
    return EntryDeveloper.objects.create(entry=made, developer=make.make_developer("华为"), position=1)


def search_key(key: str) -> SearchKey:
    entry = Entry.objects.get_or_create(slug="unnamed")[0]
    return SearchKey.objects.create(entry=entry, tier=1, text="x", key=key)


def merge(*, same: bool = False, **columns: Any) -> object:
    kept, merged = make.make_entry("文心", slug="wenxin"), make.make_entry("盘古", slug="pangu")
    merged = kept if same else merged
    return Merge.objects.create(**{"kept": kept, "merged": merged, "moved": {}, "done_by": "li", **columns})


def merged_in_a_circle() -> object:
    one = Entry.objects.create(slug="one")
    other = Entry.objects.create(slug="other", merged_into=one)
    return Entry.objects.filter(pk=one.pk).update(merged_into=other)


def release(**columns: Any) -> object:
    row = {
        "number": 1,
        "day": date(2026, 11, 22),
        "sha256": "0" * 64,
        "size": 1,
        "counts": {},
        "package": b"x",
    }
    return Release.objects.create(**{**row, **columns})


def report(**columns: Any) -> object:
    row = {"field": Field.OPENNESS, "statement": "x", "source_url": "https://example.org/"}
    return Report.objects.create(**{**row, "entry": make.make_entry(), **columns})


def kept_text(**columns: Any) -> SourceText:
    return SourceText.objects.create(
        source=make.make_source(), **{"text": "字", "encoding": "utf-8", **columns}
    )


SOMEWHERE: dict[str, Any] = {"line": 1, "start": 0, "end": 1, "quotation": "字", "stated": "字"}
NOWHERE: dict[str, Any] = {"line": None, "start": None, "end": None, "quotation": "", "stated": ""}

CURATORS: dict[str, Any] = {"basis": "curator", "reason_zh": "x", "reason_en": "x"}

BREAKERS: dict[str, Callable[[], object]] = {
    "loaded_row_once": lambda: twice(
        lambda: LoadedRow.objects.create(table="entry", key="a", row=1, columns={})
    ),
    "apart_once": lambda: twice(lambda: Apart.objects.create(of="entry", one=1, other=2, done_by="a")),
    "apart_is_of_two": lambda: Apart.objects.create(of="entry", one=1, other=1, done_by="a"),
    "apart_undone_says_by_whom": lambda: Apart.objects.create(
        of="entry", one=1, other=2, done_by="a", undone_by="b"
    ),
    "saved_view_once": lambda: twice(lambda: SavedView.objects.create(user_id=1, list="a", name="b")),
    "saved_view_has_name": lambda: SavedView.objects.create(user_id=1, list="a"),
    "source_text_is_bounded": lambda: kept_text(text=""),
    "source_text_encoding_is_known": lambda: kept_text(encoding="latin-1"),
    "source_sha256_is_hex": lambda: make.make_source(sha256="not a hash"),
    "source_published_is_bounded": lambda: make.make_source(published=OPEN_START),
    "omission_gloss_has_quotation": lambda: make.make_omission(**NOWHERE, source=None, gloss_en="x"),
    "omission_gloss_is_english": lambda: make.make_omission(gloss_en="大模型"),
    "omission_source_has_location": lambda: make.make_omission(quotation=""),
    "omission_place_is_unique": lambda: twice(lambda: make.make_omission(start=1, end=6)),
    "omission_has_source": lambda: Omission.objects.create(reason="other"),
    "developer_claim_source_has_location": lambda: make.make_statement(line=None),
    "developer_claim_gloss_has_quotation": lambda: make.make_statement(**CURATORS, gloss_en="x"),
    "developer_claim_gloss_is_english": lambda: make.make_statement(gloss_en="one\ntwo"),
    "developer_claim_key_is_unique": lambda: twice(lambda: make.make_statement(key="kind-1")),
    "developer_claim_value_fits_field": lambda: make.make_statement(text="百度"),
    "developer_claim_parent_is_another": lambda: make.make_statement(
        field="parent", token="", parent=make.make_developer()
    ),
    "developer_claim_curator_has_no_source": lambda: make.make_statement(
        **CURATORS, source=make.make_source(), **SOMEWHERE
    ),
    "developer_claim_unstated_has_reason": lambda: make.make_statement(basis="inferred"),
    "developer_claim_basis_is_known": lambda: make.make_statement(basis="rumour"),
    "developer_claim_status_is_known": lambda: make.make_statement(status="pending"),
    "developer_kind_is_known": lambda: make.make_developer(kind="wizard"),
    "developer_parent_is_another": lambda: Developer.objects.filter(pk=make.make_developer().pk).update(
        parent=F("pk")
    ),
    "developer_has_name": lambda: make.make_developer("", slug="x"),
    "sector_has_both_names": lambda: Sector.objects.create(slug="x", name_zh="金融"),
    "entry_slug_is_plain": lambda: entry(slug="Wenxin"),
    "entry_listed_has_name": lambda: entry(is_listed=True),
    "entry_merged_is_not_listed": lambda: entry(is_listed=True, name_zh="x", merged_into=make.make_entry()),
    "entry_parent_is_another": lambda: its_own("parent_id"),
    "entry_merged_into_another": lambda: its_own("merged_into_id"),
    "entry_kind_is_known": lambda: entry(kind="thing"),
    "entry_category_is_known": lambda: entry(category="thing"),
    "entry_category_fits_kind": lambda: entry(kind="platform", category="general"),
    "entry_openness_is_known": lambda: entry(openness="ajar"),
    "entry_stage_is_known": lambda: entry(stage="thing"),
    "entry_modalities_are_known": lambda: entry(modalities=["smell"]),
    "entry_context_length_is_positive": lambda: entry(context_length=NumericRange(0, 10)),
    "entry_parameters_are_positive": lambda: entry(parameters=NumericRange(0, 10)),
    "entry_released_has_a_start": lambda: entry(released=OPEN_START),
    "entry_is_backed": lambda: entry(parameters=NumericRange(1, 10)),
    "entry_merged_once": merged_in_a_circle,
    "entry_developer_once": developer_of_two_places,
    "entry_developer_position": two_developers_at_one_place,
    "search_key_once": lambda: twice(lambda: search_key("wxyy")),
    "search_key_is_not_empty": lambda: search_key(""),
    "claim_source_has_location": lambda: claim(line=None),
    "claim_gloss_has_quotation": lambda: claim(**CURATORS, gloss_en="x"),
    "claim_gloss_is_english": lambda: claim(gloss_en="大模型"),
    "claim_earlier_is_no_rival": lambda: claim(is_earlier=True),
    "claim_key_is_unique": lambda: twice(lambda: claim(Field.SECTOR, key="k", sector=make.make_sector())),
    "claim_one_preferred": lambda: twice(claim),
    "claim_one_preferred_release": lambda: twice(lambda: claim(Field.EVENT, event=EventKind.RELEASED)),
    "claim_one_preferred_name": lambda: twice(
        lambda: claim(Field.NAME, text="x", token=NameKind.ZH, preferred=True)
    ),
    "claim_value_fits_field": lambda: claim(Field.PARAMETERS, token="general"),
    "claim_preferred_is_accepted": lambda: claim(status=Status.REJECTED, preferred=True),
    "claim_preferred_event_is_release": lambda: claim(Field.EVENT, event=EventKind.PLANNED, preferred=True),
    "claim_preferred_name_is_shown": lambda: claim(
        Field.NAME, text="x", token=NameKind.CORRUPTED, preferred=True
    ),
    "claim_curator_has_no_source": lambda: claim(
        basis=Basis.CURATOR, reason_zh="x", reason_en="x", source=make.make_source(), **SOMEWHERE
    ),
    "claim_unstated_has_reason": lambda: claim(basis=Basis.INFERRED),
    "claim_decided_has_reviewer": lambda: claim(reviewed_by=""),
    "claim_disputed_has_ruling": lambda: claim(status=Status.DISPUTED),
    "claim_days_are_bounded": lambda: claim(Field.EVENT, event=EventKind.BETA, days=OPEN_START),
    "claim_field_is_known": lambda: Claim.objects.filter(pk=claim().pk).update(field="smell"),
    "claim_answer_is_known": lambda: claim(token="", answer="perhaps"),
    "claim_basis_is_known": lambda: claim(basis="rumour"),
    "claim_status_is_known": lambda: claim(status="pending"),
    "figure_value_says_something": lambda: make.make_figure(value=NumericRange(None, None)),
    "figure_unit_is_known": lambda: make.make_figure(unit="furlongs"),
    "figure_says_who_counted": lambda: make.make_figure(counted_by_zh=""),
    "figure_evidence_gloss_has_quotation": lambda: figure_evidence(source=None, **NOWHERE, gloss_en="x"),
    "figure_evidence_gloss_is_english": lambda: figure_evidence(gloss_en="几个"),
    "figure_evidence_source_has_location": lambda: figure_evidence(quotation=""),
    "figure_evidence_has_source": lambda: figure_evidence(source=None, **NOWHERE),
    "figure_evidence_place_is_unique": lambda: twice(figure_evidence),
    "merge_joins_two": lambda: merge(same=True),
    "merge_undone_says_by_whom": lambda: merge(undone_by="li"),
    "merge_standing_has_both": lambda: merge(merged=None),
    "import_applied_says_by_whom": lambda: ImportBatch.objects.create(state=ImportBatch.State.APPLIED),
    "import_run_ended_somehow": lambda: ImportRun.objects.create(
        batch=ImportBatch.objects.create(), what=ImportRun.What.UNDO, outcome=ImportRun.Outcome.DONE
    ),
    "release_number_from_one": lambda: release(number=0),
    "release_sha256_is_hex": lambda: release(sha256="not a hash"),
    "report_says_something": lambda: report(statement=""),
    "report_source_is_on_the_web": lambda: report(source_url="ftp://example.org/"),
    "report_field_is_known": lambda: report(field="smell"),
    "report_handled_by_someone": lambda: report(status="handled"),
    "report_status_is_known": lambda: report(status="lost", handled_by="li", handled_at=make.REVIEWED),
    "claim_words_are_plain": lambda: claim(said_by_zh=UNSEEN),
    "claim_words_are_quotable": lambda: claim(words=UNSEEN),
    "developer_claim_words_are_plain": lambda: make.make_statement(reason_zh=UNSEEN),
    "developer_claim_words_are_quotable": lambda: make.make_statement(gloss_en="soft\u00adhyphen"),
    "developer_words_are_plain": lambda: make.make_developer("x", aliases=[UNSEEN]),
    "entry_words_are_plain": lambda: entry(name_zh=UNSEEN),
    "entry_words_are_quotable": lambda: entry(parameters_stated=UNSEEN),
    "entry_developer_words_are_quotable": lambda: EntryDeveloper.objects.create(
        entry_id=Entry.objects.create(slug="x").pk,
        developer=make.make_developer(),
        position=1,
        name_as_written=UNSEEN,
    ),
    "figure_words_are_plain": lambda: make.make_figure(scope_en=UNSEEN),
    "figure_evidence_words_are_quotable": lambda: figure_evidence(stated=UNSEEN),
    "omission_words_are_plain": lambda: make.make_omission(note_zh=UNSEEN),
    "omission_words_are_quotable": lambda: make.make_omission(UNSEEN),
    "report_words_are_plain": lambda: report(reason=UNSEEN),
    "report_statement_is_quotable": lambda: report(statement=UNSEEN),
    "sector_words_are_plain": lambda: make.make_sector("x", name_en=UNSEEN),
    "source_is_on_the_web": lambda: make.make_source("x", web_address="ftp://example.org/"),
    "source_has_text_or_address": lambda: make.make_source("x", file_name="", sha256=""),
    "source_file_name_is_unique": lambda: [make.make_source(slug, file_name="a.txt") for slug in ("x", "y")],
    "source_words_are_plain": lambda: make.make_source("x", condition_zh=UNSEEN),
}


@transaction.atomic
def attempt(action: Callable[[], object]) -> None:
    """Do it, and have the rules that wait for the commit looked at now."""
    action()
    connection.check_constraints()


@pytest.mark.parametrize("constraint", BREAKERS)
def test_constraint_refuses_what_breaks_it(constraint: str) -> None:
    with pytest.raises(IntegrityError) as refused:
        attempt(BREAKERS[constraint])

    cause = refused.value.__cause__
    assert isinstance(cause, psycopg.Error)
    assert cause.diag.constraint_name == constraint


def test_every_constraint_has_a_breaker() -> None:
    tables = apps.get_app_config("models_catalog").get_models()
    named = {constraint.name for table in tables for constraint in table._meta.constraints}
    assert named - BREAKERS.keys() == set()


def test_quotation_of_more_than_24_characters_is_refused() -> None:
    with pytest.raises(DataError, match="too long"):
        attempt(lambda: claim(quotation="字" * 25))


def test_claim_that_backs_a_column_cannot_go() -> None:
    made = make.make_entry(parameters="2600亿")
    with pytest.raises(IntegrityError, match="parameters"):
        attempt(made.claims.filter(field=Field.PARAMETERS).delete)


@pytest.mark.parametrize("field", NUMBERS)
def test_no_number_stands_in_an_entry_that_no_claim_gives(field: Field) -> None:
    with pytest.raises(IntegrityError, match=f"no accepted claim says: {field.value}"):
        attempt(lambda: entry(**{field.entry_column: NumericRange(1, 10)}))
