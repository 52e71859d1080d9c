"""The data package: the same rows, the same bytes; and every column described."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from models_catalog.intake.fixtures.load import load_fixtures
from models_catalog.models import Entry
from models_catalog.models.vocabulary import Field, NameKind, Status
from models_catalog.publish.releases import words
from models_catalog.publish.releases.edition import Edition
from models_catalog.publish.releases.package import members, packed
from models_catalog.publish.releases.verify import DESCRIPTOR, SUMS
from models_catalog.publish.tables import TABLES
from tests.factories import make_claim, make_entry, make_figure, make_omission
from tests.once import once

pytestmark = pytest.mark.django_db
EDITION = Edition(1, date(2026, 11, 22))


def _make_files() -> dict[str, bytes]:
    make_entry(
        parameters="2600亿", released="2023-03", sectors=["金融"], developers=["百度"], modalities=["text"]
    )
    make_figure()
    make_omission()
    return members(EDITION)


shared_files = once(_make_files)


@pytest.fixture
def files(shared_files: dict[str, bytes], db: None) -> dict[str, bytes]:
    return shared_files


def rows(files: dict[str, bytes], table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"data/{table}.csv"].decode())))


def resource(files: dict[str, bytes], table: str) -> Any:
    return next(one for one in json.loads(files[DESCRIPTOR])["resources"] if one["name"] == table)


def test_same_rows_give_the_same_bytes(files: dict[str, bytes]) -> None:
    assert packed(members(EDITION), EDITION.day) == packed(files, EDITION.day)


def test_order_of_entering_does_not_matter() -> None:
    packages = []
    for names in (["甲", "乙"], ["乙", "甲"]):
        Entry.objects.all().delete()
        for name in names:
            make_entry(name)
        packages.append([row["slug"] for row in rows(members(EDITION), "models")])
    assert packages[0] == packages[1]


def test_model_is_typed_text(files: dict[str, bytes]) -> None:
    (row,) = rows(files, "models")
    cells = ("parameters_low", "released_latest", "developers", "modality", "openness")
    assert [row[cell] for cell in cells] == ["260000000000", "2023-03-31", '["baidu"]', '["text"]', ""]


def test_claim_says_where_its_words_stand(files: dict[str, bytes]) -> None:
    (row,) = [row for row in rows(files, "claims") if row["field"] == "parameters"]
    assert [row[cell] for cell in ("source", "line", "start", "end", "quotation", "preferred")] == [
        "thepaper-2023", "1", "0", "5", "2600亿", "true",
    ]  # fmt: skip


def test_proposals_stay_inside() -> None:
    entry = make_entry()
    make_claim(entry, Field.NAME, text="草稿", token=NameKind.ALIAS, status=Status.PROPOSED)
    assert "草稿".encode() not in packed(members(EDITION), EDITION.day)


def test_formulas_are_only_text() -> None:
    entry = make_entry()
    make_claim(entry, Field.NAME, text="=1+1", token=NameKind.ALIAS)
    values = [row["value"] for row in rows(members(EDITION), "claims")]
    assert "'=1+1" in values


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_descriptor_describes_each_column_in_order(files: dict[str, bytes], table: Any) -> None:
    fields = resource(files, table.name)["schema"]["fields"]
    heading = files[f"data/{table.name}.csv"].decode().split("\n", 1)[0]
    assert ",".join(field["name"] for field in fields) == heading
    assert [field["name"] for field in fields if not field["description"]] == []


def test_units_and_vocabularies_are_told(files: dict[str, bytes]) -> None:
    fields = {field["name"]: field for field in resource(files, "models")["schema"]["fields"]}
    assert (fields["parameters_low"]["unit"], fields["kind"]["vocabulary"]) == ("parameters", "Kind")
    assert {
        "vocabulary": "Kind",
        "value": "family",
        "label_zh": "模型系列",
        "label_en": "Model family",
    } in rows(files, "vocabularies")


def validated(folder: Path) -> Any:
    """What the public validator says, as a process of its own: it has warnings that are not ours to heed."""
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return json.loads(done.stdout)


def laid_out(files: dict[str, bytes], folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(packed(files, EDITION.day))) as archive:
        archive.extractall(folder)
    return folder


def test_public_validator_finds_the_curated_package_valid(tmp_path: Path) -> None:
    load_fixtures(settings.CATALOG_FIXTURES_DIR)
    report = validated(laid_out(members(EDITION), tmp_path))
    rows_read = {task["name"]: task["stats"].get("rows", 0) for task in report["tasks"]}
    assert (report["valid"], report["stats"]["errors"]) == (True, 0)
    assert set(rows_read) == {*(table.name for table in TABLES), "vocabularies"}
    assert rows_read["models"] == Entry.objects.listed().count()


@pytest.mark.parametrize(
    ("name", "wrong", "error"),
    [
        ("models", "family", "constraint-error"),
        ("claims", "wenxinyiyan", "foreign-key"),
        ("models", "金融", "type-error"),
    ],
)
def test_public_validator_would_notice(
    tmp_path: Path, files: dict[str, bytes], name: str, wrong: str, error: str
) -> None:
    """That the check above is one: a word outside the vocabulary, a key that leads nowhere, text for a list."""
    old = {"family": b",model,", "wenxinyiyan": b"wenxinyiyan,", "金融": b'"[""jinrong""]"'}[wrong]
    new = {"family": b",famly,", "wenxinyiyan": b"wenxinyyian,", "金融": b'"jinrong"'}[wrong]
    path = f"data/{name}.csv"
    assert old in files[path]
    laid_out(files | {path: files[path].replace(old, new)}, tmp_path)
    found = {one["type"] for task in validated(tmp_path)["tasks"] for one in task["errors"]}
    assert error in found


def test_readme_and_checksums_are_in_it(files: dict[str, bytes]) -> None:
    assert sorted(files)[:2] == ["README.md", SUMS]
    assert len(files[SUMS].splitlines()) == len(files) - 1


def test_dictionary_has_every_column_of_every_table(client: Client) -> None:
    page = client.get("/en/about/dictionary/").content.decode()
    names = [name for table in TABLES for name in table.names] + [one.name for one in words.COLUMNS]
    missing = [name for name in names if f"<code>{name}</code>" not in page]
    assert (missing, page.count("<code>url</code>")) == ([], len(TABLES))


@pytest.mark.parametrize("number", [0, 1, 3])
def test_words_are_described(number: int) -> None:
    made = members(Edition(number, EDITION.day))
    fields = resource(made, "vocabularies")["schema"]["fields"]
    assert all(field["description"] for field in fields)
    readme = made["README.md"].decode().partition("### data/vocabularies.csv")[2]
    assert ("| `label_zh` | text |" in readme, json.loads(made[DESCRIPTOR])["format"]) == (True, 2)
