"""Saved views: lists of the desk as a user narrowed, ordered and laid them out, each under a name."""

from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """The state of a list, which is its query string, kept for one user."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    list = models.CharField(max_length=60, help_text="Name of the list's address.")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1_000, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        default_permissions: ClassVar[Any] = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "list", "name"], name="saved_view_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
