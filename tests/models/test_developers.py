"""Which developers readers see: those that public claims name, and all that the pages of these name."""

from typing import Any

import pytest
from django.test import Client

from models_catalog.models import Claim, Developer, Entry
from models_catalog.models.vocabulary import DeveloperField, Field, Ruling, Status
from tests.factories import make_claim, make_developer, make_entry, make_statement, propose

pytestmark = pytest.mark.django_db


def chain_of(generations: int) -> list[Developer]:
    """Developers that proposals name, each the parent of the next; an entry that readers see names the last."""
    waiting = Entry.objects.create(slug="waiting")
    made: list[Developer] = []
    for number in range(generations):
        parent = made[-1] if made else None
        made.append(make_developer(f"公司{number}", slug=f"maker-{number}", parent=parent))
        propose(waiting, Field.DEVELOPER, developer=made[-1])
    make_entry("轩辕", developers=[made[-1]])
    return made


def seen() -> set[str]:
    return set(Developer.objects.reviewed().values_list("slug", flat=True))


@pytest.mark.parametrize("generations", [1, 2, 5])
def test_every_developer_above_one_that_readers_see_has_its_page(client: Client, generations: int) -> None:
    for maker in chain_of(generations):
        page = client.get(f"/en{maker.get_absolute_url()}")
        above = maker.parent.get_absolute_url() if maker.parent else ""
        assert (page.status_code, above in page.content.decode()) == (200, True)


def test_generations_take_no_further_queries(django_assert_num_queries: Any) -> None:
    chain_of(9)
    with django_assert_num_queries(1):
        assert len(seen()) == 9


def test_a_circle_of_parents_has_an_end() -> None:
    first, *_others, last = chain_of(4)
    Developer.objects.filter(pk=first.pk).update(parent=last)
    assert len(seen()) == 4


@pytest.mark.parametrize(
    ("status", "is_seen"), [(Status.ACCEPTED, True), (Status.DISPUTED, True), (Status.PROPOSED, False)]
)
def test_a_parent_that_is_stated_is_as_public_as_the_statement(status: Status, is_seen: bool) -> None:
    stated = make_developer("母公司", slug="stated")
    propose(Entry.objects.create(slug="waiting"), Field.DEVELOPER, developer=stated)
    make_entry("轩辕", developers=["度小满"])
    about: dict[str, Any] = {"field": DeveloperField.PARENT, "token": "", "parent": stated, "status": status}
    make_statement(Developer.objects.get(name_zh="度小满"), **about)
    assert ("stated" in seen()) == is_seen


def test_a_disputed_maker_has_its_page(client: Client) -> None:
    maker = make_developer("百度", slug="baidu")
    told: dict[str, Any] = {"developer": maker, "status": Status.DISPUTED, "ruling": Ruling.CURATOR}
    make_claim(make_entry("轩辕", slug="a"), Field.DEVELOPER, **told)
    assert "/developers/baidu/" in client.get("/en/models/a/").content.decode()
    assert client.get("/en/developers/baidu/").status_code == 200


@pytest.mark.parametrize("is_deleted", [False, True])
def test_an_accepted_maker_of_an_entry_that_waits_waits_with_it(is_deleted: bool) -> None:
    claim = make_claim(
        Entry.objects.create(slug="waiting"), Field.DEVELOPER, developer=make_developer("百度")
    )
    if is_deleted:
        Claim.objects.filter(pk=claim.pk).delete()
    assert seen() == set()


def test_a_maker_that_readers_saw_stays_when_its_entry_goes() -> None:
    entry = make_entry("轩辕", developers=["百度"])
    Claim.objects.filter(entry=entry).delete()
    entry.delete()
    assert seen() == {"baidu"}
