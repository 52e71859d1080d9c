"""A package holds the registry of one moment, though somebody writes while its tables are read one after another."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from zipfile import ZipFile

import pytest
from django.db import connection

from models_catalog.dataset import Table
from models_catalog.models import Release
from models_catalog.queries.version import version
from models_catalog.releases import kept, package
from models_catalog.releases.freeze import make_release
from tests.factories import make_entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody makes an entry with its claims between the first table and the second."""
    make_entry("文心")
    read, written = package._table_csv, iter([write_elsewhere])

    def reading(table: Table) -> bytes:
        file = read(table)
        for write in written:
            write()
            break
        return file

    monkeypatch.setattr(package, "_table_csv", reading)


def write_elsewhere() -> None:
    def write() -> None:
        try:
            make_entry("盘古")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(write).result()


def slugs(content: bytes, table: str, column: str) -> set[str]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {
            row[column] for row in csv.DictReader(io.StringIO(archive.read(f"data/{table}.csv").decode()))
        }


def test_a_release_is_of_one_moment() -> None:
    make_release()
    content = bytes(Release.objects.get().package)
    assert slugs(content, "claims", "entry") == slugs(content, "models", "slug")


def test_the_package_of_the_current_state_too() -> None:
    with kept.current_package(version()) as file:
        content = file.read()
    assert slugs(content, "claims", "entry") == slugs(content, "models", "slug")
