"""Target industries."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from models_catalog.models.addresses import address
from models_catalog.models.labels import Labelled
from models_catalog.models.words import ArePlain, Words

MOVED = {"industry": "manufacturing"}
"""Former slugs of sectors → current ones; former ones are still accepted."""


def current_slug(slug: str) -> str:
    """The current slug of a sector, from a current or former one."""
    return MOVED.get(slug, slug)


class Sector(Labelled, models.Model):
    """One target industry of the registry's vocabulary; claims keep the words of the article."""

    slug = models.SlugField(_("address"), max_length=40, unique=True)
    name_zh = Words(_("Chinese name"), max_length=40)
    name_en = Words(_("English name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("target industry")
        verbose_name_plural = pgettext_lazy("table", "target industries")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(condition=~Q(name_zh="") & ~Q(name_en=""), name="sector_has_both_names"),
            models.CheckConstraint(condition=ArePlain("name_zh", "name_en"), name="sector_words_are_plain"),
        ]

    def __str__(self) -> str:
        return self.name_zh

    def get_absolute_url(self) -> str:
        return address("sector", self.slug)
