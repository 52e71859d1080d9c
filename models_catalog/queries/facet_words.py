"""Values of the catalog's filter that a query names: 开源大模型 is no model but a filter, `openness=open`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models_catalog.models.vocabulary import DeveloperKind
from models_catalog.queries.facets import FACETS, TokenFacet
from models_catalog.text.lists import facet_words

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet, with what a form calls both."""

    name: str
    value: str
    heading: StrOrPromise
    label: StrOrPromise


def facet_values(words: Iterable[str]) -> list[FacetValue]:
    """The values that folded words name, each once, in the order of the words."""
    known = facet_words()
    return [_value(*one) for one in dict.fromkeys(known[word] for word in words if word in known)]


def _value(name: str, value: str) -> FacetValue:
    facet = FACETS[name]
    vocabulary = facet.vocabulary if isinstance(facet, TokenFacet) else DeveloperKind
    return FacetValue(name, value, facet.heading, vocabulary(value).label)
