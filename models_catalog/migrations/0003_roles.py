"""The groups viewer, curator and admin, and what each may do with the tables of the registry."""

from typing import Any

from django.db import migrations

from models_catalog.roles import Role, grant

TABLES = ("entry", "claim", "source", "developer", "sector", "marketfigure", "figureevidence", "omission")
ACTIONS = {
    Role.VIEWER: ("view",),
    Role.CURATOR: ("view", "add", "change"),
    Role.ADMIN: ("view", "add", "change", "delete"),
}


def make_roles(apps: Any, schema_editor: Any) -> None:
    grant(apps, "models_catalog", ACTIONS, TABLES)
    grant(apps, "auth", {Role.ADMIN: ("view", "add", "change", "delete")}, ("user",))
    grant(apps, "auth", {Role.ADMIN: ("view",)}, ("group",))


def remove_roles(apps: Any, schema_editor: Any) -> None:
    apps.get_model("auth", "Group").objects.filter(name__in=Role.values).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("models_catalog", "0002_entry_is_backed"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
