"""What scripts of other sites reach: redirects, refusals and what is not found, too; files of every kind; what takes no parameters."""

import io
import json

import openpyxl
import pytest
from django.test import Client

from models_catalog.publish.releases.freeze import make_release
from tests.factories import make_entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/models", 301),
        ("/api/nothing", 301),
        ("/releases/9/SHA256SUMS", 404),
        ("/releases/9/baimo-9.zip", 404),
        ("/data/baimo.zip?as_of=2026-01-01", 400),
        ("/data/datapackage.json?as_of=2026-01-01", 400),
        ("/models/none/cite.bib", 404),
        ("/zh/models.json?x=1", 400),
        ("/none.csv", 404),
    ],
)
def test_any_site_may_read_what_goes_wrong(client: Client, path: str, status: int) -> None:
    response = client.get(path)
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (status, "*")


@pytest.mark.parametrize("path", ["/", "/models/", "/admin/login/", "/none/"])
def test_pages_are_no_data(client: Client, path: str) -> None:
    assert "Access-Control-Allow-Origin" not in client.get(path).headers


def test_citations_are_open_to_other_sites(client: Client) -> None:
    make_entry()
    assert client.get("/models/wenxinyiyan/cite.bib")["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/openapi.json", "/data/baimo.zip"])
def test_what_takes_no_parameters_refuses_any(client: Client, path: str) -> None:
    assert client.get(f"{path}?x=1").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "claims/?model=nope",
        "market-figure-evidence/?figure=nope",
        "claims/?claim_source=nope",
        "omissions/?source=nope",
    ],
)
def test_a_row_that_is_none_is_refused(client: Client, query: str) -> None:
    response = client.get(f"/en/api/v1/{query}")
    name = query.partition("?")[2].partition("=")[0]
    assert (response.status_code, response.json()["errors"]) == (
        400,
        {name: ["“nope” is not an option of this filter."]},
    )


def test_what_is_not_found_names_no_class(client: Client) -> None:
    assert client.get("/en/api/v1/market-figures/nope/").json()["detail"] == "There is no such row."


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/zh/models.json?x=1", "application/problem+json"),
        ("/zh/claims.json?x=1", "application/problem+json"),
        ("/zh/none.json", "application/problem+json"),
        ("/zh/none.parquet", "text/plain; charset=utf-8"),
        ("/zh/none.zip", "text/plain; charset=utf-8"),
        ("/zh/feeds/changes.json?limit=x", "application/problem+json"),
    ],
)
def test_errors_have_one_form_and_the_reader_s_language(client: Client, path: str, kind: str) -> None:
    response = client.get(path)
    assert response["Content-Type"] == kind
    assert any("一" <= letter <= "鿿" for letter in response.content.decode())


def test_claims_come_as_a_spreadsheet(client: Client) -> None:
    make_entry(parameters="2600亿")
    content = b"".join(client.get("/claims.xlsx?field=parameters"))
    rows = list(openpyxl.load_workbook(io.BytesIO(content))["claims"].iter_rows(values_only=True))
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (len(rows), first["entry"], first["preferred"]) == (2, "wenxinyiyan", True)


def test_tables_lie_where_the_descriptor_says(client: Client) -> None:
    make_entry()
    make_release()
    described = json.loads(client.get("/data/datapackage.json").content)
    for resource in described["resources"]:
        content = client.get(f"/data/{resource['path']}").content
        assert len(content) == resource["bytes"]
    assert client.get("/data/data/none.csv").status_code == 404
