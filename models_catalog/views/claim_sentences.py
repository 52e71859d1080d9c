"""Claims as sentences of plain text: the value, and the words of the article behind it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from models_catalog.claims.describe import value_words
from models_catalog.models import Claim
from models_catalog.models.vocabulary import Basis, Field


def place_of(claim: Claim) -> str:
    """Who published the words, and in which line they stand; "" for a curator's knowledge."""
    if not claim.source:
        return ""
    line = _("line %(line)s") % {"line": claim.line}
    return pgettext("clause", ", ").join((claim.source.publisher, line))


def sentences_of(claim: Claim) -> str:
    """Its field and value, then the words with their place, or on what it rests without any."""
    told = {"field": Field(claim.field).label, "value": value_words(claim)}
    if claim.source:
        words = {"words": claim.quotation, "place": place_of(claim)}
        return _("%(field)s: %(value)s. “%(words)s” (%(place)s)") % (told | words)
    return _("%(field)s: %(value)s. %(basis)s") % (told | {"basis": Basis(claim.basis).label})
