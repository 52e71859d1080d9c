"""The fixtures meet what people decided: what nobody touched follows them, everything else stays and is named."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from models_catalog.claims.links import save_developer
from models_catalog.claims.merge import merge_entries
from models_catalog.claims.propose import propose_claim
from models_catalog.claims.recording import LOAD, delete_claims, delete_rows, recorded
from models_catalog.intake.fixtures.load import Loaded, load_fixtures
from models_catalog.models import Claim, ClaimEvent, Developer, Entry, LoadedRow, Sector, Source
from models_catalog.models.ranges import number_range
from models_catalog.models.vocabulary import Field, Status
from models_catalog.text.quantities import Interval
from tests.decisions import accept_claim, reject_claim
from tests.factories import make_entry

pytestmark = pytest.mark.django_db

Edit = Callable[[str, str, str], None]
SIZE = "parameters-1"


@pytest.fixture
def _loaded(fixtures: Path) -> None:
    load(fixtures)


def load(fixtures: Path) -> list[Loaded]:
    with recorded(LOAD):
        return load_fixtures(fixtures)


def told(loaded: list[Loaded], what: str) -> list[str]:
    return [name for table in loaded for name in getattr(table, what)]


def claim(key: str = SIZE) -> Claim:
    return Claim.objects.get(key=key)


def prefer_another_size() -> Claim:
    """A size of curators' own knowledge, proposed and then preferred."""
    known = {"basis": "curator", "reason_zh": "公开资料", "reason_en": "Public knowledge"}
    made = Claim(
        entry=Entry.objects.get(), field=Field.PARAMETERS, number=number_range(Interval(7, 7)), **known
    )
    return accept_claim(claim=propose_claim(claim=made, proposer="li"), reviewer="li", preferred=True)


def output(fixtures: Path, *options: str) -> str:
    out = StringIO()
    call_command("load_registry", str(fixtures), *options, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("_loaded")
def test_a_rejected_claim_stays_rejected_and_is_named(fixtures: Path) -> None:
    reject_claim(claim=claim(), reviewer="li", reason="no")
    assert told(load(fixtures), "kept") == ["claim wenxin-yiyan/parameters-1"]
    assert (claim().status, Entry.objects.get().parameters) == (Status.REJECTED, None)


@pytest.mark.usefixtures("_loaded")
def test_a_rejected_claim_stays_when_the_fixtures_change_it(fixtures: Path, edit: Edit) -> None:
    reject_claim(claim=claim(), reviewer="li", reason="no")
    edit("claims.yaml", "stated: 2600亿", "stated: 600亿")
    load(fixtures)
    assert (claim().status, claim().stated) == (Status.REJECTED, "2600亿")


@pytest.mark.usefixtures("_loaded")
def test_a_value_set_back_to_what_the_fixtures_said_once_stays(fixtures: Path, edit: Edit) -> None:
    Sector.objects.update(name_en="Banking")
    edit("sectors.yaml", "Finance", "Money")
    load(fixtures)
    Sector.objects.update(name_en="Finance")
    load(fixtures)
    assert Sector.objects.get().name_en == "Finance"


@pytest.mark.usefixtures("_loaded")
def test_a_preference_of_a_curator_stays_and_the_load_succeeds(fixtures: Path) -> None:
    own = prefer_another_size()
    assert told(load(fixtures), "kept") == ["claim wenxin-yiyan/parameters-1"]
    assert Claim.objects.get(field=Field.PARAMETERS, preferred=True) == own


NEW_SIZE = "- {key: parameters-2, field: parameters, preferred: true, at: 'thepaper-2023 2:5-10', quotation: 2600亿}\n"


@pytest.mark.usefixtures("_loaded")
def test_a_new_claim_comes_beside_what_a_curator_prefers_and_under_a_free_key(
    fixtures: Path, edit: Edit
) -> None:
    own = prefer_another_size()
    edit("claims.yaml", "- {key: sector-1", f"{NEW_SIZE}- {{key: sector-1")
    load(fixtures)
    sizes = Claim.objects.filter(field=Field.PARAMETERS)
    assert {size.key: size.preferred for size in sizes} == {
        own.key: True, "parameters-1": False, "parameters-3": False,
    }  # fmt: skip


@pytest.mark.usefixtures("_loaded")
def test_a_claim_that_left_the_fixtures_is_named_and_yields_its_column(fixtures: Path, edit: Edit) -> None:
    edit("claims.yaml", "key: parameters-1", "key: parameters-7")
    found = told(load(fixtures), "gone")
    assert found == ["claim wenxin-yiyan/parameters-1"]
    assert [claim(key).preferred for key in ("parameters-1", "parameters-7")] == [False, True]


@pytest.mark.usefixtures("_loaded")
def test_a_deleted_claim_does_not_come_back(fixtures: Path) -> None:
    delete_claims(claims=Claim.objects.filter(key=SIZE), by="li")
    assert told(load(fixtures), "deleted") == ["claim wenxin-yiyan/parameters-1"]
    assert not Claim.objects.filter(key=SIZE).exists()


@pytest.mark.usefixtures("_loaded")
def test_a_deleted_entry_does_not_come_back(fixtures: Path) -> None:
    delete_rows(rows=Entry.objects.all(), by="li")
    assert len(told(load(fixtures), "deleted")) == 6
    assert not Entry.objects.exists()


@pytest.mark.usefixtures("_loaded")
def test_a_new_claim_about_a_deleted_entry_is_left_and_named(fixtures: Path, edit: Edit) -> None:
    delete_rows(rows=Entry.objects.all(), by="li")
    edit("claims.yaml", "- {key: sector-1", f"{NEW_SIZE.replace('preferred: true, ', '')}- {{key: sector-1")
    edit("claims.yaml", "field: parameters, at", "field: parameters, preferred: true, at")
    assert told(load(fixtures), "left") == [
        "claim wenxin-yiyan/parameters-2 (there is no entry wenxin-yiyan any more)"
    ]


@pytest.mark.usefixtures("_loaded")
def test_a_renamed_developer_keeps_its_new_name_and_address(fixtures: Path, edit: Edit) -> None:
    developer = Developer.objects.get()
    developer.name_zh, developer.slug = "百度公司", "baidu-inc"
    save_developer(developer=developer)
    edit("developers.yaml", "name_en: Baidu", "name_en: Baidu Inc.")
    load(fixtures)
    assert list(Developer.objects.values_list("slug", "name_zh", "name_en")) == [
        ("baidu-inc", "百度公司", "Baidu")
    ]


@pytest.mark.usefixtures("_loaded")
def test_claims_that_a_merge_moved_stay_where_they_are(fixtures: Path) -> None:
    kept = make_entry("文心")
    merge_entries(kept=kept, merged=Entry.objects.get(slug="wenxin-yiyan"), by="li")
    assert len(told(load(fixtures), "kept")) == 5
    assert Entry.objects.get(slug="wenxin-yiyan").claims.count() == 0


@pytest.mark.usefixtures("_loaded")
def test_a_new_claim_about_a_merged_entry_is_left_and_named(fixtures: Path, edit: Edit) -> None:
    merge_entries(
        kept=make_entry("文心", slug="wenxin"), merged=Entry.objects.get(slug="wenxin-yiyan"), by="li"
    )
    edit("claims.yaml", "- {key: sector-1", "- {key: openness-1, field: openness, value: closed, "
         "at: 'thepaper-2023 2:5-10', quotation: 2600亿}\n- {key: sector-1")  # fmt: skip
    assert told(load(fixtures), "left") == [
        "claim wenxin-yiyan/openness-1 (its entry was merged into wenxin)"
    ]


@pytest.mark.usefixtures("_loaded")
def test_a_row_that_the_database_refuses_is_left_and_named(fixtures: Path, edit: Edit) -> None:
    Source.objects.update(file_name="b.txt")
    row = "slug: b, file_name: b.txt, sha256: HASH, name_zh: 二, name_en: B, publisher_zh: 报, publisher_en: P, "
    row += "published: 2023-05, condition_zh: 干净, condition_en: clean"
    edit("sources.yaml", "\n- {slug", f"\n- {{{row.replace('HASH', 'a' * 64)}}}\n- {{slug")
    loaded = load(fixtures)
    assert [name.split(" (")[0] for name in told(loaded, "left")] == ["source b"]
    assert "file_name" in told(loaded, "left")[0]


@pytest.mark.usefixtures("_loaded")
def test_a_developer_is_not_made_its_own_ancestor(fixtures: Path, edit: Edit) -> None:
    child = Developer.objects.create(slug="lab", name_zh="实验室", kind="startup", sort_key="s")
    Developer.objects.filter(slug="baidu").update(parent=child)
    edit(
        "developers.yaml", "- {slug", "- {slug: lab, name_zh: 实验室, kind: startup, parent: baidu}\n- {slug"
    )
    load(fixtures)
    assert Developer.objects.get(slug="lab").parent is None


@pytest.mark.usefixtures("_loaded")
def test_overwrite_gives_one_row_back_to_the_fixtures(fixtures: Path) -> None:
    prefer_another_size()
    Sector.objects.update(name_en="Banking")
    call_command(
        "load_registry", str(fixtures), "--overwrite", "claim wenxin-yiyan/parameters-1", stdout=StringIO()
    )
    assert (claim().preferred, Sector.objects.get().name_en) == (True, "Banking")
    last = ClaimEvent.objects.filter(pgh_obj_id=claim().pk).latest("pgh_id")
    assert last.pgh_context.metadata["what"] == "overwrite"


@pytest.mark.usefixtures("_loaded")
def test_overwrite_of_a_row_that_is_not_there_is_refused(fixtures: Path) -> None:
    with pytest.raises(CommandError, match="Nothing loaded: the fixtures have no row called claim moss/x"):
        output(fixtures, "--overwrite", "claim moss/x")


@pytest.mark.usefixtures("_loaded")
def test_overwrite_of_everything_brings_back_what_was_deleted(fixtures: Path) -> None:
    reject_claim(claim=claim("sector-1"), reviewer="li", reason="no")
    delete_claims(claims=Claim.objects.filter(key=SIZE), by="li")
    output(fixtures, "--overwrite")
    assert (claim().status, claim("sector-1").status) == (Status.ACCEPTED, Status.ACCEPTED)


@pytest.mark.usefixtures("_loaded")
def test_the_command_counts_and_names_what_stays(fixtures: Path) -> None:
    reject_claim(claim=claim(), reviewer="li", reason="no")
    words = "1 row as curators have them, not as the fixtures say: claim wenxin-yiyan/parameters-1\n"
    assert words in output(fixtures)


@pytest.mark.usefixtures("_loaded")
def test_without_memory_the_history_says_what_was_loaded(fixtures: Path, edit: Edit) -> None:
    LoadedRow.objects.all().delete()
    reject_claim(claim=claim("sector-1"), reviewer="li", reason="no")
    edit("claims.yaml", "stated: 2600亿", "stated: 600亿")
    assert told(load(fixtures), "kept") == ["claim wenxin-yiyan/sector-1"]
    assert (claim().stated, claim("sector-1").status) == ("600亿", Status.REJECTED)


@pytest.mark.usefixtures("_loaded")
def test_without_memory_a_deleted_row_does_not_come_back(fixtures: Path) -> None:
    LoadedRow.objects.all().delete()
    delete_claims(claims=Claim.objects.filter(key=SIZE), by="li")
    assert told(load(fixtures), "deleted") == ["claim wenxin-yiyan/parameters-1"]


def test_without_memory_and_history_what_differs_stays(fixtures: Path, edit: Edit) -> None:
    load_fixtures(fixtures)  # by nobody that the history could name, as in its first days
    LoadedRow.objects.all().delete()
    edit("sectors.yaml", "Finance", "Money")
    assert told(load(fixtures), "kept") == ["sector finance"]


@pytest.mark.usefixtures("_loaded")
def test_what_an_earlier_start_overwrote_is_named_once(fixtures: Path) -> None:
    reject_claim(claim=claim(), reviewer="li", reason="no")
    with recorded(LOAD):  # as loads did that had no memory
        Claim.objects.filter(key=SIZE).update(status=Status.ACCEPTED, preferred=True)
    LoadedRow.objects.all().delete()
    assert told(load(fixtures), "set_back") == ["claim wenxin-yiyan/parameters-1"]
    assert told(load(fixtures), "set_back") == []
