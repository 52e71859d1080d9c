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
        _(
            "One row for each entry, on a log scale. A dot is exact, a bar is a range, and a hollow end has no stated limit."
        ),
        _("“千亿级” (100B class) is an order of magnitude, so it is drawn as a range."),
        _("Size not stated"),
        Field.PARAMETERS,
    ),
    Chart(
        "sectors",
        _("Sectors and categories"),
        _("Entries by target industry, split into general-purpose and industry-specific."),
        _("An entry with several industries counts once in each, and once in the total."),
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
        _("Not stated does not mean closed: the articles do not say."),
        _("No word on openness in our sources"),
        Field.OPENNESS,
    ),
    Chart(
        "stage",
        _("Stage"),
        _("Entries by latest stage in our sources. The hollow bar is “not stated”."),
        _("Stages are as of the articles, April to August 2023."),
        _("No event in our sources"),
        Field.EVENT,
    ),
    Chart(
        "market",
        _("Counts of models and developers"),
        _(
            "How many large models and developers were there? It depends on who counted. A dot is a count; a hollow end means “at least” or “at most”."
        ),
        _("Statements about the market as a whole: the filters do not apply to them."),
        _("Counts without a date"),
        of_entries=False,
    ),
    Chart(
        "coverage",
        _("Fields with evidence"),
        _("Every field of every entry. A hollow square is not stated in our sources."),
        _("A field is disputed where two claims disagree; the entry's page shows both."),
        _("Entries without a row"),
    ),
]

CHARTS: Mapping[str, Chart] = {chart.name: chart for chart in _ALL}
