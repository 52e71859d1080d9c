"""Counts as bars, stacked or grouped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from models_catalog.catalog.facets import UNSTATED
from models_catalog.charts.drawing.axes import count_axis, count_words
from models_catalog.charts.drawing.figure import Drawing, FigureCell, FigureTable
from models_catalog.charts.drawing.layout import (
    BAR_ROW,
    FONT_SIZE,
    Parts,
    fill_of,
    layout_of,
    value_axis,
    width_of,
    words_of,
)
from models_catalog.charts.drawing.palette import BLUE


class Segment(NamedTuple):
    """One part of every bar. A `hue` of "" is hollow (unknown). A count without an address is not a link."""

    label: str
    hue: str
    counts: Sequence[int]
    urls: Sequence[str]


@dataclass(frozen=True)
class Bars(Drawing):
    """Horizontal bars, one per label, of stacked segments, or of segments next to each other if `grouped`.

    With `is_last_apart` (not stated), a long last bar does not compress the others: it runs off the scale and shows its
    length.
    """

    labels: Sequence[str]
    segments: Sequence[Segment]
    grouped: bool = False
    is_last_apart: bool = False

    def parts(self) -> Parts:
        totals = [
            sum(segment.counts[place] for segment in self.segments) for place in range(len(self.labels))
        ]
        compared = [
            max((one.counts[place] for one in self.segments), default=0) for place in range(len(totals))
        ]
        axis = count_axis(_longest(compared if self.grouped else totals, self.is_last_apart))
        labels = [escape(label, quote=False) for label in self.labels]
        traces = [_trace(segment, self) for segment in self.segments]
        if not self.grouped:
            traces.append(_totals(totals, int(axis.last)))
        layout = layout_of(labels, BAR_ROW, value_axis(axis), axis.narrow_ticks)
        for margin, width in ((layout["margin"], 700), (layout["meta"]["narrow"]["margin"], 150)):
            ends = compared if self.grouped else totals
            margin["r"] = max([margin["r"], *(_room_after(end, int(axis.last), width) for end in ends)])
        mode = {"barmode": "group", "bargap": 0.25} if self.grouped else {"barmode": "stack", "bargap": 0.35}
        return traces, {**layout, **mode}


def bars(
    heading: str,
    labels: Sequence[str],
    segments: Sequence[Segment],
    *,
    grouped: bool = False,
    is_last_apart: bool = False,
) -> Bars:
    """The bars of these labels, and their table; segments without counts are left out."""
    filled = [segment for segment in segments if any(segment.counts)]
    rows = [
        [FigureCell(label), *(_cell(segment, place) for segment in filled)]
        for place, label in enumerate(labels)
    ]
    table = FigureTable([heading, *(segment.label for segment in filled)], rows)
    return Bars(table, labels, filled, grouped, is_last_apart)


def word_bars(
    vocabulary: type[TextChoices],
    heading: str,
    counts: Mapping[str, int],
    unstated: int,
    url: Callable[[str], str],
) -> Bars:
    """One bar per token of the vocabulary, in its order, and a hollow one for entries without any."""
    words = [str(value) for value in vocabulary.values]
    labels = [str(vocabulary(value).label) for value in words]
    stated = Segment(
        _("Stated"), BLUE, [counts.get(value, 0) for value in words], [url(value) for value in words]
    )
    return with_unstated(heading, labels, [stated], Segment(_("Not stated"), "", [unstated], [url(UNSTATED)]))


def with_unstated(
    heading: str, labels: Sequence[str], segments: Sequence[Segment], unstated: Segment, grouped: bool = False
) -> Bars:
    """Bars with a last bar for what is not stated, if its count is not 0."""
    return with_last(heading, labels, segments, _("Not stated"), unstated, grouped)


def with_last(
    heading: str,
    labels: Sequence[str],
    segments: Sequence[Segment],
    label: str,
    segment: Segment,
    grouped: bool = False,
) -> Bars:
    """Bars with a last bar of `segment` alone, if its count is not 0."""
    if not any(segment.counts):
        return bars(heading, labels, segments, grouped=grouped)
    longer = [one._replace(counts=[*one.counts, 0], urls=[*one.urls, ""]) for one in segments]
    none, nowhere = [0] * len(labels), [""] * len(labels)
    last = segment._replace(counts=[*none, *segment.counts], urls=[*nowhere, *segment.urls])
    return bars(heading, [*labels, label], [*longer, last], grouped=grouped, is_last_apart=True)


def _cell(segment: Segment, place: int) -> FigureCell:
    count = segment.counts[place]
    return FigureCell(count_words(count), segment.urls[place] if count else "", is_number=True)


def _trace(segment: Segment, drawing: Bars) -> dict[str, Any]:
    words = [
        f"{label} · {segment.label}{_(': ')}{count_words(count)}"
        for label, count in zip(drawing.labels, segment.counts, strict=True)
    ]
    shown = [count_words(count) if drawing.grouped and count else "" for count in segment.counts]
    return {
        "type": "bar",
        "orientation": "h",
        "name": segment.label,
        "x": list(segment.counts),
        "y": list(range(len(segment.counts))),
        "marker": fill_of(segment.hue),
        "text": shown,
        "textposition": "outside",
        "textfont": {"size": FONT_SIZE - 1},
        "constraintext": "none",
        "cliponaxis": False,
        "customdata": list(segment.urls),
        "hovertext": [words_of(line) for line in words],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _room_after(end: int, last: int, width: int) -> int:
    """Pixels that the number after a bar needs beyond a plot of at least `width`; none if it stands inside the bar."""
    if end > last:
        return 0
    return int(width_of(count_words(end), FONT_SIZE) + 8 - (1 - end / last) * width)


def _longest(lengths: Sequence[int], is_last_apart: bool) -> int:
    """The value that the scale must reach."""
    others = max(lengths[:-1], default=0) if is_last_apart else 0
    longest = max(lengths, default=0)
    return others if others and longest > 2 * others else longest


def _totals(totals: list[int], last: int) -> dict[str, Any]:
    """The length of each bar after its end, or inside it if it runs off the scale."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [min(total, last) for total in totals],
        "y": list(range(len(totals))),
        "text": [
            f" {count_words(total)}" if total <= last else f"{count_words(total)} → " for total in totals
        ],
        "textposition": ["middle right" if total <= last else "middle left" for total in totals],
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }
