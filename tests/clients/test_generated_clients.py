"""Clients that public generators make from the OpenAPI document, run against the live site."""

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from models_catalog.models import Entry
from models_catalog.models.vocabulary import Field, Kind
from tests.needs import NODE
from tests.processes import clean

pytestmark = [pytest.mark.server, pytest.mark.django_db]
HERE = Path(__file__).parent
MODULES = HERE / "node_modules"


def run(*command: object, folder: Path) -> str:
    """What a program says; a failure with its complaint."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # a generator formats with ruff
    done = subprocess.run(
        [*map(str, command)], cwd=folder, env=clean() | {"PATH": path}, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def expected() -> dict[str, Any]:
    """What the database says of what the clients ask."""
    large = Entry.objects.listed().filter(kind__in=[Kind.MODEL, Kind.FAMILY])
    found = large.possibly_between(Field.PARAMETERS, 10**11)
    largest = max(entry.parameters.lower for entry in found)
    claims = Entry.objects.get(slug="wenxin-yiyan").claims.public().count()
    return {
        "count": found.count(),
        "largest": largest,
        "name": "文心一言",
        "claims": claims,
        "then": claims - 1,  # the decision came after release 1
        "refused": 400,
    }


@pytest.fixture
def schema(site: str, tmp_path: Path) -> Path:
    """The document as it is published, for a generator."""
    path = tmp_path / "openapi.json"
    path.write_bytes(urllib.request.urlopen(f"{site}/api/v1/openapi.json").read())
    return path


def test_python_client_works(site: str, schema: Path, tmp_path: Path) -> None:
    generator = "from openapi_python_client.cli import app; app()"
    told = run(
        sys.executable,
        "-c",
        generator,
        "generate",
        "--path",
        schema,
        "--output-path",
        "made",
        folder=tmp_path,
    )
    answer = json.loads(run(sys.executable, HERE / "asking.py", "made", site, folder=tmp_path))
    assert "WARNING" not in told
    assert answer.pop("types") == ["ModelList", "Model", "ModelWithClaims", "ClaimList", "Problem"]
    assert answer == expected()


@NODE.mark
def test_typescript_client_works(site: str, schema: Path, tmp_path: Path) -> None:
    """Its types are checked by the compiler, its answers by the site."""
    (tmp_path / "node_modules").symlink_to(MODULES)
    shutil.copy(HERE / "client.ts", tmp_path)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    run(
        "node",
        MODULES / "openapi-typescript" / "bin" / "cli.js",
        schema,
        "-o",
        "schema.d.ts",
        folder=tmp_path,
    )
    options = (
        "--strict",
        "--target",
        "es2022",
        "--module",
        "nodenext",
        "--lib",
        "es2022,dom",
        "--skipLibCheck",
    )
    run("node", MODULES / "typescript" / "bin" / "tsc", *options, "client.ts", folder=tmp_path)
    assert json.loads(run("node", "client.js", site, folder=tmp_path)) == expected()


def test_document_names_the_site_that_it_stands_on(site: str, schema: Path) -> None:
    document = json.loads(schema.read_bytes())
    assert document["servers"] == [{"url": site}]
    assert document["info"]["title"].isascii()


def test_titles_are_each_its_own_and_sizes_have_64_bits(schema: Path) -> None:
    schemas = json.loads(schema.read_bytes())["components"]["schemas"]
    titles = [one["title"] for one in schemas.values()]
    assert (len(set(titles)), "".join(titles).isascii()) == (len(titles), True)
    assert schemas["Model"]["properties"]["parameters_low"]["format"] == "int64"
