"""What the data page and docs/api.md tell people to type, typed against a running server."""

import html
import json
import re
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pyarrow import parquet
from pytest_django.plugin import DjangoDbBlocker

from models_catalog.publish.tables import TABLES
from tests.needs import CURL
from tests.served import served_registry

pytestmark = [pytest.mark.server, pytest.mark.django_db]


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with served_registry(django_db_blocker) as address:
        yield address


def shown(site: str) -> list[str]:
    """The code on the data page."""
    page = urllib.request.urlopen(f"{site}/en/data/").read().decode()
    return [
        html.unescape(code)
        for code in re.findall(r"<pre[^>]*><code[^>]*>(.*?)</code></pre>", page, re.DOTALL)
    ]


def code_with(site: str, word: str) -> str:
    (code,) = [code for code in shown(site) if word in code]
    return code


def test_three_lines_of_python_give_typed_frames_with_their_evidence(site: str) -> None:
    code = code_with(site, "read_parquet")
    told: dict[str, Any] = {}
    exec(code, told)
    models, evidence = told["models"], told["evidence"]
    assert len(code.splitlines()) == 3
    assert str(models.dtypes["parameters_low"]) == "int64[pyarrow]"
    assert str(models.dtypes["released_earliest"]).startswith("date32")
    assert set(models["slug"]) == set(evidence["entry"])
    assert (evidence["quotation"].str.len() <= 24).all()


def test_three_lines_of_pandas_alone_give_typed_frames(site: str) -> None:
    code = code_with(site, "read_csv")
    without = "import sys; sys.modules['pyarrow'] = None"
    types = "models.parameters_low, models.released_latest, models.name_zh, evidence.line, evidence.preferred"
    told = f"print([str(column.dtype) for column in ({types})], set(models.slug) == set(evidence.entry))"
    script = f"{without}\n{code}\n{told}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert len(code.splitlines()) == 3
    assert done.stdout == "['Int64', 'datetime64[s]', 'string', 'Int64', 'boolean'] True\n"


@CURL.mark
def test_curl_gives_json(site: str) -> None:
    address = code_with(site, 'curl "http').split('"')[1]
    answer = subprocess.run(["curl", "-fsS", address], capture_output=True, check=True).stdout
    rows = json.loads(answer)["results"]
    assert {tuple(row) for row in rows} == {("slug", "name_zh", "parameters_low")}


@CURL.mark
def test_curl_takes_up_a_broken_download(site: str, tmp_path: Path) -> None:
    base, name = f"{site}/releases/1", "baimo-1-2026-11-22.zip"
    published = urllib.request.urlopen(f"{base}/SHA256SUMS").read().split()[0].decode()
    broken = tmp_path / name
    broken.write_bytes(urllib.request.urlopen(f"{base}/{name}").read(70_000))
    subprocess.run(["curl", "-fsS", "-C", "-", "-o", broken, f"{base}/{name}"], check=True)
    assert sha256(broken.read_bytes()).hexdigest() == published


def test_public_validator_finds_the_published_package_valid(site: str, tmp_path: Path) -> None:
    address = f"{site}/data/datapackage.json"
    command = [sys.executable, "-m", "frictionless", "validate", address, "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert (report["valid"], {task["name"] for task in report["tasks"]}) == (
        True,
        {*(table.name for table in TABLES), "vocabularies"},
    )


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, and a DuckDB that asks no network for anything."""
    monkeypatch.chdir(tmp_path)
    duckdb.sql("SET autoinstall_known_extensions = false")
    return tmp_path


def asked(query: str) -> Any:
    """What DuckDB finds: a relation, since all that is asked here are queries."""
    return duckdb.sql(query)


def described(relation: Any) -> dict[str, str]:
    return dict(zip(relation.columns, map(str, relation.types), strict=True))


@pytest.mark.usefixtures("elsewhere")
def test_three_lines_of_duckdb_give_typed_rows(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = code_with(site, "duckdb")
    exec(code, {})
    assert len(code.splitlines()) == 3
    assert "260000000000" in capsys.readouterr().out
    table = asked("FROM 'models.parquet'")
    assert len(table) == 50
    assert described(table) | {
        "name_zh": "VARCHAR",
        "aliases": "VARCHAR[]",
        "developers": "STRUCT(slug VARCHAR, name_zh VARCHAR, name_en VARCHAR)[]",
        "parameters_low": "BIGINT",
        "parameters_high": "BIGINT",
        "released_earliest": "DATE",
    } == described(table)


def test_duckdb_joins_models_with_their_evidence(site: str, elsewhere: Path) -> None:
    for name in ("models", "claims"):
        urllib.request.urlretrieve(f"{site}/{name}.parquet", f"{name}.parquet")
    found = asked(
        "SELECT name_zh, c.stated, c.line FROM 'models.parquet' JOIN 'claims.parquet' AS c ON c.entry = slug"
        " WHERE slug = 'wenxin-yiyan' AND c.field = 'parameters' AND c.preferred"
    ).fetchall()
    assert found == [("文心一言", "2600亿", 26)]


def test_duckdb_reads_the_package(site: str, elsewhere: Path) -> None:
    urllib.request.urlretrieve(f"{site}/data/baimo.zip", "baimo.zip")
    zipfile.ZipFile("baimo.zip").extractall(elsewhere)
    table = asked(
        """SELECT slug, parameters_low, released_latest, from_json(developers, '["VARCHAR"]') AS made_by FROM 'data/models.csv'"""
    )
    types = {"slug": "VARCHAR", "parameters_low": "BIGINT", "released_latest": "DATE", "made_by": "VARCHAR[]"}
    assert (described(table), len(table)) == (types, 50)


def test_parquet_says_units_and_meanings(site: str) -> None:
    content = urllib.request.urlopen(f"{site}/models.parquet").read()
    field = parquet.read_table(BytesIO(content)).schema.field("parameters_low")
    assert (field.metadata[b"unit"], b"words allow" in field.metadata[b"description"]) == (
        b"parameters",
        True,
    )
