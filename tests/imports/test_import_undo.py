"""An import is always undone: what goes is shown first, what others built upon it stays, and it is said what and why."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.merge import merge_entries, undo_merge
from models_catalog.claims.propose import propose_claim
from models_catalog.history.entry import history_of
from models_catalog.intake.tables.undo import since_applied, stayed, undo_import
from models_catalog.models import Claim, Developer, Entry, ImportBatch
from models_catalog.models.vocabulary import Category, Status
from models_catalog.roles import Role
from tests.checksums import checksums
from tests.decisions import accept_claim, reject_claim
from tests.factories import make_entry, make_sector
from tests.imports.test_import import apply, batch_of
from tests.permissions.world import make_user

pytestmark = pytest.mark.django_db
TABLE = "公司,大模型\n度小满,轩辕\n"


@pytest.fixture
def curator(client: Client) -> Client:
    client.force_login(make_user("a-curator", Role.CURATOR))
    return client


def page_of(batch: ImportBatch) -> str:
    return reverse("admin:models_catalog_importbatch_undo", args=[batch.pk])


def undone(client: Client, batch: ImportBatch) -> Any:
    """Look at what undoing does, and confirm it."""
    seen = client.get(page_of(batch)).context["since"].version
    answer = client.post(page_of(batch), {"version": seen}, follow=True, headers={"Accept-Language": "en"})
    batch.refresh_from_db()
    return answer


def of_others(entry: Entry, **value: Any) -> Claim:
    """A claim that a colleague proposes on it."""
    claim = Claim(entry=entry, basis="curator", reason_zh="知", reason_en="known", **value)
    return propose_claim(claim=claim, proposer="other")


def reviewed() -> ImportBatch:
    batch = apply(batch_of(TABLE, Status.PROPOSED))
    accept_claim(claim=Claim.objects.get(field="name"), reviewer="curator")
    return batch


def test_undoing_asks_first_and_names_what_goes(curator: Client) -> None:
    before, batch = checksums(), apply(batch_of(TABLE))
    for answer in (curator.get(page_of(batch)), curator.post(page_of(batch))):
        since = answer.context["since"]
        assert ([str(one) for one in since.entries], [str(one) for one in since.developers]) == (
            ["轩辕"],
            ["度小满"],
        )
        assert (since.n_claims, since.source) == (2, batch.source)
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.APPLIED
    undone(curator, batch)
    assert (batch.state, checksums()) == (ImportBatch.State.UNDONE, before)


def test_what_was_decided_since_is_shown_then_undone(curator: Client) -> None:
    before, batch = checksums(), reviewed()
    since = curator.get(page_of(batch)).context["since"]
    assert ([claim.quotation for claim in since.decided], since.stays) == (["轩辕"], [])
    undone(curator, batch)
    assert (batch.state, checksums()) == (ImportBatch.State.UNDONE, before)


@pytest.mark.parametrize("what", ["decided", "built"])
def test_what_somebody_did_after_it_was_shown_is_told(what: str, curator: Client) -> None:
    batch = reviewed()
    shown = since_applied(batch).version
    if what == "decided":
        accept_claim(claim=Claim.objects.get(field="developer"), reviewer="other")
    else:
        of_others(Entry.objects.get(), field="name", text="轩辕二", token="alias")
    told = curator.post(
        page_of(batch), {"version": shown}, headers={"Accept-Language": "en"}
    ).content.decode()
    assert "has changed since the page was shown" in told
    with pytest.raises(NotAllowed):
        undo_import(batch=batch, by="curator", seen=shown)


@pytest.mark.parametrize("fate", [Status.PROPOSED, Status.ACCEPTED, Status.REJECTED])
def test_an_entry_with_a_claim_of_others_stays_unlisted(fate: Status, curator: Client) -> None:
    batch = apply(batch_of(TABLE))
    entry = Entry.objects.get()
    claim = of_others(entry, field="name", text="轩辕二", token="alias")
    if fate == Status.ACCEPTED:
        accept_claim(claim=claim, reviewer="other")
    elif fate == Status.REJECTED:
        reject_claim(claim=claim, reviewer="other", reason="no")
    told = undone(curator, batch).content.decode()
    entry.refresh_from_db()
    assert (batch.state, entry.is_listed, list(entry.claims.all())) == (
        ImportBatch.State.UNDONE,
        False,
        [claim],
    )
    assert [(stay.of, stay.name, stay.claims, stay.is_listed) for stay in stayed(batch)] == [
        ("entry", "轩辕", 1, False)
    ]
    assert "1 claim that this import did not make refers to it" in told
    assert (Developer.objects.exists(), batch.source, history_of(entry)[0].what) == (
        False,
        None,
        "undo import",
    )


def test_an_entry_that_others_named_stays_listed() -> None:
    batch = apply(batch_of(TABLE))
    entry = Entry.objects.get()
    accept_claim(claim=of_others(entry, field="name", text="轩辕大模型", token="zh"), reviewer="other")
    undo_import(batch=batch, by="curator", seen=since_applied(batch).version)
    entry.refresh_from_db()
    assert (entry.is_listed, entry.name_zh) == (True, "轩辕大模型")


def test_a_developer_and_a_parent_that_others_name_stay() -> None:
    ours = make_entry("文心一言", developers=["百度"])
    batch = apply(batch_of(TABLE))
    made, maker = Entry.objects.get(name_zh="轩辕"), Developer.objects.get(name_zh="度小满")
    accept_claim(claim=of_others(ours, field="developer", developer=maker), reviewer="other")
    accept_claim(claim=of_others(ours, field="parent", parent=made), reviewer="other")
    undo_import(batch=batch, by="curator", seen=since_applied(batch).version)
    batch.refresh_from_db()
    ours.refresh_from_db()
    assert (ours.parent, set(ours.developers.values_list("name_zh", flat=True))) == (made, {"百度", "度小满"})
    told = [(stay.of, stay.name, stay.claims, stay.below) for stay in stayed(batch)]
    assert told == [("entry", "轩辕", 0, 1), ("developer", "度小满", 1, 0)]


def test_what_another_import_stood_upon_goes_with_that_one() -> None:
    make_sector("金融")
    before = checksums()
    first = apply(batch_of(TABLE))
    second = apply(batch_of("公司,大模型,类别\n度小满,轩辕,金融\n", Status.PROPOSED))
    assert second.made["entries"] == []
    for batch in (first, second):
        undo_import(batch=batch, by="curator", seen=since_applied(batch).version)
    first.refresh_from_db()
    assert ([stay.name for stay in stayed(first)], checksums()) == (["轩辕", "度小满"], before)


def test_a_claim_that_gave_its_place_gets_it_back() -> None:
    make_entry("轩辕", developers=["度小满"], category=Category.INDUSTRY)
    before = checksums()
    batch = apply(batch_of("公司,大模型,类别\n度小满,轩辕,通用\n", Status.PROPOSED))
    accept_claim(claim=Claim.objects.proposed().get(field="category"), reviewer="curator", preferred=True)
    since = since_applied(batch)
    assert [claim.field for claim in since.returning] == ["category"]
    undo_import(batch=batch, by="curator", seen=since.version)
    assert checksums() == before


def test_a_row_joined_under_a_new_maker_leaves_no_trace() -> None:
    ours = make_entry("MathGPT", developers=["学而思"])
    before = checksums()
    batch = batch_of("公司,大模型\n好未来,MathGPT\n")
    batch.decisions = {"2": str(ours.pk)}
    batch.save()
    apply(batch)
    assert ours.developers.count() == 2
    undo_import(batch=batch, by="curator")
    assert checksums() == before


def test_an_import_whose_entry_was_merged_is_undone_after_the_merge(curator: Client) -> None:
    kept = make_entry("文心一言", developers=["百度"])
    before = checksums()
    batch = apply(batch_of(TABLE))
    merge = merge_entries(kept=kept, merged=Entry.objects.get(name_zh="轩辕"), by="admin")
    told = undone(curator, batch).content.decode()
    assert "Entries or developers of this import were merged since: undo that first (轩辕 → 文心一言)" in told
    undo_merge(merge=merge, by="admin")
    undone(curator, batch)
    assert (batch.state, checksums()) == (ImportBatch.State.UNDONE, before)
