"""The site with its real data on a socket, as other people's programs meet it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from models_catalog.history import changes
from models_catalog.intake.fixtures.load import load_fixtures
from models_catalog.models import Entry
from models_catalog.publish.releases.freeze import make_release
from tests.browser.conftest import _empty_the_catalog
from tests.decisions import accept_claim
from tests.factories import propose


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the running site: release 1, and one decision of a curator after it. These tests only read."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "SETTLING", timedelta(seconds=-1))  # else feeds are silent at first
        load_fixtures(settings.CATALOG_FIXTURES_DIR)
        make_release(day=date(2026, 11, 22))
        accept_claim(
            claim=propose(Entry.objects.get(slug="wenxin-yiyan"), key="parameters-99"), reviewer="curator"
        )
        server = LiveServer("127.0.0.1")
        yield str(server.url)
        server.stop()
        _empty_the_catalog()
