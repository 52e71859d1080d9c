"""Taking a merge back: to the last column of the last row, and with what was decided on since."""

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.utils import translation

from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.merge import merge_entries, since_merged, undo_merge
from models_catalog.claims.recording import delete_claims, delete_rows
from models_catalog.models import Claim, Entry, Merge
from models_catalog.models.vocabulary import Field, Openness, Status
from tests.checksums import checksums
from tests.decisions import accept_claim, reject_claim
from tests.factories import make_claim, make_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Entry:
    return make_entry("文心一言", parameters="2600亿", developers=["百度"])


@pytest.fixture
def double() -> Entry:
    return make_entry(
        "文心", parameters="千亿级", openness=Openness.CLOSED, sectors=["金融"], developers=["百度", "百度云"]
    )


@pytest.fixture
def merge(kept: Entry, double: Entry) -> Merge:
    return merge_entries(kept=kept, merged=double, by="admin")


def undo(merge: Merge) -> Merge:
    """As the administrator does who was shown what was decided on since."""
    return undo_merge(merge=merge, by="admin", despite=since_merged(merge).version)


def test_every_row_is_what_it_was(kept: Entry, double: Entry) -> None:
    make_entry("文心行业版", parent=double)
    double.reports.create(field="parameters", statement="错了", source_url="https://example.org/")
    merge_entries(kept=double, merged=make_entry("文心三", developers=["百度智能"]), by="admin")
    before = checksums()
    for _again in range(2):
        merge = merge_entries(kept=kept, merged=double, by="admin")
        assert checksums() != before
        undo_merge(merge=merge, by="admin")
        assert checksums() == before
    connection.check_constraints()


def test_merges_are_undone_in_any_order(kept: Entry, double: Entry) -> None:
    third = make_entry("文心三", developers=["阿里"])
    before = checksums()
    merges = [merge_entries(kept=kept, merged=one, by="admin") for one in (double, third)]
    for merge in merges:
        undo_merge(merge=merge, by="admin")
    assert checksums() == before


def test_undoing_twice_is_refused(merge: Merge) -> None:
    undo_merge(merge=merge, by="admin")
    with pytest.raises(NotAllowed):
        undo_merge(merge=merge, by="admin")


def test_the_later_of_two_merges_is_undone_first(merge: Merge, kept: Entry) -> None:
    merge_entries(kept=make_entry("文心大模型"), merged=kept, by="admin")
    with pytest.raises(NotAllowed, match="Undo that merge first"), translation.override("en"):
        undo_merge(merge=merge, by="admin")


def test_what_was_decided_since_must_have_been_shown(merge: Merge, kept: Entry) -> None:
    accept_claim(claim=kept.claims.get(stated="千亿级"), reviewer="curator", preferred=True)
    with pytest.raises(NotAllowed, match="decided on since"), translation.override("en"):
        undo_merge(merge=merge, by="admin")


def test_what_was_decided_since_stays_decided(merge: Merge, kept: Entry, double: Entry) -> None:
    reject_claim(claim=kept.claims.get(field=Field.OPENNESS), reviewer="curator")
    undo(merge)
    double.refresh_from_db()
    assert (double.openness, double.claims.get(field=Field.OPENNESS).status) == ("", Status.REJECTED)


def test_what_gave_its_place_gets_it_back(merge: Merge, kept: Entry, double: Entry) -> None:
    accept_claim(claim=kept.claims.get(stated="千亿级"), reviewer="curator", preferred=True)
    assert [claim.stated for claim in since_merged(merge).yielded] == ["2600亿"]
    undo(merge)
    found = Entry.objects.in_bulk()
    assert [found[one.pk].parameters_stated for one in (kept, double)] == ["2600亿", "千亿级"]


def test_what_came_to_the_kept_entry_since_stays_there(merge: Merge, kept: Entry) -> None:
    claim = make_claim(kept, Field.CATEGORY, token="general")
    undo(merge)
    claim.refresh_from_db()
    assert (claim.entry, Entry.objects.get(pk=kept.pk).category) == (kept, "general")


def test_what_was_deleted_since_is_told_and_stays_away(merge: Merge, kept: Entry, double: Entry) -> None:
    claims = Claim.objects.filter(entry=kept, field=Field.OPENNESS)
    key = claims.get().key
    delete_claims(claims=claims, by="admin")
    assert since_merged(merge).deleted == [key]
    undo(merge)
    assert not double.claims.filter(field=Field.OPENNESS).exists()


def test_an_entry_of_a_merge_that_stands_is_not_deleted(merge: Merge, double: Entry) -> None:
    with pytest.raises(ProtectedError):
        delete_rows(rows=Entry.objects.filter(pk=double.pk), by="admin")


def test_the_log_of_an_undone_merge_outlives_its_entries(merge: Merge, kept: Entry, double: Entry) -> None:
    undo_merge(merge=merge, by="admin")
    delete_rows(rows=Entry.objects.filter(pk__in=[kept.pk, double.pk]), by="admin")
    merge.refresh_from_db()
    assert (merge.kept, str(merge)) == (None, f"文心 → {kept.slug}")
