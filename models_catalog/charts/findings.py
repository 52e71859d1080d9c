"""What each chart shows for the current rows, in one line and one sentence."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from models_catalog.charts.drawing.axes import size_words
from models_catalog.charts.drawing.words import Evidence, Precision
from models_catalog.charts.frames import Plotted
from models_catalog.charts.naming import named
from models_catalog.charts.spans import count_words, days_words, kind_label, size_of
from models_catalog.models.vocabulary import (
    Basis,
    Category,
    DeveloperKind,
    Field,
    FigureUnit,
    Openness,
    Stage,
)


@dataclass(frozen=True)
class Finding:
    title: str
    summary: str


def _counts(plotted: Plotted, column: str) -> Mapping[str, int]:
    """Entries, each counted once, by the values of a column; 0 for a value that is not there."""
    return _Zero(plotted.entries_by(column))


class _Zero(dict[str, int]):
    def __missing__(self, key: str) -> int:
        return 0


def _most(counts: Mapping[str, int]) -> tuple[list[str], int]:
    """The highest count and all values that have it, in order."""
    highest = max(counts.values())
    return sorted(value for value, count in counts.items() if count == highest), highest


def _joined(names: Iterable[object]) -> str:
    return _(" and ").join(str(name) for name in names)


def timeline(plotted: Plotted) -> Finding:
    rows = plotted.records()
    years = _Zero()
    for row in rows:
        year = row["released_earliest"][:4]
        years[year] += year == row["released_latest"][:4]
    busiest, inside = _most(years)
    kinds, most = _most(_counts(plotted, "developer_kind"))
    exact = sum(row["precision"] == Precision.EXACT for row in rows)
    first = min(rows, key=lambda row: row["released_earliest"])
    last = max(rows, key=lambda row: row["released_latest"])
    title = _("%(inside)d of the %(placed)d entries with a release date were released in %(year)s") % {
        "inside": inside, "placed": plotted.placed, "year": busiest[-1],
    }  # fmt: skip
    summary = _(
        "The earliest release is %(first)s, the latest %(last)s. The exact day is known for %(exact)d; for %(interval)d, "
        "only a longer period. The largest group is %(kinds)s (%(most)d)."
    ) % {
        "first": days_words(first), "last": days_words(last), "exact": exact, "interval": len(rows) - exact,
        "kinds": _joined(map(kind_label, kinds)),
        "most": most,
    }  # fmt: skip
    return Finding(title, summary)


def parameters(plotted: Plotted) -> Finding:
    rows = plotted.records()
    counts = _counts(plotted, "precision")
    ends = [row[end] for row in rows for end in ("parameters_low", "parameters_high") if row[end]]
    title = _("Stated sizes range from %(low)s to %(high)s; %(exact)d of %(placed)d are exact") % {
        "low": size_words(_rounded_up(min(ends))), "high": size_words(_rounded_up(max(ends))),
        "exact": counts[Precision.EXACT], "placed": plotted.placed,
    }  # fmt: skip
    summary = _(
        "The largest, by its lower bound, is %(name)s (%(size)s). For %(interval)d only a range is stated, "
        "for %(open)d only a minimum or a maximum."
    ) % {
        "name": named(rows[0]), "size": size_of(rows[0]),
        "interval": counts[Precision.INTERVAL], "open": counts[Precision.OPEN],
    }  # fmt: skip
    return Finding(title, summary)


def _rounded_up(size: int) -> int:
    """The upper end of an order of magnitude as the round number under which it lies."""
    return size + 1 if (size + 1) % 10**6 == 0 else size


def sectors(plotted: Plotted) -> Finding:
    names = {row["sector"]: named(row, "sector") for row in plotted.records()}
    most, count = _most(_counts(plotted, "sector"))
    categories = _counts(plotted, "category")
    bases = Counter(row["basis"] for row in plotted.records())
    title = _(
        "Most entries: %(sectors)s, %(count)d of %(placed)d; %(stated)d industries of entries are stated, "
        "%(inferred)d inferred, %(curator)d added by curators"
    ) % {
        "sectors": _joined(names[sector] for sector in most), "count": count, "placed": plotted.placed,
        "stated": bases[Basis.STATED], "inferred": bases[Basis.INFERRED], "curator": bases[Basis.CURATOR],
    }  # fmt: skip
    summary = _(
        "The entries name %(sectors)d industries. Of the entries that name one, %(industry)d are industry-specific and "
        "%(general)d general-purpose; for %(unstated)d, the category is not stated or does not apply."
    ) % {
        "sectors": len(names), "industry": categories[Category.INDUSTRY],
        "general": categories[Category.GENERAL], "unstated": categories[""],
    }  # fmt: skip
    return Finding(title, summary)


def developers(plotted: Plotted) -> Finding:
    kinds, count = _most(_counts(plotted, "developer_kind"))
    makers = plotted.rows["developer"].nunique()
    busiest, built = _most(_counts(plotted, "developer"))
    names = {row["developer"]: named(row, "developer") for row in plotted.records()}
    title = _("Leading kind of developer: %(kinds)s, with %(count)d of %(placed)d entries") % {
        "kinds": _joined(DeveloperKind(kind).label for kind in kinds), "count": count, "placed": plotted.placed,
    }  # fmt: skip
    summary = ngettext(
        "%(makers)d developer is named: %(busiest)s, with %(built)d.",
        "%(makers)d developers are named; %(busiest)s has the most entries (%(built)d).",
        makers,
    ) % {"makers": makers, "busiest": _joined(names[maker] for maker in busiest), "built": built}
    return Finding(title, summary)


def openness(plotted: Plotted) -> Finding:
    counts = _counts(plotted, "openness")
    title = _("%(open)d of %(total)d entries are stated to be open source, %(closed)d to be closed source") % {
        "open": counts[Openness.OPEN], "closed": counts[Openness.CLOSED], "total": plotted.total,
    }  # fmt: skip
    return Finding(title, _not_stated(plotted, _("For the other %(unplaced)d, no source says.")))


def stage(plotted: Plotted) -> Finding:
    counts = _counts(plotted, "stage")
    title = _("%(released)d of %(total)d entries have been released; %(planned)d are only planned") % {
        "released": counts[Stage.RELEASED], "planned": counts[Stage.PLANNED], "total": plotted.total,
    }  # fmt: skip
    summary = _("%(announced)d are announced, %(beta)d in beta and %(in_use)d in use.") % {
        "announced": counts[Stage.ANNOUNCED], "beta": counts[Stage.BETA], "in_use": counts[Stage.IN_USE],
    }  # fmt: skip
    return Finding(title, f"{summary} {_not_stated(plotted, _('Of %(unplaced)d no stage is stated.'))}")


def _not_stated(plotted: Plotted, sentence: str) -> str:
    return sentence % {"unplaced": len(plotted.unplaced)}


def coverage(plotted: Plotted) -> Finding:
    cells = plotted.entries_by("field", "evidence")
    counts = _Zero()
    for (_field, evidence), count in cells.items():
        counts[evidence] += count
    missing = {field: count for (field, evidence), count in cells.items() if evidence == Evidence.UNSTATED}
    backed = len(plotted.rows) - counts[Evidence.UNSTATED] - counts[Evidence.CURATOR]
    title = _("Articles back %(backed)d of %(total)d fields; %(disputed)d of them are disputed") % {
        "backed": backed, "total": len(plotted.rows), "disputed": counts[Evidence.DISPUTED],
    }  # fmt: skip
    summary = _(
        "%(entries)d entries with %(fields)d fields each: %(stated)d stated, %(inferred)d inferred, %(disputed)d disputed, "
        "%(curator)d added by curators, %(unstated)d not stated."
    ) % {
        "entries": plotted.placed, "fields": len(Field), "stated": counts[Evidence.STATED],
        "inferred": counts[Evidence.INFERRED], "curator": counts[Evidence.CURATOR],
        "unstated": counts[Evidence.UNSTATED], "disputed": counts[Evidence.DISPUTED],
    }  # fmt: skip
    if missing:
        summary += " " + _("Least often stated: %(field)s.") % {
            "field": _joined(Field(field).label for field in _most(missing)[0])
        }
    return Finding(title, summary)


def market(plotted: Plotted) -> Finding:
    rows = [row for row in plotted.records() if row["unit"] == FigureUnit.MODELS] or plotted.records()
    low = min(rows, key=lambda row: row["low"] if row["low"] is not None else 0)
    high = max(rows, key=lambda row: row["low"] if row["low"] is not None else row["high"])
    title = _("Counts range from %(low)s to %(high)s, depending on who counted: %(counts)d counts by %(counters)d counters") % {
        "counts": len(rows),
        "counters": len({row["counted_by_zh"] for row in rows}),
        "low": count_words(low["low"], low["high"]), "high": count_words(high["low"], high["high"]),
    }  # fmt: skip
    summary = _(
        "The lowest count is from %(low_by)s (%(low_of)s), the highest from %(high_by)s (%(high_of)s). "
        "They count different things: see the table."
    ) % {
        "low_by": named(low, "counted_by"), "low_of": named(low),
        "high_by": named(high, "counted_by"), "high_of": named(high),
    }  # fmt: skip
    return Finding(title, summary)
