"""Market figures: numbers about the field as a whole."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField, DecimalRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from models_catalog.models.addresses import address
from models_catalog.models.labels import Labelled, in_english
from models_catalog.models.source import Located
from models_catalog.models.vocabulary import Basis, FigureUnit
from models_catalog.models.words import ArePlain, Words


class MarketFigure(Labelled, models.Model):
    """One number about the market: a count, share, cost or sum, with who counted it and when.

    The same statistic in two articles is one figure with two pieces of evidence.
    """

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name_zh = Words(_("Chinese name"), max_length=120)
    name_en = Words(_("English name"), max_length=200)
    value = DecimalRangeField(
        _("value"), help_text="In `unit`; equal bounds for an exact value, an open end for “more than”."
    )
    unit = models.CharField(_("unit"), max_length=20, choices=FigureUnit.choices)
    scope_zh = Words(_("scope"), max_length=120, blank=True)
    scope_en = Words(_("scope in English"), max_length=200, blank=True)
    as_of = DateRangeField(_("as of"), null=True, blank=True)
    counted_by_zh = Words(_("counted by"), max_length=80)
    counted_by_en = Words(_("counted by, in English"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("market figure")
        verbose_name_plural = pgettext_lazy("table", "market figures")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isempty=False) & (Q(value__lower_inf=False) | Q(value__upper_inf=False)),
                name="figure_value_says_something",
            ),
            models.CheckConstraint(condition=Q(unit__in=FigureUnit.values), name="figure_unit_is_known"),
            models.CheckConstraint(condition=~Q(counted_by_zh=""), name="figure_says_who_counted"),
            models.CheckConstraint(
                condition=ArePlain(
                    "name_zh", "name_en", "scope_zh", "scope_en", "counted_by_zh", "counted_by_en"
                ),
                name="figure_words_are_plain",
            ),
        ]

    def __str__(self) -> str:
        return self.name_zh

    def get_absolute_url(self) -> str:
        return f"{address('market')}?figure={self.slug}#{self.slug}"

    @property
    def scope(self) -> str:
        return (self.scope_en if in_english() else self.scope_zh) or self.scope_zh

    @property
    def counted_by(self) -> str:
        return (self.counted_by_en if in_english() else self.counted_by_zh) or self.counted_by_zh


class FigureEvidence(Located):
    """The quotation of one article that states a market figure."""

    figure = models.ForeignKey(
        MarketFigure, on_delete=models.CASCADE, related_name="evidence", verbose_name=_("market figure")
    )
    basis = models.CharField(
        _("basis"),
        max_length=20,
        choices=[(Basis.STATED, Basis.STATED.label), (Basis.INFERRED, Basis.INFERRED.label)],
        default=Basis.STATED,
    )

    class Meta:
        ordering = ["figure", "source", "line", "start"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            *Located.place_constraints("figure_evidence"),
            models.CheckConstraint(condition=Q(source__isnull=False), name="figure_evidence_has_source"),
            models.UniqueConstraint(
                fields=["figure", "source", "line", "start"], name="figure_evidence_place_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure_id}: {self.quotation}"
