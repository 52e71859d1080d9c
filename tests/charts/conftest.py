"""A small registry with every kind of size, date and count, and its charts."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange
from django.http import QueryDict

from models_catalog.catalog.rows import EntryRow, entry_rows
from models_catalog.charts.chart import Built
from models_catalog.charts.drawing.links import Links
from models_catalog.charts.registry import CHARTS
from models_catalog.models import Entry
from models_catalog.models.vocabulary import Category, DeveloperKind, EventKind, Openness
from tests.factories import make_developer, make_entry, make_figure
from tests.once import once


def rows() -> list[EntryRow]:
    """All entries that readers see, by name."""
    return list(entry_rows(Entry.objects.listed().sorted_by("name")))


def built(name: str, query: str = "") -> Built:
    """A chart of all entries, as for a query string: which chooses none here, but is in every link."""
    return CHARTS[name].build(rows(), Links(QueryDict(query)))


def _make_registry() -> None:
    """Five entries and two market counts."""
    tsinghua = make_developer("清华大学", kind=DeveloperKind.ACADEMIA)
    make_entry(
        "文心一言", parameters="2600亿", released="2023-03-16", openness=Openness.CLOSED,
        category=Category.GENERAL, sectors=["金融", "医疗"], developers=["百度"],
    )  # fmt: skip
    make_entry(
        "ChatGLM-6B", parameters="62亿", released="2023-03", openness=Openness.OPEN, developers=[tsinghua]
    )
    make_entry("商量", parameters="千亿级", released="2021", category=Category.INDUSTRY, sectors=["金融"])
    make_entry("A<b>&B", parameters="超10亿", events={EventKind.PLANNED: ""})
    make_entry("无名", parameters="不到10亿")
    make_figure("over-1b", as_of=DateRange(date(2023, 5, 28), date(2023, 5, 29)))
    make_figure(
        "over-100", value=NumericRange(120, None, "[)"), as_of=DateRange(date(2023, 7, 1), date(2023, 8, 1))
    )


shared_registry = once(_make_registry)
