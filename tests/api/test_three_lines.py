"""What the data page and docs/api.md tell people to type, typed against a running server."""

import html
import json
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from pyarrow import parquet
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from models_catalog.ingest.load import load_fixtures
from tests.browser.conftest import _empty_the_catalog

pytestmark = [pytest.mark.server, pytest.mark.django_db]


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with django_db_blocker.unblock():
        load_fixtures(settings.CATALOG_FIXTURES_DIR)
        server = LiveServer("127.0.0.1")
        yield str(server.url)
        server.stop()
        _empty_the_catalog()


def shown(site: str) -> list[str]:
    """The code on the data page."""
    page = urllib.request.urlopen(f"{site}/en/data/").read().decode()
    return [
        html.unescape(code) for code in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)
    ]


def test_three_lines_of_python_give_typed_frames_with_their_evidence(site: str) -> None:
    (code,) = [code for code in shown(site) if "import pandas" in code]
    assert len(code.splitlines()) == 3
    told: dict[str, Any] = {}
    exec(code, told)
    models, evidence = told["models"], told["evidence"]
    assert str(models.dtypes["parameters_low"]) == "int64[pyarrow]"
    assert str(models.dtypes["released_earliest"]).startswith("date32")
    assert set(models["slug"]) == set(evidence["entry"])
    assert (evidence["quotation"].str.len() <= 24).all()


@pytest.mark.skipif(not shutil.which("curl"), reason="There is no curl on this machine.")
def test_curl_gives_json(site: str) -> None:
    (command,) = [code for code in shown(site) if code.startswith("curl")]
    address = command.split('"')[1]
    answer = subprocess.run(["curl", "-fsS", address], capture_output=True, check=True).stdout
    rows = json.loads(answer)["results"]
    assert {tuple(row) for row in rows} == {("slug", "name_zh", "parameters_low")}


def test_parquet_has_what_the_query_for_duckdb_asks(site: str) -> None:
    (query,) = [code for code in shown(site) if code.startswith("SELECT")]
    address = query.split("'")[1]
    table = parquet.read_table(BytesIO(urllib.request.urlopen(address).read()))
    assert {"name_zh", "parameters_low"} <= set(table.column_names)
    assert (table.num_rows, table.schema.field("parameters_low").metadata[b"unit"]) == (50, b"parameters")
