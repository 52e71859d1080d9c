"""Everybody sees the merges; administrators merge, and undo it."""

from typing import Any

from django.db import migrations

from models_catalog.roles import Role, grant

ACTIONS = {Role.VIEWER: ("view",), Role.CURATOR: ("view",), Role.ADMIN: ("view", "add", "change")}


def make_roles(apps: Any, schema_editor: Any) -> None:
    grant(apps, "models_catalog", ACTIONS, ("merge",))


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0008_merge")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
