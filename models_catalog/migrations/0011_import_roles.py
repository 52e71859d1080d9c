"""Everybody sees the imports; curators preview, apply and undo them."""

from typing import Any

from django.db import migrations

from models_catalog.roles import Role, grant

ACTIONS = {
    Role.VIEWER: ("view",),
    Role.CURATOR: ("view", "add", "change"),
    Role.ADMIN: ("view", "add", "change"),
}


def make_roles(apps: Any, schema_editor: Any) -> None:
    grant(apps, "models_catalog", ACTIONS, ("importbatch",))


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0010_import_batch")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
