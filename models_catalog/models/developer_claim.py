"""Claims about developers, with their sources."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from models_catalog.models.developer import Developer
from models_catalog.models.labels import InReadersLanguage
from models_catalog.models.source import Located
from models_catalog.models.vocabulary import Basis, DeveloperField, DeveloperKind, Status
from models_catalog.models.words import ArePlain, Words

VALUE_COLUMNS = {DeveloperField.KIND: "token", DeveloperField.ALIAS: "text", DeveloperField.PARENT: "parent"}
"""Field → column that holds its value."""


class DeveloperClaimQuerySet(models.QuerySet["DeveloperClaim"]):
    def public(self) -> DeveloperClaimQuerySet:
        """Accepted and disputed claims, which readers see."""
        return self.filter(status__in=[Status.ACCEPTED, Status.DISPUTED])


class DeveloperClaim(Located):
    """One claim about the kind, the parent organisation or another name of a developer.

    The developer's row holds the values; a value that no accepted claim repeats is a curator's addition.
    """

    developer = models.ForeignKey(
        Developer, on_delete=models.CASCADE, related_name="statements", verbose_name=_("developer")
    )
    key = models.SlugField(
        _("key"), max_length=60, help_text=_("Names the claim within its developer, as in “kind-1”.")
    )
    field = models.CharField(_("field"), max_length=20, choices=DeveloperField.choices)
    token = models.CharField(_("kind"), max_length=20, choices=DeveloperKind.choices, blank=True)
    text = Words(_("name"), max_length=120, blank=True)
    parent = models.ForeignKey(
        Developer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statements_as_parent",
        verbose_name=_("parent"),
    )
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.choices, default=Basis.STATED)
    reason_zh = Words(_("reason"), max_length=300, blank=True)
    reason_en = Words(_("reason in English"), max_length=400, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.ACCEPTED)

    objects = DeveloperClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim about a developer")
        verbose_name_plural = pgettext_lazy("table", "claims about developers")
        ordering = ["developer", "field", "pk"]
        constraints = [
            *Located.place_constraints("developer_claim", is_of_web_pages=True),
            models.UniqueConstraint(fields=["developer", "key"], name="developer_claim_key_is_unique"),
            models.CheckConstraint(
                condition=Q(field=DeveloperField.KIND, token__in=DeveloperKind.values, text="", parent=None)
                | Q(Q(field=DeveloperField.ALIAS, token="", parent=None), ~Q(text=""))
                | Q(field=DeveloperField.PARENT, token="", text="", parent__isnull=False),
                name="developer_claim_value_fits_field",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("developer")), name="developer_claim_parent_is_another"
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.CURATOR, source=None)
                | Q(~Q(basis=Basis.CURATOR), source__isnull=False),
                name="developer_claim_curator_has_no_source",
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.STATED) | (~Q(reason_zh="") & ~Q(reason_en="")),
                name="developer_claim_unstated_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=Basis.values), name="developer_claim_basis_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="developer_claim_status_is_known"
            ),
            models.CheckConstraint(
                condition=ArePlain("text", "reason_zh", "reason_en"), name="developer_claim_words_are_plain"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.developer_id}/{self.key}"

    def get_absolute_url(self) -> str:
        return f"{self.developer.get_absolute_url()}#{self.key}"

    reason = InReadersLanguage()

    @property
    def value(self) -> Any:
        """A kind, another name, or the id of the parent organisation."""
        return self.token or self.text or self.parent_id
