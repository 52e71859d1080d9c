"""The charts of counts: sectors by category, developers by kind, openness, stage."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from models_catalog.charts.drawing.drawings import Bars, Cell, Segment, Table
from models_catalog.charts.drawing.palette import BLUE, GREEN, VERMILION
from models_catalog.charts.frames import Plotted
from models_catalog.charts.links import Links
from models_catalog.charts.naming import named
from models_catalog.models import Entry
from models_catalog.models.vocabulary import Category, DeveloperKind, Openness, Stage

UNSTATED = "unstated"
"""The word by which the catalog's filters ask for rows without a value."""


def sectors(plotted: Plotted, links: Links) -> Bars:
    """Sectors, the most named first, and at the end the entries without a sector; each by category."""
    counts = plotted.entries_by("sector", "category")
    totals = plotted.entries_by("sector")
    names = {row["sector"]: named(row, "sector") for row in plotted.records()}
    order = sorted(names, key=lambda sector: (-totals[sector], names[sector]))
    unplaced = Counter(entry.category for entry in plotted.unplaced if isinstance(entry, Entry))
    counts |= {(UNSTATED, category): count for category, count in unplaced.items()}
    labels = [names[sector] for sector in order]
    if unplaced:
        order, labels = [*order, UNSTATED], [*labels, _("Not stated")]
    segments = [
        Segment(
            label, hue,
            [counts.get((sector, category), 0) for sector in order],
            [links.catalog(sector=sector, category=category or UNSTATED) for sector in order],
        )
        for category, label, hue in _categories()
    ]  # fmt: skip
    return _bars(labels, segments, _("Sector"))


def _categories() -> list[tuple[str, str, str]]:
    """Each category's word, label and hue; hollow where there is none."""
    return [
        (Category.GENERAL.value, str(Category.GENERAL.label), BLUE),
        (Category.INDUSTRY.value, str(Category.INDUSTRY.label), VERMILION),
        ("", _("Category not stated or not applicable"), ""),
    ]


def developers(plotted: Plotted, links: Links) -> Bars:
    """Kinds of developer, by how many entries they build and how many developers there are."""
    entries = plotted.entries_by("developer_kind")
    makers = plotted.entries_by("developer_kind", count="developer")
    kinds = sorted(entries, key=lambda kind: (-entries[kind], -makers[kind], kind))
    unplaced = len(plotted.unplaced)
    urls = [links.catalog(developer_kind=kind) for kind in kinds]
    labels = [str(DeveloperKind(kind).label) for kind in kinds] + ([_("Not stated")] if unplaced else [])
    segments = [
        Segment(
            _("Entries"), BLUE, _and([entries[kind] for kind in kinds], unplaced, 0), _and(urls, unplaced, "")
        ),
        Segment(
            _("Developers"),
            GREEN,
            _and([makers[kind] for kind in kinds], unplaced, 0),
            _and(urls, unplaced, ""),
        ),
        _unstated(len(kinds), unplaced, links.catalog(developer=UNSTATED), _("Developer not stated")),
    ]
    return _bars(labels, segments, _("Kind of developer"), grouped=True)


def openness(plotted: Plotted, links: Links) -> Bars:
    return _simple(plotted, Openness, "openness", _("Openness"), lambda value: links.catalog(openness=value))


def stage(plotted: Plotted, links: Links) -> Bars:
    return _simple(plotted, Stage, "stage", _("Stage"), lambda value: links.catalog(stage=value))


def _simple(
    plotted: Plotted, vocabulary: type[TextChoices], column: str, heading: str, url: Callable[[str], str]
) -> Bars:
    """One bar a word of the vocabulary, in its order, and a hollow one for entries without."""
    counts = plotted.entries_by(column)
    values = [str(value) for value in vocabulary.values]
    unplaced = len(plotted.unplaced)
    labels = [str(vocabulary(value).label) for value in values] + ([_("Not stated")] if unplaced else [])
    stated = Segment(
        _("Stated"), BLUE,
        _and([counts.get(value, 0) for value in values], unplaced, 0),
        _and([url(value) for value in values], unplaced, ""),
    )  # fmt: skip
    return _bars(labels, [stated, _unstated(len(values), unplaced, url(UNSTATED), _("Not stated"))], heading)


def _and(values: Sequence[Any], unplaced: int, last: Any) -> list[Any]:
    """`values`, with `last` for the bar of the unplaced where there is one."""
    return [*values, last] if unplaced else list(values)


def _unstated(bars: int, unplaced: int, url: str, label: str) -> Segment:
    return Segment(label, "", _and([0] * bars, unplaced, unplaced), _and([""] * bars, unplaced, url))


def _bars(labels: list[str], segments: list[Segment], heading: str, grouped: bool = False) -> Bars:
    filled = [segment for segment in segments if any(segment.counts)]
    rows = [
        [Cell(label), *(_count(segment, place) for segment in filled)] for place, label in enumerate(labels)
    ]
    return Bars(labels, filled, Table([heading, *(segment.label for segment in filled)], rows), grouped)


def _count(segment: Segment, place: int) -> Cell:
    count = segment.counts[place]
    return Cell(f"{count:,}", segment.urls[place] if count else "", is_number=True)
