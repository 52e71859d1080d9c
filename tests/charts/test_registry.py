"""A chart is one module: no list has to name it."""

from pathlib import Path

from models_catalog import charts
from models_catalog.charts.registry import CHARTS, SHARED


def test_every_module_of_the_folder_is_the_chart_of_its_name() -> None:
    modules = {path.stem for path in Path(charts.__path__[0]).glob("*.py")} - {"__init__"}
    assert set(CHARTS) == modules - SHARED


def test_each_chart_has_its_own_place_on_the_page() -> None:
    places = [chart.place for chart in CHARTS.values()]
    assert places == sorted(set(places))
