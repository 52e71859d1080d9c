"""One row of everything that an address can speak of, and one user of every kind."""

from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User

from models_catalog.claims.merge import merge_entries
from models_catalog.models import Claim, ImportBatch, Report, SourceText
from models_catalog.models.vocabulary import OmissionReason
from models_catalog.publish.releases.freeze import make_release
from models_catalog.roles import Role
from tests.factories import make_developer, make_entry, make_figure, make_omission, make_sector, make_source

ROLES = "models_catalog.migrations.0006_past_and_roles"
"""The migration that gives the roles their permissions."""


@dataclass(frozen=True)
class World:
    """`ids` by the name of the table in the admin's addresses."""

    ids: dict[str, int]
    slugs: dict[str, str]
    users: dict[str, User] = field(default_factory=dict)

    release: int = 0

    @property
    def claim_key(self) -> str:
        """The key of the claim, within its entry."""
        return Claim.objects.get(pk=self.ids["models_catalog_claim"]).key

    @property
    def sheets(self) -> dict[str, str]:
        """The name of each table's export."""
        tables: dict[str, Any] = {
            model._meta.label_lower.replace(".", "_"): own for model, own in admin.site._registry.items()
        }
        return {table: own.exported_as[0].name for table, own in tables.items()}


def make_user(name: str, role: Role | None = None, *, is_active: bool = True) -> User:
    """Someone with that role who may enter the admin; without a role, someone who may only log in."""
    user = User.objects.create_user(
        name, password="correct horse", is_staff=role is not None, is_active=is_active
    )
    if role is not None:
        user.groups.add(group_of(role))
    return user


def group_of(role: Role) -> Group:
    """The role's group, made again where a test with real transactions has emptied all tables."""
    if not Group.objects.filter(name=role).exists():
        import_module(ROLES).make_roles(apps, None)
    return Group.objects.get(name=role)


def make_world() -> World:
    entry = make_entry("文心一言")
    rows = {
        "models_catalog_claim": entry.claims.first(),
        "models_catalog_developer": make_developer("百度"),
        "models_catalog_entry": entry,
        "models_catalog_importbatch": ImportBatch.objects.create(
            file_name="a.csv", text="name\n轩辕\n", uploaded_by="editors", options={"status": "proposed"}
        ),
        "models_catalog_marketfigure": make_figure(),
        "models_catalog_merge": merge_entries(kept=entry, merged=make_entry("文心"), by="editors"),
        "models_catalog_omission": make_omission(reason=OmissionReason.FOREIGN_MODEL),
        "models_catalog_report": Report.objects.create(
            entry=entry, field="parameters", statement="错了", source_url="https://example.org/"
        ),
        "models_catalog_sector": make_sector("金融"),
        "models_catalog_source": make_source(),
        "auth_user": make_user("somebody"),
        "auth_group": group_of(Role.VIEWER),
    }
    SourceText.objects.create(source=make_source(), text="2600亿，文心一言\n\n青鸾\n", encoding="utf-8")
    users = {role.value: make_user(f"a-{role}", role) for role in Role}
    users["disabled"] = make_user("a-disabled", Role.CURATOR)
    users["newcomer"] = User.objects.create_user("a-newcomer", password="correct horse", is_staff=True)
    users["superuser"] = User.objects.create_superuser("a-superuser", password="correct horse")
    ids = {table: row.pk for table, row in rows.items() if row}
    slugs = {
        table.rpartition("_")[2]: row.slug for table, row in rows.items() if row and hasattr(row, "slug")
    }
    return World(ids, slugs, users, make_release(day=date(2026, 11, 22)).number)
