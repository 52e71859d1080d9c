"""One world for all tests of a module, in a transaction that is never committed."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.permissions.desk import Desk, given_back, make_desk


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    with django_db_blocker.unblock(), given_back():
        yield make_desk()
