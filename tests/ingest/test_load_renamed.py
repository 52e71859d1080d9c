"""A sector whose slug a migration changed is still the sector that was loaded."""

from pathlib import Path

import pytest

from models_catalog.claims.recording import recorded
from models_catalog.intake.fixtures.load import Loaded, load_fixtures
from models_catalog.models import LoadedRow, Sector
from models_catalog.models.sector import MOVED
from tests.ingest.test_load_merge import load

pytestmark = pytest.mark.django_db


@pytest.fixture
def _renamed(fixtures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry after an upgrade: `finance` is `money` in the table, and in what the fixtures mean."""
    load(fixtures)
    with recorded("migrate"):  # else the transaction goes on with the context of the load
        Sector.objects.update(slug="money")
    monkeypatch.setitem(MOVED, "finance", "money")


def sectors(loaded: list[Loaded]) -> Loaded:
    return next(table for table in loaded if table.table == Sector._meta.db_table)


@pytest.mark.usefixtures("_renamed")
@pytest.mark.parametrize("remembered", [True, False], ids=["by the old slug", "in the history alone"])
def test_it_is_unchanged_and_nothing_is_told_of_it(fixtures: Path, remembered: bool) -> None:
    if not remembered:
        LoadedRow.objects.all().delete()
    found = sectors(load(fixtures))
    assert found == Loaded(found.table, unchanged=1)
    assert sectors(load_fixtures(fixtures)) == found
    assert LoadedRow.objects.get(table="sector").key == "money"


@pytest.mark.usefixtures("_renamed")
def test_what_a_person_changed_of_it_stays(fixtures: Path) -> None:
    LoadedRow.objects.all().delete()
    with recorded("change", who="li"):
        Sector.objects.update(name_en="Banking")
    assert sectors(load(fixtures)).kept == ["sector money"]
    assert Sector.objects.get().name_en == "Banking"
