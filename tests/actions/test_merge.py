"""Merging duplicates, and taking it back."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from models_catalog.actions.claims import NotAllowed, accept_claim
from models_catalog.actions.merge import merge_entries, undo_merge
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Openness
from tests.factories import make_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Entry:
    return make_entry("文心一言", parameters="2600亿", developers=["百度"])


@pytest.fixture
def double() -> Entry:
    return make_entry("文心", parameters="千亿级", openness=Openness.CLOSED, sectors=["金融"])


def content() -> list[Any]:
    """Everything that a merge touches, as the tables hold it."""
    rows = [list(Claim.objects.order_by("pk").values()), list(Entry.objects.order_by("pk").values())]
    links: list[Any] = [Entry.sectors.through, Entry.sources.through]
    return rows + [sorted(link.objects.values_list("entry", flat=True)) for link in links]


def test_claims_and_names_move(kept: Entry, double: Entry) -> None:
    merge_entries(kept=kept, merged=double, by="admin")
    kept.refresh_from_db()
    found = kept.name_zh, kept.aliases, kept.parameters_stated, kept.openness, kept.sectors.count()
    assert found == ("文心一言", ["文心"], "2600亿", Openness.CLOSED, 1)


def test_the_old_address_leads_to_the_new_one(client: Client, kept: Entry, double: Entry) -> None:
    merge_entries(kept=kept, merged=double, by="admin")
    response = client.get(f"/models/{double.slug}/")
    assert (response.status_code, response["Location"]) == (301, f"/models/{kept.slug}/")


def test_addresses_stay_good_over_several_merges(client: Client, kept: Entry, double: Entry) -> None:
    third = make_entry("文心三")
    merge_entries(kept=double, merged=third, by="admin")
    merge_entries(kept=kept, merged=double, by="admin")
    assert client.get(f"/models/{third.slug}/")["Location"] == f"/models/{kept.slug}/"


def test_members_follow(kept: Entry, double: Entry) -> None:
    member = make_entry("文心行业版", parent=double)
    merge_entries(kept=kept, merged=double, by="admin")
    member.refresh_from_db()
    assert member.parent == kept


def test_undoing_restores_everything(kept: Entry, double: Entry) -> None:
    make_entry("文心行业版", parent=double)
    merge_entries(kept=double, merged=make_entry("文心三"), by="admin")
    before = content()
    merge = merge_entries(kept=kept, merged=double, by="admin")
    assert content() != before
    undo_merge(merge=merge, by="admin")
    assert content() == before


def test_undoing_twice_is_refused(kept: Entry, double: Entry) -> None:
    merge = merge_entries(kept=kept, merged=double, by="admin")
    undo_merge(merge=merge, by="admin")
    with pytest.raises(NotAllowed):
        undo_merge(merge=merge, by="admin")


def test_what_was_decided_since_is_not_overwritten(kept: Entry, double: Entry) -> None:
    claim = double.claims.get(field="parameters")
    merge = merge_entries(kept=kept, merged=double, by="admin")
    accept_claim(claim=claim, reviewer="curator", preferred=True)
    with pytest.raises(NotAllowed, match="decided on since"), translation.override("en"):
        undo_merge(merge=merge, by="admin")


def test_an_entry_and_its_member_are_not_merged(kept: Entry) -> None:
    with pytest.raises(NotAllowed):
        merge_entries(kept=kept, merged=make_entry("文心行业版", parent=kept), by="admin")


def test_an_entry_is_not_merged_into_itself(kept: Entry) -> None:
    with pytest.raises(NotAllowed):
        merge_entries(kept=kept, merged=kept, by="admin")


def test_merges_never_lead_in_a_circle(kept: Entry, double: Entry) -> None:
    merge_entries(kept=kept, merged=double, by="admin")
    for into, entry in ((double, kept), (kept, double), (double, make_entry("文心三"))):
        with pytest.raises(NotAllowed, match="another entry already"), translation.override("en"):
            merge_entries(kept=into, merged=entry, by="admin")


def test_the_database_is_content_after_merges_and_their_undoing(kept: Entry, double: Entry) -> None:
    merge_entries(kept=double, merged=make_entry("文心三"), by="admin")
    merge = merge_entries(kept=kept, merged=double, by="admin")
    connection.check_constraints()
    undo_merge(merge=merge, by="admin")
    connection.check_constraints()


def test_the_page_shows_the_effect_and_merges(admin_client: Client, kept: Entry, double: Entry) -> None:
    address = reverse("admin:models_catalog_entry_merge", args=[double.pk])
    assert admin_client.get(address, {"into": kept.pk}).context["effects"]
    admin_client.post(address, {"into": kept.pk})
    double.refresh_from_db()
    assert double.merged_into == kept
