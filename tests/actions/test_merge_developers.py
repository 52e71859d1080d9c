"""Two developers become one: all that names one names the other, old addresses lead there, and undoing is exact."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import translation

from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.links import save_developer
from models_catalog.claims.merge_developers import (
    merge_developers,
    present_slugs,
    undo_developer_merge,
)
from models_catalog.history.versions import ChangedMeanwhile, version_of
from models_catalog.intake.fixtures.load import load_fixtures
from models_catalog.models import Claim, Developer, Entry, Merge
from models_catalog.models.vocabulary import Field, Status
from tests.checksums import checksums
from tests.decisions import accept_claim, reject_claim
from tests.factories import make_developer, make_entry, make_statement, propose

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Developer:
    return make_developer("百度", slug="baidu")


@pytest.fixture
def double() -> Developer:
    return make_developer("百度公司", slug="baidugongsi", name_en="Baidu", aliases=["度厂"])


@pytest.fixture
def entry(kept: Developer, double: Developer) -> Entry:
    return make_entry("文心", developers=["百度公司"])


def merge(kept: Developer, merged: Developer, **more: Any) -> Merge:
    return merge_developers(kept=kept, merged=merged, by="admin", **more)


def makers(entry: Entry) -> list[str]:
    return [row.slug for row in entry.developers.all()]


def test_claims_move_those_that_wait_too(kept: Developer, double: Developer, entry: Entry) -> None:
    waits = propose(make_entry("文心二"), Field.DEVELOPER, developer=double)
    merge(kept, double)
    waits.refresh_from_db()
    assert (makers(entry), waits.developer, waits.status) == (["baidu"], kept, Status.PROPOSED)


def test_names_come_along_and_find_its_entries(kept: Developer, double: Developer, entry: Entry) -> None:
    merge(kept, double)
    kept.refresh_from_db()
    assert (kept.name_en, kept.aliases) == ("Baidu", ["百度公司", "度厂"])
    assert [*Entry.objects.search("度厂")] == [entry]


def test_organisations_and_statements_below_it_follow(kept: Developer, double: Developer) -> None:
    below = make_developer("百度云", parent=double)
    for one in (kept, double):
        make_statement(one, token=one.kind)
    merge(kept, double)
    below.refresh_from_db()
    assert below.parent == kept
    assert len({claim.key for claim in kept.statements.all()}) == 2


@pytest.mark.parametrize("path", ["/developers/{}/", "/en/developers/{}/", "/api/v1/developers/{}/"])
def test_old_address_leads_to_the_kept_one_over_several_merges(
    client: Client, kept: Developer, double: Developer, entry: Entry, path: str
) -> None:
    third = make_developer("百度在线", slug="baidu-zaixian")
    merge(double, third)
    merge(kept, double)
    response = client.get(path.format(third.slug))
    assert (response.status_code, response["Location"]) == (301, path.format(kept.slug))


@pytest.mark.parametrize(
    "path", ["/en/models/", "/models.csv", "/models.json", "/api/v1/models/", "/charts/timeline.svg"]
)
def test_filter_by_the_old_slug_leads_to_the_kept_one(
    client: Client, kept: Developer, double: Developer, entry: Entry, path: str
) -> None:
    merge(kept, double)
    answer = client.get(path, {"developer": ["baidugongsi", "baidu"], "sort": "name"})
    assert (answer.status_code, answer["Location"]) == (301, f"{path}?developer=baidu&sort=name")
    assert client.get(answer["Location"]).status_code == 200
    excluded = client.get(path, {"developer": "-baidugongsi"})
    assert (excluded.status_code, excluded["Location"]) == (301, f"{path}?developer=-baidu")


def test_filter_by_a_slug_of_nobody_or_of_one_whom_readers_do_not_see_is_refused(
    client: Client, kept: Developer, double: Developer
) -> None:
    propose(make_entry("文心二"), Field.DEVELOPER, developer=double)
    merge(kept, double)
    assert [client.get(f"/models.csv?developer={slug}").status_code for slug in ("baidugongsi", "no")] == [
        400
    ] * 2


def test_many_old_slugs_are_looked_up_at_once(kept: Developer, django_assert_num_queries: Any) -> None:
    for number in range(3):
        merge(kept, make_developer(f"度厂{number}", slug=f"old-{number}"))
    for slugs in (["old-0"], ["old-0", "old-1", "old-2"]):
        with django_assert_num_queries(4):
            assert present_slugs(slugs) == dict.fromkeys(slugs, "baidu")


def test_old_address_is_given_back(client: Client, kept: Developer, double: Developer, entry: Entry) -> None:
    undo_developer_merge(merge=merge(kept, double), by="admin")
    assert client.get("/developers/baidugongsi/").status_code == 200


def test_every_row_is_what_it_was(kept: Developer, double: Developer, entry: Entry) -> None:
    make_developer("百度云", parent=double)
    make_entry("文心一言", developers=["百度", "百度公司"])
    for one in (kept, double):
        make_statement(one, token=one.kind)
    before = checksums()
    for _again in range(2):
        done = merge(kept, double)
        assert checksums() != before
        undo_developer_merge(merge=done, by="admin")
        assert checksums() == before
    connection.check_constraints()


def test_three_become_one_and_part_again_the_latest_first(
    kept: Developer, double: Developer, entry: Entry
) -> None:
    third = make_developer("百度在线")
    make_entry("文心三", developers=["百度在线"])
    before = checksums()
    first, second = merge(double, third), merge(kept, double)
    with pytest.raises(NotAllowed, match="Undo that merge first"), translation.override("en"):
        undo_developer_merge(merge=first, by="admin")
    for done in (second, first):
        undo_developer_merge(merge=done, by="admin")
    assert checksums() == before


def test_what_was_decided_since_stays_decided(kept: Developer, double: Developer, entry: Entry) -> None:
    done = merge(kept, double)
    reject_claim(claim=entry.claims.get(field=Field.DEVELOPER), reviewer="li")
    undo_developer_merge(merge=done, by="admin")
    claim = entry.claims.get(field=Field.DEVELOPER)
    assert (claim.developer, claim.status, makers(entry)) == (double, Status.REJECTED, [])


def test_what_came_to_the_kept_one_since_stays_there(
    kept: Developer, double: Developer, entry: Entry
) -> None:
    done = merge(kept, double)
    later = make_entry("文心四", developers=["百度"])
    undo_developer_merge(merge=done, by="admin")
    assert (makers(later), makers(entry)) == (["baidu"], ["baidugongsi"])


def test_undoing_twice_is_refused(kept: Developer, double: Developer) -> None:
    done = merge(kept, double)
    undo_developer_merge(merge=done, by="admin")
    with pytest.raises(NotAllowed):
        undo_developer_merge(merge=done, by="admin")


def test_address_that_another_took_meanwhile_is_not_taken_back(kept: Developer, double: Developer) -> None:
    done = merge(kept, double)
    make_developer("新公司", slug="baidugongsi")
    with pytest.raises(NotAllowed, match="has the address"), translation.override("en"):
        undo_developer_merge(merge=done, by="admin")


def _itself(kept: Developer, double: Developer) -> Developer:
    return kept


def _above(kept: Developer, double: Developer) -> Developer:
    kept.parent = double
    save_developer(developer=kept)
    return double


def _below(kept: Developer, double: Developer) -> Developer:
    double.parent = kept
    save_developer(developer=double)
    return double


@pytest.mark.parametrize("other", [_itself, _above, _below])
def test_one_is_not_merged_with_itself_or_its_parent(
    kept: Developer, double: Developer, other: Callable[[Developer, Developer], Developer]
) -> None:
    before = checksums()
    with pytest.raises(NotAllowed):
        merge(kept, other(kept, double))
    assert other is not _itself or checksums() == before


def test_second_of_two_is_told(kept: Developer, double: Developer) -> None:
    seen = version_of(kept), version_of(double)
    double.kind = "startup"
    save_developer(developer=double)
    with pytest.raises(ChangedMeanwhile):
        merge(kept, double, seen=seen)
    assert not Merge.objects.exists()


def test_fixtures_that_load_again_undo_no_merge() -> None:
    fixtures = settings.CATALOG_FIXTURES_DIR
    load_fixtures(fixtures)
    merged = Claim.objects.filter(field=Field.DEVELOPER).select_related("developer").first()
    assert merged is not None
    assert merged.developer is not None
    slug = merged.developer.slug
    done = merge(make_developer("新公司", slug="new-one"), merged.developer)
    before = checksums()
    load_fixtures(fixtures)
    after = checksums()
    assert not Developer.objects.filter(slug=slug).exists()
    assert {name for name in before if before[name] != after[name]} <= {"models_catalog_loadedrow"}
    undo_developer_merge(merge=done, by="admin")
    load_fixtures(fixtures)
    merged.refresh_from_db()
    assert merged.developer.slug == slug


def test_history_names_the_developer_that_is_gone(kept: Developer, double: Developer, client: Client) -> None:
    entry = make_entry("文心", developers=["百度公司"])
    claim = propose(entry, Field.DEVELOPER, developer=double)
    accept_claim(claim=claim, reviewer="li")
    merge(kept, double)
    assert "百度公司" in client.get(f"/zh/models/{entry.slug}/history/").content.decode()
