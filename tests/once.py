"""Rows that the tests of a module share: made once, in a transaction that is never committed; each test gives them back."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

_Made = TypeVar("_Made")


def once(make: Callable[[], _Made]) -> Callable[..., Iterator[_Made]]:
    """A fixture of what `make` gives, whose name begins with `shared_`: tests without it run before those with it.

    A test beside it may change the rows, but has no real transaction. A file has one such fixture at most.
    """

    @pytest.fixture(scope="module")
    def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[_Made]:
        with django_db_blocker.unblock(), transaction.atomic():
            with translation.override(settings.LANGUAGE_CODE):
                found = make()
            connection.check_constraints()  # else each test checks all of these rows at its end
            yield found
            transaction.set_rollback(True)

    return made
