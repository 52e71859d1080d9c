"""Links from a mark of a chart to the rows behind it."""

from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from models_catalog.catalog.facets import split

_OF_A_PAGE = ("page", "sort", "embed", "theme")
"""Parameters that select no rows."""


@dataclass(frozen=True)
class Links:
    """The catalog's query string for which a chart is drawn."""

    query: QueryDict

    def catalog(self, **facets: str) -> str:
        """The catalog with the same filters and each of `facets` set to one value.

        "" if the filters set that facet to other values: values of a facet are alternatives, so no address would give
        exactly the rows of the mark.
        """
        query = self._rows()
        for facet, value in facets.items():
            chosen, _excluded = split(query.getlist(facet))
            if chosen and value not in chosen:
                return ""
            kept = [one for one in query.getlist(facet) if one not in chosen]
            query.setlist(facet, [value, *kept])
        words = query.urlencode()
        return f"{reverse('models')}?{words}" if words else reverse("models")

    @property
    def state(self) -> str:
        """The past day, release or left-out sources that are shown, as `?…` for the address of an entry; "" if none."""
        kept = QueryDict(mutable=True)
        for name in (*settings.PAST_PARAMETERS, *settings.LENS_PARAMETERS):
            if values := self.query.getlist(name):
                kept.setlist(name, values)
        return f"?{kept.urlencode()}" if kept else ""

    @property
    def words(self) -> str:
        """The query string that selects the rows, for the address of a chart or a download."""
        return self._rows().urlencode()

    def _rows(self) -> QueryDict:
        query = self.query.copy()
        for name in _OF_A_PAGE:
            query.pop(name, None)
        return query
