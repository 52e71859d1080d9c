"""Claims: each value of a field of an entry, with its source and quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from models_catalog.models.claim_value import EARLIER, FORMS, TOKENS, value_fits_field
from models_catalog.models.developer import Developer
from models_catalog.models.entry import Entry
from models_catalog.models.labels import InReadersLanguage
from models_catalog.models.sector import Sector
from models_catalog.models.source import Located
from models_catalog.models.vocabulary import (
    SINGLE_VALUED,
    Answer,
    Basis,
    EventKind,
    Field,
    NameKind,
    Ruling,
    Status,
)
from models_catalog.models.words import ArePlain, Words

if TYPE_CHECKING:
    from collections.abc import Iterable


PUBLIC_CLAIM = """
claim.status IN ('accepted', 'disputed') AND (claim.parent_id IS NULL OR EXISTS (
    SELECT FROM models_catalog_entry above WHERE above.id = claim.parent_id AND above.is_listed
))
"""
"""SQL: whether `claim` is one of `ClaimQuerySet.public`."""


class ClaimQuerySet(models.QuerySet["Claim"]):
    def accepted(self) -> ClaimQuerySet:
        return self.filter(status=Status.ACCEPTED)

    def proposed(self) -> ClaimQuerySet:
        return self.filter(status=Status.PROPOSED)

    def undecided(self) -> ClaimQuerySet:
        """Neither accepted nor rejected: proposed or disputed claims."""
        return self.exclude(status__in=[Status.ACCEPTED, Status.REJECTED])

    def public(self) -> ClaimQuerySet:
        """Accepted and disputed claims, which readers see. Proposed and rejected ones are for curators only.

        `PUBLIC_CLAIM` says the same in SQL.
        """
        return self.told().filter(status__in=[Status.ACCEPTED, Status.DISPUTED])

    def told(self) -> ClaimQuerySet:
        """Without those that wait with the family or platform that they name (`Claim.is_told`)."""
        return self.filter(models.Q(parent=None) | models.Q(parent__is_listed=True))

    def in_reading_order(self) -> ClaimQuerySet:
        """In the order of the articles and their text; curators' additions last."""
        return self.order_by(models.F("source__position").asc(nulls_last=True), "line", "start", "pk")

    def with_related(self) -> ClaimQuerySet:
        """Joins every row that the text and the evidence of a claim need, in one query."""
        return self.select_related("source", "developer", "sector", "parent")


class Claim(Located):
    """One value of one field of one entry, with the quotation that states it and its source.

    Sources may disagree: both claims are kept. The preferred accepted claim fills the entry's column; the other is
    `disputed` and names the rule that decided (`ruling`).
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="claims", verbose_name=_("entry"))
    key = models.SlugField(
        _("key"), max_length=60, help_text=_("Names the claim within its entry, as in “parameters-1”.")
    )
    field = models.CharField(_("field"), max_length=20, choices=Field.choices)
    answer = models.CharField(_("answer"), max_length=20, choices=Answer.choices, default=Answer.VALUE)
    position = models.PositiveSmallIntegerField(
        _("position"), default=1, help_text=_("Order among several values of one field.")
    )

    text = Words(_("name"), max_length=160, blank=True, help_text=_("A name, or an address of the web."))
    token = models.CharField(
        _("word"), max_length=20, blank=True, help_text=_("A word of the field's vocabulary.")
    )
    event = models.CharField(_("event"), max_length=20, choices=EventKind.choices, blank=True)
    days = DateRangeField(_("days"), null=True, blank=True)
    number = BigIntegerRangeField(_("parameters"), null=True, blank=True)
    developer = models.ForeignKey(
        Developer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("developer"),
    )
    sector = models.ForeignKey(
        Sector,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("target industry"),
    )
    parent = models.ForeignKey(
        Entry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims_as_parent",
        verbose_name=_("parent"),
    )

    said_by_zh = Words(_("said by"), max_length=60, blank=True, help_text=_("Empty: the article's author."))
    said_by_en = Words(_("said by, in English"), max_length=80, blank=True)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.choices, default=Basis.STATED)
    reason_zh = Words(_("reason"), max_length=300, blank=True)
    reason_en = Words(_("reason in English"), max_length=400, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.PROPOSED)
    preferred = models.BooleanField(_("fills the column"), default=False)
    is_earlier = models.BooleanField(
        _("of an earlier time"),
        default=False,
        help_text=_("The words give what was so before, as in “from … to …”: no rival of the value of now."),
    )
    ruling = models.CharField(_("rule"), max_length=20, choices=Ruling.choices, blank=True)
    reviewed_by = models.CharField(_("reviewed by"), max_length=150, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["entry", "field", "position", "pk"]
        indexes = [
            models.Index("entry", "field", name="claim_entry_field"),
            models.Index("source", "line", "start", name="claim_place"),
            models.Index("status", "created_at", name="claim_queue"),
        ]
        constraints = [
            *Located.place_constraints("claim", is_of_web_pages=True),
            models.UniqueConstraint(fields=["entry", "key"], name="claim_key_is_unique"),
            models.UniqueConstraint(
                fields=["entry", "field"],
                condition=Q(preferred=True, field__in=[field.value for field in SINGLE_VALUED]),
                name="claim_one_preferred",
            ),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(preferred=True, field=Field.EVENT),
                name="claim_one_preferred_release",
            ),
            models.UniqueConstraint(
                fields=["entry", "token"],
                condition=Q(preferred=True, field=Field.NAME),
                name="claim_one_preferred_name",
            ),
            models.CheckConstraint(condition=value_fits_field(), name="claim_value_fits_field"),
            models.CheckConstraint(
                condition=Q(preferred=False) | Q(status=Status.ACCEPTED), name="claim_preferred_is_accepted"
            ),
            models.CheckConstraint(
                condition=Q(is_earlier=False)
                | Q(
                    preferred=False,
                    field__in=EARLIER,
                    status__in=[Status.PROPOSED, Status.ACCEPTED, Status.REJECTED],
                ),
                name="claim_earlier_is_no_rival",
            ),
            models.CheckConstraint(
                condition=Q(preferred=False) | ~Q(field=Field.EVENT) | Q(event=EventKind.RELEASED),
                name="claim_preferred_event_is_release",
            ),
            models.CheckConstraint(
                condition=Q(preferred=False) | ~Q(field=Field.NAME) | Q(token__in=[NameKind.ZH, NameKind.EN]),
                name="claim_preferred_name_is_shown",
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.CURATOR, source=None)
                | Q(~Q(basis=Basis.CURATOR), source__isnull=False),
                name="claim_curator_has_no_source",
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.STATED) | (~Q(reason_zh="") & ~Q(reason_en="")),
                name="claim_unstated_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.PROPOSED) | (~Q(reviewed_by="") & Q(reviewed_at__isnull=False)),
                name="claim_decided_has_reviewer",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.DISPUTED) | ~Q(ruling=""), name="claim_disputed_has_ruling"
            ),
            models.CheckConstraint(
                condition=Q(days=None) | Q(days__isempty=False, days__lower_inf=False, days__upper_inf=False),
                name="claim_days_are_bounded",
            ),
            models.CheckConstraint(
                condition=ArePlain("text", "said_by_zh", "said_by_en", "reason_zh", "reason_en"),
                name="claim_words_are_plain",
            ),
            models.CheckConstraint(condition=Q(field__in=Field.values), name="claim_field_is_known"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="claim_answer_is_known"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="claim_basis_is_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="claim_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.key}"

    def get_absolute_url(self) -> str:
        return f"{self.entry.get_absolute_url()}#{self.key}"

    @property
    def is_told(self) -> bool:
        """False for a claim that waits with the family or platform that it names."""
        return self.parent is None or self.parent.is_listed

    @property
    def place_in_source(self) -> str:
        """Where the page of its article shows it; only for a claim with a source."""
        return f"{self.source.get_absolute_url() if self.source else ''}#{self.entry.slug}.{self.key}"

    said_by = InReadersLanguage()
    """The person or organisation quoted, in the reader's language; "" for the article's author."""

    reason = InReadersLanguage()

    @property
    def token_label(self) -> str:
        """The label of `token`: a word of the field's vocabulary, the form of a name, or the kind of a link."""
        vocabulary = (FORMS | TOKENS).get(Field(self.field))
        return str(vocabulary(self.token).label) if vocabulary and self.token else ""


def by_field(claims: Iterable[Claim]) -> dict[Field, list[Claim]]:
    """Claims grouped by field, in the vocabulary's order; fields without claims map to an empty list."""
    groups: dict[Field, list[Claim]] = {field: [] for field in Field}
    for claim in claims:
        groups[Field(claim.field)].append(claim)
    return groups
