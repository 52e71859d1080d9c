"""The charts by name, and the words that do not depend on the data. Costs nothing to import."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from models_catalog.models.vocabulary import Field

Words = str | Promise


@dataclass(frozen=True)
class Chart:
    """One chart.

    `field` is the one that an entry without a place has no value of. `of_entries` is false where something is
    plotted to which the filters do not apply.
    """

    name: str
    label: Words
    subtitle: Words
    note: Words
    unplaced: Words
    field: Field | None = None
    of_entries: bool = True


_ALL = [
    Chart(
        "timeline",
        _("Release timeline"),
        _(
            "One row an entry, by kind of developer. A point is a day; a bar is an interval in which the release lies."
        ),
        _("By the first developer of a joint entry. A plan is not a release."),
        _("No release date in our sources"),
        Field.EVENT,
    ),
    Chart(
        "parameters",
        _("Parameters"),
        _("One row an entry, logarithmic axis. A point is exact, a bar an interval, a hollow end open."),
        _("“千亿级” is an order of magnitude, so it is drawn as an interval and not as a number."),
        _("No size in our sources"),
        Field.PARAMETERS,
    ),
    Chart(
        "sectors",
        _("Sectors and categories"),
        _("Entries by target industry, split into general-purpose and industry-specific."),
        _("An entry with several sectors stands in the bar of each, and counts once in the total."),
        _("No sector in our sources"),
        Field.SECTOR,
    ),
    Chart(
        "developers",
        _("Developers by kind"),
        _("Entries and the developers that build them, by kind of developer."),
        _("A joint entry stands with the kind of each of its developers, and counts once in the total."),
        _("No developer in our sources"),
        Field.DEVELOPER,
    ),
    Chart(
        "openness",
        _("Openness"),
        _("Entries by openness, as the articles state it. The hollow bar is not stated."),
        _("Not stated is not closed: the articles say nothing."),
        _("No word on openness in our sources"),
        Field.OPENNESS,
    ),
    Chart(
        "stage",
        _("Stage"),
        _("Entries by the latest stage that the articles support. The hollow bar is not stated."),
        _("The stage is as of the articles, spring and summer 2023."),
        _("No event in our sources"),
        Field.EVENT,
    ),
    Chart(
        "market",
        _("Market counts"),
        _("How many models were there, and who counted? A point is a count, a hollow end “more than”."),
        _("Statements about the market as a whole: the filters do not apply to them."),
        _("Counts without a date"),
        of_entries=False,
    ),
    Chart(
        "coverage",
        _("Evidence coverage"),
        _("Every field of every entry. A hollow square is not stated in our sources."),
        _("A disputed field is one on which two places disagree; both stand on the entry's page."),
        _("Entries without a row"),
    ),
]

CHARTS: Mapping[str, Chart] = {chart.name: chart for chart in _ALL}
