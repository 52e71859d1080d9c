"""The OpenAPI document: complete, true, and held against the running API by Schemathesis."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.specs.openapi.checks import positive_data_acceptance

from models_catalog.dataset import CLAIMS, TABLES
from models_catalog.models.vocabulary import Field
from models_catalog.views.api.schema import document
from registry.wsgi import application
from tests.factories import make_claim, make_entry, make_figure, make_omission

load_all_checks()
SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(document())))
SCHEMA.app = application


@pytest.fixture
def rows(db: None) -> Iterator[None]:
    """One row of each table, which the application sees although nothing is committed."""
    entry = make_entry(
        parameters="2600亿", released="2023-03", sectors=["金融"], developers=["百度"], slug="wenxin-yiyan"
    )
    make_claim(entry, Field.PARAMETERS, key="parameters-1", preferred=False, answer="undisclosed")
    make_figure("models-china-over-120")
    make_omission()
    # The handler would close the connection between requests, and the test's transaction with it.
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@SCHEMA.parametrize()
@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.usefixtures("rows")
def test_api_keeps_its_word(case: schemathesis.Case[Any]) -> None:
    # A well-formed value can still be refused: a day that no calendar has, bounds the wrong way round.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])


def test_document_is_openapi_3_1(client: Client) -> None:
    response = client.get("/api/v1/openapi.json")
    assert (response["Content-Type"], response.json()["openapi"]) == ("application/json", "3.1.0")


def test_every_table_is_described() -> None:
    lists = {f"/api/v1/{table.name}/" for table in TABLES}
    details = {f"/api/v1/{table.name}/{{slug}}/" for table in TABLES if table.key == ("slug",)}
    assert set(document()["paths"]) == lists | details | {f"/api/v1/{CLAIMS.name}/{{entry}}/{{key}}/"}


def parameters() -> list[dict[str, Any]]:
    paths = document()["paths"].values()
    return [parameter for methods in paths for one in methods.values() for parameter in one["parameters"]]


def test_every_parameter_says_what_it_means_and_gives_an_example() -> None:
    silent = [p["name"] for p in parameters() if not p["description"] or p["example"] in ("", None, [])]
    assert silent == []


def test_every_field_says_what_it_means() -> None:
    schemas = document()["components"]["schemas"]
    silent = [
        f"{table.one}.{name}"
        for table in TABLES
        for name, field in schemas[table.one]["properties"].items()
        if not field.get("description")
    ]
    assert silent == []


@pytest.mark.django_db
def test_every_example_is_a_request_that_works(client: Client) -> None:
    """Of the parameters alone: rows they name need not be there."""
    words = {p["name"] for p in parameters() if p["in"] == "query" and p["schema"].get("type") != "array"}
    free = words - {"cursor", "page", "fields"}
    examples = {p["name"]: p["example"] for p in parameters() if p["name"] in free}
    assert client.get("/api/v1/models/", examples).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["/en", "/zh"])
def test_reference_names_every_operation(client: Client, prefix: str) -> None:
    page = client.get(f"{prefix}/data/api/").content.decode()
    assert [path for path in document()["paths"] if f"GET {path}" not in page] == []


def test_checks_are_not_fewer_than_thought() -> None:
    assert {"not_a_server_error", "negative_data_rejection", "response_schema_conformance"} <= set(
        CHECKS.get_all_names()
    )
