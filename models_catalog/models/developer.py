"""Developers: organisations that build models."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from models_catalog.models.addresses import address
from models_catalog.models.fixed import ids_of
from models_catalog.models.labels import Labelled
from models_catalog.models.vocabulary import DeveloperKind, Status
from models_catalog.models.words import ArePlain, Words


class DeveloperQuerySet(models.QuerySet["Developer"]):
    """Developers, filtered by what readers may see."""

    def reviewed(self) -> DeveloperQuerySet:
        """All except those that no public claim of an entry that readers see names, but only a proposal or one that waits.

        Of these, parents of a developer that readers may see: its page names them.
        """
        return self.filter(pk__in=_reviewed())

    def with_public(self) -> DeveloperQuerySet:
        """Annotates each row with `is_public`, whether it is reviewed."""
        return self.annotate(is_public=Q(pk__in=_reviewed()))


class Developer(Labelled, models.Model):
    """One organisation, under the name that readers know; claims keep the spelling of the article."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name_zh = Words(_("Chinese name"), max_length=80)
    name_en = Words(_("English name"), max_length=120, blank=True)
    aliases = ArrayField(Words(max_length=120), default=list, blank=True, verbose_name=_("other names"))
    kind = models.CharField(_("kind"), max_length=20, choices=DeveloperKind.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
    )
    sort_key = models.CharField(
        _("sort key"),
        max_length=200,
        editable=False,
        help_text=_("Pinyin of the Chinese name; set by `actions`."),
    )
    sort_key_en = models.CharField(_("sort key in English"), max_length=200, blank=True, editable=False)

    objects = DeveloperQuerySet.as_manager()

    class Meta:
        verbose_name = _("developer")
        verbose_name_plural = pgettext_lazy("table", "developers")
        ordering = ["sort_key", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DeveloperKind.values), name="developer_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="developer_parent_is_another"),
            models.CheckConstraint(condition=~Q(name_zh=""), name="developer_has_name"),
            models.CheckConstraint(
                condition=ArePlain("name_zh", "name_en", arrays=("aliases",)),
                name="developer_words_are_plain",
            ),
        ]

    def __str__(self) -> str:
        return self.name_zh

    def get_absolute_url(self) -> str:
        return address("developer", self.slug)


_WITH_ABOVE = """
    WITH RECURSIVE named (developer_id, parent_id) AS (
        SELECT id, parent_id FROM models_catalog_developer WHERE parent_id IS NOT NULL
        UNION ALL
        SELECT developer_id, parent_id FROM models_catalog_developerclaim
        WHERE parent_id IS NOT NULL AND status IN ('accepted', 'disputed')
    ), above (id) AS (
        {ids} UNION SELECT parent_id FROM named JOIN above ON developer_id = above.id
    ) SELECT id FROM above
"""
"""`ids`, and those of the developers that the pages of these name as their parents, and so on."""


@cache
def _reviewed() -> RawSQL:
    """The ids of the developers that readers may see."""
    known = ids_of(Developer.objects.filter(_is_known()))
    return RawSQL(_WITH_ABOVE.format(ids=known.sql), known.params)  # noqa: S611 - nothing of a request is in it


def _is_known() -> Q:
    claims: Any = Developer._meta.get_field("claims").related_model
    entries: Any = claims._meta.get_field("entry").related_model
    named, ever = (
        table.objects.filter(developer=models.OuterRef("pk"))
        for table in (claims, claims._meta.get_field("events").related_model)
    )
    public = Q(status__in=[Status.ACCEPTED, Status.DISPUTED])
    of_listed = entries._meta.get_field("events").related_model.objects.filter(is_listed=True)
    was_shown = ever.filter(public, models.Exists(of_listed.filter(pgh_obj_id=models.OuterRef("entry_id"))))
    # A proposal that named it may be corrected or deleted since: that does not make it public.
    is_orphan = ~models.Exists(named) & (~models.Exists(ever) | models.Exists(was_shown))
    return Q(is_orphan | models.Exists(named.filter(public, entry__is_listed=True)))


def with_subsidiaries(slugs: Collection[str], developers: Iterable[Developer]) -> list[str]:
    """`slugs` and those of all organisations below them, at any depth."""
    rows = list(developers)
    below: dict[int | None, list[Developer]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    found, reached = list(slugs), [row for row in rows if row.slug in slugs]
    while reached:
        reached = [child for row in reached for child in below.get(row.pk, ()) if child.slug not in found]
        found += [row.slug for row in reached]
    return found
