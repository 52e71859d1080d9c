"""The three roles, as groups that migrations fill:

viewers read every list and export; curators also add and change; admins also delete, merge and manage users.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.management import create_permissions
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Name of the group, and its label for curators."""

    VIEWER = "viewer", _("Viewer")
    CURATOR = "curator", _("Curator")
    ADMIN = "admin", _("Administrator")


def grant(apps: Any, app_label: str, actions: dict[Role, Iterable[str]], tables: Iterable[str]) -> None:
    """Give each role its `actions` (view, add, change, delete) on `tables`. For migrations, with their `apps`."""
    _make_permissions(apps, app_label)
    permission = apps.get_model("auth", "Permission")
    for role, allowed in actions.items():
        group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=role.value)
        codenames = [f"{action}_{table}" for action in allowed for table in tables]
        found = permission.objects.filter(content_type__app_label=app_label, codename__in=codenames)
        group.permissions.add(*found)


def _make_permissions(apps: Any, app_label: str) -> None:
    """Create permissions now: Django does so after all migrations, too late for one that grants them."""
    config = apps.get_app_config(app_label)
    module = getattr(config, "models_module", None)  # a migration's app has none
    config.models_module = module or True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = module
