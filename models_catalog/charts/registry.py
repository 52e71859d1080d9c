"""All charts, found as the modules next to this one: a new chart is a new file. Imports neither pandas nor plotly."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from models_catalog.charts.chart import Chart

SHARED = {"chart", "plotted", "registry"}
"""Modules of this folder that are not charts."""


def _charts() -> list[Chart]:
    """The `CHART` of each module, in the order of the page of all charts."""
    names = {module.name for module in iter_modules([str(Path(__file__).parent)]) if not module.ispkg}
    found: list[Chart] = [
        import_module(f"models_catalog.charts.{name}").CHART for name in sorted(names - SHARED)
    ]
    return sorted(found, key=lambda chart: chart.place)


CHARTS: Mapping[str, Chart] = {chart.name: chart for chart in _charts()}
"""By the chart's name in addresses."""
