"""Merging duplicates, and taking it back."""

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.merge import merge_entries, undo_merge
from models_catalog.claims.propose import propose_claim
from models_catalog.history.versions import ChangedMeanwhile, version_of_claims
from models_catalog.models import Entry, Merge
from models_catalog.models.vocabulary import Field, Openness
from tests.decisions import accept_claim, reject_claim
from tests.factories import make_entry, unsaved_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Entry:
    return make_entry("文心一言", parameters="2600亿", developers=["百度"])


@pytest.fixture
def double() -> Entry:
    return make_entry("文心", parameters="千亿级", openness=Openness.CLOSED, sectors=["金融"])


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


@pytest.mark.parametrize("generations", [1, 2, 3])
@pytest.mark.parametrize("upwards", [True, False])
def test_an_entry_is_not_merged_with_its_family(kept: Entry, generations: int, upwards: bool) -> None:
    member = kept
    for generation in range(generations):
        member = make_entry(f"文心{generation}", parent=member)
    into, entry = (kept, member) if upwards else (member, kept)
    with pytest.raises(NotAllowed, match=f"{member.name_zh} is part of 文心一言"), translation.override("en"):
        merge_entries(kept=into, merged=entry, by="admin")


def test_two_members_of_one_family_may_be_one(kept: Entry) -> None:
    one, other = make_entry("文心甲", parent=kept), make_entry("文心乙", parent=kept)
    merge_entries(kept=one, merged=other, by="admin")
    one.refresh_from_db()
    assert (one.parent, one.aliases) == (kept, ["文心乙"])


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


def test_reports_of_readers_follow(kept: Entry, double: Entry) -> None:
    double.reports.create(field="parameters", statement="错了", source_url="https://example.org/")
    merge_entries(kept=kept, merged=double, by="admin")
    assert kept.reports.count() == 1


@pytest.mark.parametrize("changed", ["kept", "merged"])
def test_whoever_merges_after_another_decided_is_told(kept: Entry, double: Entry, changed: str) -> None:
    seen = version_of_claims(kept), version_of_claims(double)
    entry = kept if changed == "kept" else double
    reject_claim(claim=entry.claims.get(field="parameters"), reviewer="another")
    with pytest.raises(ChangedMeanwhile, match="status"), translation.override("en"):
        merge_entries(kept=kept, merged=double, by="admin", seen=seen)
    assert not Merge.objects.exists()


def test_whoever_decides_while_another_merges_is_told(kept: Entry, double: Entry) -> None:
    claim, version = double.claims.get(field="parameters"), version_of_claims(double)
    merge_entries(kept=kept, merged=double, by="admin")
    with pytest.raises(ChangedMeanwhile, match="moved to 文心一言"), translation.override("en"):
        accept_claim(claim=claim, reviewer="another", preferred=True, version=version)


def test_nothing_is_proposed_about_an_entry_that_is_merged(kept: Entry, double: Entry) -> None:
    claim = unsaved_claim(double, Field.OPENNESS, token=Openness.OPEN)
    merge_entries(kept=kept, merged=double, by="admin")
    with pytest.raises(NotAllowed, match="merged into 文心一言"), translation.override("en"):
        propose_claim(claim=claim, proposer="another")
