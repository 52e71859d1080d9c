"""A package holds the registry of one moment, though somebody writes while its tables are read one after another."""

import csv
import io
from zipfile import ZipFile

import pytest
from django.db.backends.postgresql.psycopg_any import NumericRange

from models_catalog.claims.propose import revise_claim
from models_catalog.history.version import version
from models_catalog.models import Claim, Release
from models_catalog.models.vocabulary import Field
from models_catalog.publish.releases import kept, package
from models_catalog.publish.releases.freeze import NothingChanged, make_release
from models_catalog.publish.tables import Table
from tests.elsewhere import all_at_once, elsewhere
from tests.factories import make_entry

pytestmark = pytest.mark.django_db(transaction=True)


def edit() -> None:
    """Make an entry, and give another a different size."""
    make_entry("盘古")
    claim = Claim.objects.get(entry__name_zh="文心", field=Field.PARAMETERS)
    claim.number = NumericRange(10**9, 10**9 + 1)
    revise_claim(claim=claim, reviewer="curator")


@pytest.fixture
def _busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody makes an entry with its claims between the first table and the second."""
    make_entry("文心", parameters="2600亿")
    read, written = package._table_csv, iter([edit])

    def reading(table: Table) -> bytes:
        file = read(table)
        for write in written:
            elsewhere(write)
        return file

    monkeypatch.setattr(package, "_table_csv", reading)


def slugs(content: bytes, table: str, column: str) -> set[str]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {
            row[column] for row in csv.DictReader(io.StringIO(archive.read(f"data/{table}.csv").decode()))
        }


def sizes(content: bytes, table: str, column: str) -> set[str]:
    with ZipFile(io.BytesIO(content)) as archive:
        rows = csv.DictReader(io.StringIO(archive.read(f"data/{table}.csv").decode()))
        return {row[column] for row in rows} - {""}


@pytest.mark.usefixtures("_busy")
def test_a_release_is_of_one_moment() -> None:
    make_release()
    content = bytes(Release.objects.get().package)
    assert slugs(content, "claims", "entry") == slugs(content, "models", "slug")


@pytest.mark.usefixtures("_busy")
def test_the_package_of_the_current_state_too() -> None:
    with kept.current_package(version()) as file:
        content = file.read()
    assert slugs(content, "claims", "entry") == slugs(content, "models", "slug")


@pytest.mark.usefixtures("_busy")
def test_an_edit_meanwhile_is_in_all_tables_or_in_none() -> None:
    make_release()
    content = bytes(Release.objects.get().package)
    found = [sizes(content, "models", "parameters_low"), sizes(content, "claims", "number_low")]
    assert found == [{"260000000000"}] * 2


def test_of_two_releases_at_once_one_is_frozen() -> None:
    make_entry("文心")

    def freeze() -> str:
        try:
            return f"release {make_release().number}"
        except NothingChanged:
            return "nothing changed"

    assert sorted(all_at_once(freeze, freeze)) == ["nothing changed", "release 1"]
