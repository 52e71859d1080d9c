"""Single rows of the API, and what surrounds every answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.http import http_date

from models_catalog.history.version import version
from models_catalog.models import Entry
from models_catalog.pages.http import sharing
from tests.factories import make_entry, make_figure

pytestmark = pytest.mark.django_db
ONE = "/api/v1/models/wenxinyiyan/"


def test_model_comes_with_its_claims(client: Client) -> None:
    make_entry(parameters="2600亿")
    claims = client.get(ONE).json()["claims"]
    assert [(c["field"], c["stated"]) for c in claims if c["field"] == "parameters"] == [
        ("parameters", "2600亿")
    ]


def test_model_without_claims_where_fields_are_chosen(client: Client) -> None:
    make_entry()
    assert client.get(ONE, {"fields": "slug"}).json() == {"slug": "wenxinyiyan"}


def test_claim_is_found_by_entry_and_key(client: Client) -> None:
    claim = make_entry(parameters="2600亿").claims.get(field="parameters")
    assert client.get(f"/api/v1/claims/wenxinyiyan/{claim.key}/").json()["stated"] == "2600亿"


def test_figure_is_found_by_slug(client: Client) -> None:
    make_figure("models-over-1b")
    row = client.get("/api/v1/market-figures/models-over-1b/").json()
    assert (row["value_low"], row["value_high"], row["unit"]) == (79, 79, "models")


def test_merged_model_leads_to_the_other(client: Client) -> None:
    kept = make_entry()
    Entry.objects.create(slug="old", merged_into=kept)
    response = client.get("/api/v1/models/old/")
    assert (response.status_code, response["Location"]) == (301, ONE)


@pytest.mark.parametrize("path", ["models/none/", "claims/a/b/", "nothing/", "omissions/1/"])
def test_what_is_not_there_is_a_problem(client: Client, path: str) -> None:
    response = client.get(f"/api/v1/{path}")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path", ["models/?fields=none", "models/wenxinyiyan/?page=1", "models/wenxinyiyan/?fields=x"]
)
def test_refusals_of_a_row_name_the_parameter(client: Client, path: str) -> None:
    make_entry()
    assert client.get(f"/api/v1/{path}").json()["errors"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    response = getattr(client, method)("/api/v1/models/")
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")


def test_unchanged_answer_is_not_sent_again(client: Client) -> None:
    make_entry()
    etag = client.get(ONE)["ETag"]
    again = client.get(ONE, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)


def test_changed_answer_is_sent_again(client: Client) -> None:
    make_entry()
    etag = client.get("/api/v1/models/")["ETag"]
    make_entry("盘古")
    assert client.get("/api/v1/models/", headers={"If-None-Match": etag}).status_code == 200


def test_unmodified_since_is_not_sent_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "SETTLED", timedelta(0))
    make_entry()
    state = version()
    assert state.changed
    moment = http_date(state.changed.timestamp())
    assert client.get(ONE)["Last-Modified"] == moment
    assert client.get(ONE, headers={"If-Modified-Since": moment}).status_code == 304


def test_answers_are_open_to_other_sites_and_to_caches(client: Client) -> None:
    make_entry()
    response = client.get(ONE)
    names = (
        "Access-Control-Allow-Origin",
        "Cross-Origin-Resource-Policy",
        "Cache-Control",
        "Content-Language",
    )
    assert [response[name] for name in names] == ["*", "cross-origin", "public, max-age=60", "en"]
    assert "Cookie" not in response.get("Vary", "")


def test_preflight_is_answered(client: Client) -> None:
    response = client.options("/api/v1/models/", headers={"Origin": "https://example.org"})
    assert (response.status_code, response["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


def test_root_leads_everywhere(client: Client) -> None:
    make_entry()
    links: dict[str, Any] = client.get("/api/v1/").json()
    assert {path: client.get(path).status_code for path in links.values()} == dict.fromkeys(
        links.values(), 200
    )


def test_address_without_its_slash_is_led_on(client: Client) -> None:
    assert client.get("/api/v1/models")["Location"] == "/api/v1/models/"
