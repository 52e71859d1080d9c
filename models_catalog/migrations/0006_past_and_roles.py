"""The database as the site sees it: the registry as it was, and the groups viewer, curator and admin."""

from typing import Any

from django.db import migrations

from models_catalog.migrations._past import MAKE_VIEWS
from models_catalog.roles import Role, grant

CURATED = (
    "entry", "claim", "source", "developer", "developerclaim", "sector", "marketfigure", "figureevidence", "omission",
)  # fmt: skip
ACTIONS = (
    (CURATED, "view", "view add change", "view add change delete"),
    (("importbatch",), "view", "view add change", "view add change"),
    (("report",), "view", "view change", "view change"),
    (("merge",), "view", "view", "view add change"),
)
"""Tables, and what viewers, curators and administrators may do with them."""


def make_roles(apps: Any, schema_editor: Any) -> None:
    for tables, *actions in ACTIONS:
        allowed = {role: may.split() for role, may in zip(Role, actions, strict=True)}
        grant(apps, "models_catalog", allowed, tables)
    grant(apps, "auth", {Role.ADMIN: ("view", "add", "change", "delete")}, ("user",))
    grant(apps, "auth", {Role.ADMIN: ("view",)}, ("group",))


def remove_roles(apps: Any, schema_editor: Any) -> None:
    apps.get_model("auth", "Group").objects.filter(name__in=Role.values).delete()


class Migration(migrations.Migration):
    replaces = [
        ("models_catalog", "0003_roles"),
        ("models_catalog", "0007_as_of"),
        ("models_catalog", "0009_merge_roles"),
        ("models_catalog", "0011_import_roles"),
    ]
    dependencies = [
        ("models_catalog", "0005_triggers"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [MAKE_VIEWS, migrations.RunPython(make_roles, remove_roles)]
