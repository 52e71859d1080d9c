"""The site with its real data on a socket, as other people's programs meet it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django.plugin import DjangoDbBlocker

from models_catalog.history import changes
from models_catalog.models import Entry
from tests.decisions import accept_claim
from tests.factories import propose
from tests.served import served_registry


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the running site: release 1, and one decision of a curator after it. These tests only read."""
    with pytest.MonkeyPatch.context() as patch, served_registry(django_db_blocker, _decide) as address:
        patch.setattr(changes, "SETTLING", timedelta(seconds=-1))  # else feeds are silent at first
        yield address


def _decide() -> None:
    accept_claim(
        claim=propose(Entry.objects.get(slug="wenxin-yiyan"), key="parameters-99"), reviewer="curator"
    )
