"""Fixtures are loaded whole or not at all, and each mistake is named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from models_catalog.intake.fixtures.files import FixtureError
from models_catalog.intake.fixtures.load import load_fixtures
from models_catalog.models import Claim, DeveloperClaim, Entry, FigureEvidence, Source
from models_catalog.models.vocabulary import Field, Status

pytestmark = pytest.mark.django_db

Edit = Callable[[str, str, str], None]


def test_load_fills_the_entry_from_parsed_words(fixtures: Path) -> None:
    load_fixtures(fixtures)
    entry = Entry.objects.get(slug="wenxin-yiyan")
    assert entry.is_listed
    assert entry.parameters.lower == 260_000_000_000
    assert str(entry.released.lower) == "2023-03-16"


def test_loading_twice_changes_nothing(fixtures: Path) -> None:
    load_fixtures(fixtures)
    again = load_fixtures(fixtures)
    assert {(table.created, table.updated) for table in again} == {(0, 0)}


def test_loading_a_change_updates_the_entry(fixtures: Path, edit: Edit) -> None:
    load_fixtures(fixtures)
    edit("claims.yaml", "stated: 2600亿", "stated: 600亿")
    load_fixtures(fixtures)
    assert Entry.objects.get().parameters_stated == "600亿"


def test_loading_can_move_the_preference_to_another_claim(fixtures: Path, edit: Edit) -> None:
    load_fixtures(fixtures)
    place = "at: 'thepaper-2023 2:5-10', quotation: 2600亿"
    edit(
        "claims.yaml",
        "- {key: sector-1",
        f"- {{key: parameters-2, field: parameters, preferred: true, {place}}}\n- {{key: sector-1",
    )
    load_fixtures(fixtures)
    assert list(
        Claim.objects.filter(field=Field.PARAMETERS, preferred=True).values_list("key", flat=True)
    ) == ["parameters-2"]


def test_loading_leaves_a_curators_claim_alone(fixtures: Path) -> None:
    load_fixtures(fixtures)
    Claim.objects.create(
        entry=Entry.objects.get(), key="openness-9", field=Field.OPENNESS, token="closed", basis="curator",
        reason_zh="x", reason_en="x", status=Status.PROPOSED,
    )  # fmt: skip
    load_fixtures(fixtures)
    assert Claim.objects.filter(key="openness-9").exists()


def test_loading_keeps_glosses_and_statements_about_developers(fixtures: Path, edit: Edit) -> None:
    edit("claims.yaml", "stated: 2600亿,", "stated: 2600亿, gloss_en: has 260 billion parameters,")
    load_fixtures(fixtures)
    assert Claim.objects.get(key="parameters-1").gloss_en == "has 260 billion parameters"
    told = DeveloperClaim.objects.get()
    assert (str(told.developer), told.value, told.gloss_en, told.place) == ("百度", "baidu", "Baidu", "1:6-8")


def test_size_of_an_earlier_time_is_no_rival(fixtures: Path, edit: Edit) -> None:
    place = "at: 'thepaper-2023 2:5-10', quotation: 2600亿"
    earlier = f"- {{key: parameters-2, field: parameters, earlier: true, {place}}}\n- {{key: sector-1"
    edit("claims.yaml", "- {key: sector-1", earlier)
    load_fixtures(fixtures)
    rows = Claim.objects.filter(field=Field.PARAMETERS).order_by("key")
    assert [(row.preferred, row.is_earlier, row.status) for row in rows] == [
        (True, False, "accepted"), (False, True, "accepted"),
    ]  # fmt: skip


MISTAKES = [
    ("claims.yaml", "value: finance", "value: farming", "wenxin-yiyan/sector-1: there is no sector 'farming'"),
    ("claims.yaml", "2:0-10", "2:10-0", "is an empty place"),
    ("claims.yaml", "thepaper-2023 2:0-10", "line two", "is not a place"),
    ("claims.yaml", "thepaper-2023 2:0-10", "nowhere 2:0-10", "there is no source 'nowhere'"),
    ("claims.yaml", "quotation: 参数规模为2600亿", f"quotation: 2600亿{'字' * 20}", "has 25 characters, at most 24"),
    ("claims.yaml", "stated: 2600亿", "stated: 2700亿", "does not stand in the quotation"),
    ("claims.yaml", "stated: 2600亿", "stated: 参数规模", "没有写明参数的数量"),
    ("claims.yaml", "stated: 3月16日", "stated: 百度发布", "没有写明日期"),
    ("claims.yaml", "stated: 3月16日", "stated: 3月16日, days: 2023-03-17", "reads as"),
    ("claims.yaml", "form: zh", "form: klingon", "form 'klingon' is none of"),
    ("claims.yaml", "key: sector-1", "key: name-1", "wenxin-yiyan/name-1: stands twice"),
    ("claims.yaml", "said_by_zh: 百度", "spoken_by: 百度", "unknown column spoken_by"),
    ("claims.yaml", "field: sector,", "field: sector, basis: inferred,", "needs reason_zh and reason_en"),
    ("claims.yaml", "field: sector,", "field: sector, status: disputed,", "names the ruling"),
    ("claims.yaml", "field: sector,", "field: sector, preferred: true,", "cannot be the preferred"),
    ("claims.yaml", "wenxin-yiyan:", "wenxin:", "there is no entry 'wenxin'"),
    ("claims.yaml", "wenxin-yiyan:", "wenxin-yiyan: [", "is not valid YAML"),
    ("developers.yaml", "kind: big-tech", "kind: huge", "kind 'huge' is none of"),
    ("developers.yaml", "value: baidu", "value: 度娘", "alias-1: '度娘' is not the alias of this row"),
    ("developers.yaml", "field: alias, value: baidu", "field: parent", "alias-1: no value"),
    ("developers.yaml", "field: alias", "field: colour", "field 'colour' is none of"),
    ("developers.yaml", "gloss_en: Baidu", "gloss_en: 百度", "is not one line of English"),
    ("developers.yaml", "basis: inferred, reason_zh: 域名, reason_en: its domain", "basis: inferred", "alias-1: inferred needs reason_zh and reason_en"),
    ("developers.yaml", "basis: inferred, reason_zh: 域名, reason_en: its domain", "basis: curator", "curator's knowledge has no source"),
    ("developers.yaml", "'thepaper-2023 1", "'nowhere 1", "baidu/alias-1: there is no source 'nowhere'"),
    ("developers.yaml", "{key: alias-1", "{key: alias-1, field: kind, at: 'thepaper-2023 1:6-8', quotation: 百度}, {key: alias-1", "baidu/alias-1: stands twice"),
    ("claims.yaml", "stated: 2600亿,", f"stated: 2600亿, gloss_en: {'x' * 201},", "has 201 characters, at most 200"),
    ("claims.yaml", "value: finance,", "value: finance, earlier: true,", "earlier is true, for a value of parameters"),
    ("claims.yaml", "stated: 2600亿,", "stated: 2600亿, earlier: true, preferred: true,", "cannot be the preferred"),
    ("claims.yaml", "- {key: sector-1", "- {key: kind-1, field: kind, value: platform, at: 'thepaper-2023 1:11-15', quotation: 文心一言}\n"
     "- {key: category-1, field: category, value: general, at: 'thepaper-2023 1:11-15', quotation: 文心一言}\n- {key: sector-1",
     "an entry of kind platform has no category"),
    ("developers.yaml", "kind: big-tech", "kind: big-tech, parent: google", "there is no developer 'google'"),
    ("entries.yaml", "- {slug", "- {slug: ghost, name: 鬼}\n- {slug", "ghost: no claim in claims.yaml names it"),
    ("entries.yaml", "slug: wenxin-yiyan,", "slug: wenxin-yiyan, slug: x,", "stands twice"),
    ("sources.yaml", "2023-04-22/2023-04-30", "2023-04-31", "is no day, month or year"),
    ("figures.yaml", "low: 40", "low: many", "are not numbers"),
    ("figures.yaml", "low: 40, high: null", "low: 40, high: 30", "lies below"),
    ("omissions.yaml", "foreign-model", "dull", "reason 'dull' is none of"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "reason"), MISTAKES)
def test_a_mistake_is_refused_with_its_reason(
    fixtures: Path, edit: Edit, file: str, old: str, new: str, reason: str
) -> None:
    edit(file, old, new)
    with pytest.raises(FixtureError) as refused:
        load_fixtures(fixtures)
    assert reason in str(refused.value)
    assert Source.objects.count() == 0


def test_all_mistakes_are_reported_at_once(fixtures: Path, edit: Edit) -> None:
    edit("claims.yaml", "form: zh", "form: klingon")
    edit("omissions.yaml", "foreign-model", "dull")
    with pytest.raises(FixtureError) as refused:
        load_fixtures(fixtures)
    assert {problem.file for problem in refused.value.problems} >= {"claims.yaml", "omissions.yaml"}


def test_load_registry_refuses_in_one_message(fixtures: Path, edit: Edit) -> None:
    edit("claims.yaml", "form: zh", "form: klingon")
    with pytest.raises(CommandError, match="nothing loaded"):
        call_command("load_registry", str(fixtures))


def test_load_registry_if_empty_leaves_a_filled_registry(fixtures: Path) -> None:
    load_fixtures(fixtures)
    FigureEvidence.objects.all().delete()
    call_command("load_registry", str(fixtures), "--if-empty")
    assert not FigureEvidence.objects.exists()
