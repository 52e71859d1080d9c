"""Whatever the desk made of the registry, a later version of the fixtures is loaded, once, and every page is there."""

from collections.abc import Callable, Iterator
from copy import deepcopy

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from models_catalog.claims.settle import leads_to
from models_catalog.intake.fixtures.load import merge_fixtures
from models_catalog.intake.fixtures.rows import Fixtures, read_fixtures
from models_catalog.models import Developer, DeveloperClaim, Entry
from tests.checksums import checksums
from tests.ingest import odd_states
from tests.permissions.desk import given_back

pytestmark = pytest.mark.django_db
PAGES = ["/en/", "/en/models/", "/models.csv", "/en/developers/", "/en/developers/baidu/", "/en/about/"]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fixtures]:
    """The registry's own fixtures, in the database."""
    with django_db_blocker.unblock(), given_back():
        fixtures = read_fixtures(settings.BASE_DIR / "fixtures")
        merge_fixtures(fixtures)
        yield fixtures


@pytest.fixture
def later(loaded: Fixtures) -> Iterator[Fixtures]:
    """A copy of them to change; what is done to the database is undone."""
    with given_back():
        yield deepcopy(loaded)


def left(fixtures: Fixtures) -> list[str]:
    return [name for table in merge_fixtures(fixtures) for name in table.left]


@pytest.mark.parametrize("state", odd_states.STATES, ids=lambda state: state.__name__)
def test_a_later_version_is_loaded_once_and_every_page_is_there(
    state: Callable[[Fixtures], None], later: Fixtures, client: Client
) -> None:
    state(later)
    merge_fixtures(later)
    before = checksums()
    merge_fixtures(later)
    assert checksums() == before
    about = ("moss", "pangu", "chatglm-6b", "qingluan")
    listed = Entry.objects.listed().filter(slug__in=about).values_list("slug", flat=True)
    paths = PAGES + [f"/en/models/{slug}/" for slug in listed]
    assert {path: code for path in paths if (code := client.get(path).status_code) != 200} == {}


@pytest.mark.parametrize("model", [Developer, Entry])
@pytest.mark.parametrize("state", [odd_states.parent_circle, odd_states.developers_circle])
def test_none_becomes_part_of_itself(
    state: Callable[[Fixtures], None], model: type[Developer] | type[Entry], later: Fixtures
) -> None:
    state(later)
    assert any("itself" in name or "its own parent" in name for name in left(later))
    parents = dict(model.objects.exclude(parent=None).values_list("pk", "parent"))
    assert not any(parent and leads_to(parents, parent, pk) for pk, parent in parents.items())


def test_a_statement_comes_in_under_a_free_key(later: Fixtures) -> None:
    before = DeveloperClaim.objects.count()
    odd_states.statement_key_taken(later)
    merge_fixtures(later)
    assert DeveloperClaim.objects.count() == before + 2
