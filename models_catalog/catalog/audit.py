"""Two lists for auditing: the fields on which sources disagree, and the mentions that no entry was made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.db.models import Case, F, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from models_catalog.catalog.entry_page import Fact, fact_of
from models_catalog.catalog.forms import SearchField
from models_catalog.models import Claim, Entry, Omission
from models_catalog.models.labels import name_order
from models_catalog.models.vocabulary import Field, OmissionReason, Status

DISPUTES_PAGE, OMISSIONS_PAGE = 50, 100
"""Rows on one page."""

Contested = tuple[int, str, str]
"""Entry, field, and of events and names which kind of them."""


class Dispute(NamedTuple):
    """A field of an entry with claims that disagree; `kind` is the label of an event or of a form of name, else ""."""

    entry: Entry
    fact: Fact
    kind: str


def contested() -> QuerySet[Claim, Contested]:
    """Every field of which a claim is disputed, entry by entry, by name."""
    disputed = _kinds(Claim.objects.filter(status=Status.DISPUTED, entry__is_listed=True))
    order = (f"entry__{name_order()}", "entry__slug", "field", "kind")
    rows: QuerySet[Claim, Contested] = disputed.order_by(*order).values_list("entry", "field", "kind")
    return rows.distinct()


def _kinds(claims: QuerySet[Claim]) -> QuerySet[Any, Any]:
    return claims.annotate(kind=Case(When(field=Field.NAME, then=F("token")), default=F("event")))


def disputes(page: Iterable[Contested]) -> list[Dispute]:
    """These fields with all that is said of each, in one query."""
    wanted = list(page)
    ids, fields = {entry for entry, _of, _kind in wanted}, {of for _entry, of, _kind in wanted}
    claims = Claim.objects.public().filter(entry__in=ids, field__in=fields)
    said: dict[Contested, list[Claim]] = defaultdict(list)
    for claim in _kinds(claims.with_related().select_related("entry")).order_by("position", "pk"):
        said[claim.entry_id, claim.field, claim.kind].append(claim)
    return [_dispute(said[key]) for key in wanted if key in said]


def _dispute(claims: list[Claim]) -> Dispute:
    first = claims[0]
    of = Field(first.field)
    kind = first.get_event_display() if of == Field.EVENT else first.token_label if of == Field.NAME else ""
    return Dispute(first.entry, fact_of(of, claims), kind)


class OmissionForm(forms.Form):
    """Which of the mentions left out are shown."""

    q = SearchField(required=False, label=_("Words"))
    reason = forms.ChoiceField(
        required=False, choices=[("", _("All reasons")), *OmissionReason.choices], label=_("Reason")
    )


def omissions(chosen: dict[str, Any]) -> QuerySet[Omission]:
    """The mentions left out that fit what `OmissionForm` was given, as they follow each other in the articles."""
    rows = Omission.objects.select_related("source").order_by("source__position", "line", "start")
    if chosen.get("reason"):
        rows = rows.filter(reason=chosen["reason"])
    for word in chosen.get("q", "").split():
        rows = rows.filter(
            Q(quotation__icontains=word)
            | Q(gloss_en__icontains=word)
            | Q(note_zh__icontains=word)
            | Q(note_en__icontains=word)
        )
    return rows


def reasons_counted() -> list[tuple[OmissionReason, int]]:
    """How many mentions each reason left out, the most first."""
    counted = Counter(Omission.objects.values_list("reason", flat=True))
    return [(OmissionReason(reason), n) for reason, n in counted.most_common()]
