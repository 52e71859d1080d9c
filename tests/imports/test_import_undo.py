"""An import is taken back with what was decided on since only by a curator who was shown it; what others built stays."""

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.actions.claims import NotAllowed, accept_claim, propose_claim
from models_catalog.actions.import_undo import since_applied, undo_import
from models_catalog.actions.merge import merge_entries
from models_catalog.actions.merge_undo import undo_merge
from models_catalog.models import Claim, Entry, ImportBatch
from models_catalog.models.vocabulary import Category, Status
from tests.checksums import checksums
from tests.factories import make_entry
from tests.imports.test_import import apply, batch_of

pytestmark = pytest.mark.django_db


def reviewed() -> ImportBatch:
    batch = apply(batch_of("公司,大模型\n度小满,轩辕\n", Status.PROPOSED))
    accept_claim(claim=Claim.objects.get(field="name"), reviewer="curator")
    return batch


def test_what_was_decided_since_is_shown_then_undone(admin_client: Client) -> None:
    before, batch = checksums(), reviewed()
    address = reverse("admin:models_catalog_importbatch_undo", args=[batch.pk])
    since = admin_client.post(address).context["since"]
    assert ([claim.quotation for claim in since.decided], since.built) == (["轩辕"], [])
    admin_client.post(address, {"despite": since.version})
    batch.refresh_from_db()
    assert (batch.state, checksums()) == (ImportBatch.State.UNDONE, before)


def test_what_was_decided_after_it_was_shown_is_not_undone() -> None:
    batch = reviewed()
    shown = since_applied(batch).version
    accept_claim(claim=Claim.objects.get(field="developer"), reviewer="other")
    with pytest.raises(NotAllowed):
        undo_import(batch=batch, by="curator", despite=shown)


def test_what_others_added_is_in_the_way() -> None:
    batch = reviewed()
    name = Claim.objects.get(field="name")
    own = Claim(
        entry=name.entry,
        field="name",
        text="轩辕二",
        token="alias",
        basis="curator",
        reason_zh="知",
        reason_en="known",
    )
    propose_claim(claim=own, proposer="other")
    with pytest.raises(NotAllowed):
        undo_import(batch=batch, by="curator", despite=since_applied(batch).version)


def test_a_claim_that_gave_its_place_is_in_the_way() -> None:
    make_entry("轩辕", developers=["度小满"], category=Category.INDUSTRY)
    batch = apply(batch_of("公司,大模型,类别\n度小满,轩辕,通用\n", Status.PROPOSED))
    accept_claim(claim=Claim.objects.proposed().get(), reviewer="curator", preferred=True)
    since = since_applied(batch)
    assert [claim.field for claim in since.built] == ["category"]


def test_an_import_whose_entry_was_merged_is_undone_after_the_merge(admin_client: Client) -> None:
    kept = make_entry("文心一言", developers=["百度"])
    before = checksums()
    batch = apply(batch_of("公司,大模型\n度小满,轩辕\n"))
    merge = merge_entries(kept=kept, merged=Entry.objects.get(name_zh="轩辕"), by="admin")
    address = reverse("admin:models_catalog_importbatch_undo", args=[batch.pk])
    told = admin_client.post(address, follow=True, headers={"Accept-Language": "en"}).content.decode()
    assert "Entries of this import were merged since: undo that first (轩辕 → 文心一言)" in told
    undo_merge(merge=merge, by="admin")
    admin_client.post(address)
    batch.refresh_from_db()
    assert (batch.state, checksums()) == (ImportBatch.State.UNDONE, before)
