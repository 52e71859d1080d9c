"""What travels compressed."""

import gzip
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from models_catalog.history import as_of, changes
from models_catalog.intake.fixtures.load import load_fixtures
from tests.views.test_exports import body

pytestmark = pytest.mark.django_db
ACCEPTING = {"accept-encoding": "gzip, br"}


@pytest.fixture
def site(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    # A connection that another test broke off may still be ending: the feed would wait for it, and be empty.
    monkeypatch.setattr(as_of, "_WRITERS", "SELECT %s::text[] IS NULL")
    monkeypatch.setattr(changes, "SETTLING", timedelta(seconds=-1))  # nor for what has just been loaded
    load_fixtures(settings.CATALOG_FIXTURES_DIR)
    return client


def test_text_is_compressed_for_who_takes_it(site: Client) -> None:
    for address in [
        "/models/",
        "/models.json",
        "/models.csv",
        "/api/v1/models/",
        "/feeds/changes.atom",
        "/charts/stage.svg",
    ]:
        answer = site.get(address, headers=ACCEPTING)
        assert (answer.status_code, answer.headers.get("Content-Encoding")) == (200, "gzip"), address
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_page_weighs_little_on_its_way(site: Client) -> None:
    assert len(site.get("/models/", headers=ACCEPTING).content) < 20_000


def test_a_file_is_the_same_whole(site: Client) -> None:
    packed = body(site.get("/models.csv", headers=ACCEPTING))
    assert gzip.decompress(packed) == body(site.get("/models.csv"))


def test_what_is_packed_already_is_left_alone(site: Client) -> None:
    for address in ["/models.xlsx", "/models.parquet", "/charts/stage.png"]:
        answer = site.get(address, headers=ACCEPTING)
        assert (answer.status_code, "Content-Encoding" in answer.headers) == (200, False), address
        if answer.streaming:
            body(answer)


def test_who_cannot_unpack_gets_plain_text(site: Client) -> None:
    assert "Content-Encoding" not in site.get("/models/").headers
