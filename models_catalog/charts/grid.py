"""Evidence coverage: one row an entry, one column a field."""

from itertools import groupby

from django.utils.translation import gettext as _

from models_catalog.charts.drawing.drawings import DRAWN, Cell, Grid, Line, Mark, Table
from models_catalog.charts.drawing.words import Evidence
from models_catalog.charts.frames import Plotted
from models_catalog.charts.links import Links
from models_catalog.charts.naming import entry_url, named
from models_catalog.models.vocabulary import Field


def coverage(plotted: Plotted, _links: Links) -> Grid:
    columns = [str(field.label) for field in Field]
    place = {field.value: column for column, field in enumerate(Field)}
    lines = []
    for _slug, rows in groupby(plotted.records(DRAWN * len(columns)), key=lambda row: str(row["slug"])):
        cells = list(rows)
        name = named(cells[0])
        marks = [_mark(place[row["field"]], Evidence(row["evidence"]), name, columns) for row in cells]
        lines.append(Line(name, entry_url(cells[0]), marks))
    return Grid(columns, lines, _table(columns, lines))


def _mark(column: int, evidence: Evidence, name: str, columns: list[str]) -> Mark:
    return Mark(column, evidence, f"{name} · {columns[column]}{_(': ')}{evidence.label}")


def _table(columns: list[str], lines: list[Line]) -> Table:
    rows = [
        [Cell(line.label, line.url), *(Cell(str(mark.evidence.label)) for mark in line.marks)]
        for line in lines
    ]
    return Table([_("Entry"), *columns], rows)
