"""What a claim says, as words for plain text: the value, and the words of the article behind it."""

from __future__ import annotations

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from models_catalog.models import Claim
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import Answer, Basis, EventKind, Field
from models_catalog.text.dates import format_days
from models_catalog.text.quantities import format_quantity


def value_of(claim: Claim) -> str:
    """Its value in the reader's language."""
    language = get_language() or ""
    if claim.answer != Answer.VALUE:
        return str(Answer(claim.answer).label)
    if claim.field == Field.NAME:
        return claim.text
    if claim.field == Field.PARAMETERS:
        return format_quantity(interval_of(claim.number), language)
    if claim.field == Field.EVENT:
        when = format_days(days_of(claim.days), language) if claim.days else _("Date not stated")
        return f"{EventKind(claim.event).label}{_(': ')}{when}"
    row = claim.developer or claim.sector or claim.parent
    return row.label if row else claim.token_label


def place_of(claim: Claim) -> str:
    """Who published the words, and in which line they stand; "" for a curator's knowledge."""
    if not claim.source:
        return ""
    line = _("line %(line)s") % {"line": claim.line}
    return pgettext("clause", ", ").join((claim.source.publisher, line))


def sentences_of(claim: Claim) -> str:
    """Its field and value, then the words with their place, or on what it rests without any."""
    told = {"field": Field(claim.field).label, "value": value_of(claim)}
    if claim.source:
        words = {"words": claim.quotation, "place": place_of(claim)}
        return _("%(field)s: %(value)s. “%(words)s” (%(place)s)") % (told | words)
    return _("%(field)s: %(value)s. %(basis)s") % (told | {"basis": Basis(claim.basis).label})
