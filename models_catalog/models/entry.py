"""Entries, the registry's main table."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField, BigIntegerRangeField, DateRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from models_catalog.models.addresses import address
from models_catalog.models.developer import Developer
from models_catalog.models.entry_queryset import EntryQuerySet
from models_catalog.models.labels import Labelled
from models_catalog.models.sector import Sector
from models_catalog.models.source import Source
from models_catalog.models.vocabulary import (
    WITHOUT_CATEGORY,
    Category,
    Field,
    Kind,
    Modality,
    Openness,
    Stage,
)
from models_catalog.models.words import ArePlain, AreQuotable


class Entry(Labelled, models.Model):
    """One Chinese large model, model family, model platform or application that a source names.

    Every column except `slug`, `merged_into` and `created_at` holds only what accepted claims say and is written only
    by `claims.settle`; the database refuses a value that no accepted claim backs. Unknown text is "", an unknown
    interval NULL.
    """

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    is_listed = models.BooleanField(_("listed"), default=False, editable=False)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True, editable=False)
    name_en = models.CharField(_("English name"), max_length=160, blank=True, editable=False)
    aliases = ArrayField(
        models.CharField(max_length=160),
        default=list,
        blank=True,
        editable=False,
        verbose_name=_("other names"),
    )
    sort_key = models.CharField(_("sort key"), max_length=200, blank=True, editable=False)
    sort_key_en = models.CharField(_("sort key in English"), max_length=200, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, blank=True, editable=False)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        editable=False,
        verbose_name=_("parent"),
    )
    category = models.CharField(
        _("category"), max_length=20, choices=Category.choices, blank=True, editable=False
    )
    modalities = ArrayField(
        models.CharField(max_length=20, choices=Modality.choices),
        default=list,
        blank=True,
        editable=False,
        verbose_name=_("modalities"),
    )
    parameters = BigIntegerRangeField(_("parameters"), null=True, blank=True, editable=False)
    parameters_stated = models.CharField(
        _("parameters, as stated"), max_length=24, blank=True, editable=False
    )
    context_length = BigIntegerRangeField(_("context length"), null=True, blank=True, editable=False)
    context_length_stated = models.CharField(
        _("context length, as stated"), max_length=24, blank=True, editable=False
    )
    released = DateRangeField(_("released"), null=True, blank=True, editable=False)
    released_stated = models.CharField(_("released, as stated"), max_length=24, blank=True, editable=False)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices, blank=True, editable=False)
    openness = models.CharField(
        _("openness"), max_length=20, choices=Openness.choices, blank=True, editable=False
    )
    links = ArrayField(
        models.CharField(max_length=180),
        default=list,
        blank=True,
        editable=False,
        verbose_name=_("links"),
        help_text="What stands there and the address, as “code https://…”.",
    )
    undisclosed = ArrayField(
        models.CharField(max_length=20, choices=Field.choices),
        default=list,
        blank=True,
        editable=False,
        verbose_name=_("declared undisclosed"),
    )
    not_applicable = ArrayField(
        models.CharField(max_length=20, choices=Field.choices),
        default=list,
        blank=True,
        editable=False,
        verbose_name=_("not applicable"),
    )
    bases = models.JSONField(
        _("bases"), default=dict, editable=False, help_text="Column of the files → stated, inferred, curator."
    )
    developers = models.ManyToManyField(
        Developer,
        through="EntryDeveloper",
        related_name="entries",
        editable=False,
        verbose_name=pgettext_lazy("table", "developers"),
    )
    sectors = models.ManyToManyField(
        Sector,
        related_name="entries",
        editable=False,
        verbose_name=pgettext_lazy("table", "target industries"),
    )
    sources = models.ManyToManyField(
        Source, related_name="entries", editable=False, verbose_name=_("sources")
    )

    waiting_name = ""
    """A proposed name, set only by queries for curators."""

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "slug"]
        verbose_name = _("entry")
        verbose_name_plural = pgettext_lazy("table", "entries")
        indexes = [
            models.Index("sort_key", "slug", name="entry_sort_key"),
            models.Index("sort_key_en", "slug", name="entry_sort_key_en", condition=Q(is_listed=True)),
            models.Index("category", name="entry_category"),
            models.Index("openness", name="entry_openness"),
            models.Index("stage", name="entry_stage"),
            models.Index("kind", name="entry_kind"),
            GinIndex("modalities", name="entry_modalities"),
            GistIndex("parameters", name="entry_parameters"),
            GistIndex("context_length", name="entry_context_length"),
            GistIndex("released", name="entry_released"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9][a-z0-9-]*$"), name="entry_slug_is_plain"
            ),
            models.CheckConstraint(
                condition=Q(is_listed=False) | ~Q(name_zh=""), name="entry_listed_has_name"
            ),
            models.CheckConstraint(
                condition=Q(is_listed=False) | Q(merged_into=None), name="entry_merged_is_not_listed"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="entry_parent_is_another"),
            models.CheckConstraint(
                condition=ArePlain("name_zh", "name_en", arrays=("aliases",)), name="entry_words_are_plain"
            ),
            models.CheckConstraint(
                condition=AreQuotable("parameters_stated", "released_stated", "context_length_stated"),
                name="entry_words_are_quotable",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="entry_merged_into_another"),
            models.CheckConstraint(condition=Q(kind__in=["", *Kind.values]), name="entry_kind_is_known"),
            models.CheckConstraint(
                condition=Q(category__in=["", *Category.values]), name="entry_category_is_known"
            ),
            models.CheckConstraint(
                condition=Q(category="") | ~Q(kind__in=WITHOUT_CATEGORY), name="entry_category_fits_kind"
            ),
            models.CheckConstraint(
                condition=Q(openness__in=["", *Openness.values]), name="entry_openness_is_known"
            ),
            models.CheckConstraint(condition=Q(stage__in=["", *Stage.values]), name="entry_stage_is_known"),
            models.CheckConstraint(
                condition=Q(modalities__contained_by=Modality.values), name="entry_modalities_are_known"
            ),
            models.CheckConstraint(
                condition=Q(parameters=None) | Q(parameters__startswith__gte=1),
                name="entry_parameters_are_positive",
            ),
            models.CheckConstraint(
                condition=Q(context_length=None) | Q(context_length__startswith__gte=1),
                name="entry_context_length_is_positive",
            ),
            models.CheckConstraint(
                condition=Q(released=None) | Q(released__isempty=False, released__lower_inf=False),
                name="entry_released_has_a_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name_zh or self.waiting_name or self.slug

    def get_absolute_url(self) -> str:
        return address("entry", self.slug)

    @property
    def label(self) -> str:
        """The name in the reader's language; without an accepted name a proposed one, if loaded, or the slug."""
        return super().label or self.waiting_name or self.slug

    @property
    def called(self) -> str:
        """The name for curators; without an accepted name a proposed one, if loaded, or the slug."""
        return self.name_zh or self.waiting_name or self.slug


class EntryDeveloper(models.Model):
    """One developer of an entry; joint developers keep the order of the source."""

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="entry_developers", verbose_name=_("entry")
    )
    developer = models.ForeignKey(
        Developer, on_delete=models.PROTECT, related_name="entry_developers", verbose_name=_("developer")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    name_as_written = models.CharField(_("name as written"), max_length=24, blank=True)

    class Meta:
        ordering = ["entry", "position"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "developer"], name="entry_developer_once"),
            models.UniqueConstraint(
                fields=["entry", "position"],
                name="entry_developer_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=AreQuotable("name_as_written"), name="entry_developer_words_are_quotable"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.developer} → {self.entry}"
