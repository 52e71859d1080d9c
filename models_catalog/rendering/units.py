"""Units of market figures as readers see them, after one and after many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import npgettext

from models_catalog.models.vocabulary import FigureUnit

_COUNTED: dict[FigureUnit, Callable[[int], str]] = {
    FigureUnit.MODELS: lambda n: npgettext("unit", "model", "models", n),
    FigureUnit.ORGANISATIONS: lambda n: npgettext("unit", "organisation", "organisations", n),
    FigureUnit.USD: lambda n: npgettext("unit", "US dollar", "US dollars", n),
    FigureUnit.PARAMETERS: lambda n: npgettext("unit", "parameter", "parameters", n),
    FigureUnit.PEOPLE: lambda n: npgettext("unit", "person", "people", n),
    FigureUnit.CHIPS: lambda n: npgettext("unit", "chip", "chips", n),
    FigureUnit.PRODUCTS: lambda n: npgettext("unit", "product", "products", n),
    FigureUnit.MONTHS: lambda n: npgettext("unit", "month", "months", n),
    FigureUnit.YEARS: lambda n: npgettext("unit", "year", "years", n),
    FigureUnit.POINTS: lambda n: npgettext("unit", "point", "points", n),
    FigureUnit.SECTORS: lambda n: npgettext("unit", "industry", "industries", n),
    FigureUnit.REGIONS: lambda n: npgettext("unit", "region", "regions", n),
}
"""Units that change after one; 1.5 and “at most 1” go with many."""


def unit(value: Any, of: FigureUnit) -> str:
    """The unit of a market figure with just this value."""
    is_one = value.lower == value.upper == 1
    return _COUNTED[of](1 if is_one else 2) if of in _COUNTED else str(of.label)
