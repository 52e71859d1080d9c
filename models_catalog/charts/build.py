"""One chart for one set of filtered entries: frame, drawing, finding and figure together.

Imports pandas and plotly, so import it where a chart is built.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from models_catalog.charts import bars, findings, frames, grid, spans
from models_catalog.charts.drawing import figures
from models_catalog.charts.drawing.drawings import DRAWN, Drawing
from models_catalog.charts.findings import Finding
from models_catalog.charts.frames import Plotted
from models_catalog.charts.links import Links
from models_catalog.charts.registry import CHARTS, Chart
from models_catalog.models import Entry

Frame = Callable[[QuerySet[Entry]], Plotted]
Draw = Callable[[Plotted, Links], Drawing]
Find = Callable[[Plotted], Finding]

PARTS: Mapping[str, tuple[Frame, Draw, Find]] = {
    "timeline": (frames.timeline, spans.timeline, findings.timeline),
    "parameters": (frames.parameters, spans.parameters, findings.parameters),
    "sectors": (frames.sectors, bars.sectors, findings.sectors),
    "developers": (frames.developers, bars.developers, findings.developers),
    "openness": (frames.openness, bars.openness, findings.openness),
    "stage": (frames.stage, bars.stage, findings.stage),
    "market": (frames.market, spans.market, findings.market),
    "coverage": (frames.coverage, grid.coverage, findings.coverage),
}

_BY_ENTRY = ("timeline", "parameters", "market", "coverage")
"""Charts with a row an entry, of which only the first are drawn."""


@dataclass(frozen=True)
class Built:
    """A chart with its data. `finding` is None where there is nothing to draw."""

    chart: Chart
    plotted: Plotted
    links: Links

    @cached_property
    def drawing(self) -> Drawing:
        return PARTS[self.chart.name][1](self.plotted, self.links)

    @property
    def finding(self) -> Finding | None:
        return PARTS[self.chart.name][2](self.plotted) if self.plotted.placed else None

    @property
    def title(self) -> str:
        return self.finding.title if self.finding else str(self.chart.label)

    @property
    def hidden(self) -> int:
        """Placed entries that figure and table leave to the CSV, to stay readable."""
        return max(0, self.plotted.placed - DRAWN) if self.chart.name in _BY_ENTRY else 0

    def figure(self) -> dict[str, Any]:
        """The figure as JSON can hold it; what it says and what it leaves out stands in `layout.meta`."""
        meta = {
            "name": self.chart.name,
            "title": self.title,
            "subtitle": str(self.chart.subtitle),
            "summary": self.finding.summary if self.finding else "",
            "placed": self.plotted.placed,
            "total": self.plotted.total,
            "drawn": self.plotted.placed - self.hidden,
            "unplaced": [{"slug": row.slug, "name_zh": row.name_zh, "name_en": row.name_en} for row in self.plotted.unplaced],
        }  # fmt: skip
        return figures.figure_json(self.drawing, meta)


def build(name: str, entries: QuerySet[Entry], links: Links) -> Built:
    """The chart of that name. Raises `KeyError` for a name that is none."""
    return Built(CHARTS[name], PARTS[name][0](entries), links)
