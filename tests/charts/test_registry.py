"""A chart is one module: no list has to name it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict

from models_catalog import charts
from models_catalog.charts.drawing.links import Links
from models_catalog.charts.registry import CHARTS, SHARED
from tests.charts.conftest import rows
from tests.factories import make_entry


def test_every_module_of_the_folder_is_the_chart_of_its_name() -> None:
    modules = {path.stem for path in Path(charts.__path__[0]).glob("*.py")} - {"__init__"}
    assert set(CHARTS) == modules - SHARED


def test_each_chart_has_its_own_place_on_the_page() -> None:
    places = [chart.place for chart in CHARTS.values()]
    assert places == sorted(set(places))


@pytest.mark.django_db
def test_the_chart_that_the_document_adds_is_one() -> None:
    text = (settings.BASE_DIR / "docs/charts.md").read_text("utf-8")
    module: dict[str, Any] = {"__name__": "kinds"}
    exec(re.findall(r"```python\n(.*?)```", text, re.DOTALL)[0], module)
    make_entry("盘古")
    make_entry("文心", kind="family")
    built = module["CHART"].build(rows(), Links(QueryDict("")))
    assert built.finding.title == "1 of 2 entries are models"
