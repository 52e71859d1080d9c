"""Whatever changes a row of the registry, by whichever way: the history says who, when, what, and from which import."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from models_catalog.claims.recording import recorded
from models_catalog.models import ACCOUNTS, HISTORIES, Claim, Developer, Entry, ImportBatch
from models_catalog.models.history import DELETE, UPDATE, WITHOUT_HISTORY
from models_catalog.roles import Role
from tests.factories import make_developer, make_entry, make_sector
from tests.history.every_table import write_every_table
from tests.imports.test_import import apply, batch_of
from tests.permissions.world import group_of, make_user

pytestmark = pytest.mark.django_db

KEPT = HISTORIES | ACCOUNTS
SAID = {"what": "a test", "who": "somebody", "file": "a.csv"}
LONG_AGO = datetime(2020, 1, 1, tzinfo=timezone.get_current_timezone())
CHANGED: dict[str, tuple[str, Any]] = {
    "models_catalog_claim": ("said_by_zh", "谁"), "models_catalog_developer": ("name_en", "Else"),
    "models_catalog_developerclaim": ("reason_zh", "为何"),
    "models_catalog_entry": ("created_at", LONG_AGO), "models_catalog_entrydeveloper": ("position", 9),
    "models_catalog_entry_sectors": ("sector_id", 0), "models_catalog_entry_sources": ("source_id", 0),
    "models_catalog_figureevidence": ("line", 9), "models_catalog_importbatch": ("encoding", "gbk"),
    "models_catalog_marketfigure": ("scope_zh", "别处"), "models_catalog_merge": ("merged_name", "别名"),
    "models_catalog_omission": ("line", 9), "models_catalog_report": ("statement", "又错了"),
    "models_catalog_sector": ("name_en", "Else"), "models_catalog_source": ("name_en", "Else"),
    "auth_user": ("is_active", False), "auth_user_groups": ("group_id", 0), "otp_totp_totpdevice": ("confirmed", True),
}  # fmt: skip
"""Table → a column, and what it gets; number 0 is a row that there is none of, which waits for the transaction's end."""


def by_row(table: Any, pk: int, column: str, value: Any) -> None:
    row = table._default_manager.get(pk=pk)
    setattr(row, column, value)
    row.save(update_fields=[column])


def by_bulk(table: Any, pk: int, column: str, value: Any) -> None:
    table._default_manager.filter(pk=pk).update(**{column: value})


def by_sql(table: Any, pk: int, column: str, value: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE {table._meta.db_table} SET "{column}" = %s WHERE id = %s', [value, pk])


def gone_by_sql(table: Any, pk: int, *_unused: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table._meta.db_table} WHERE id = %s", [pk])


WAYS: dict[Callable[..., None], str] = {by_row: UPDATE, by_bulk: UPDATE, by_sql: UPDATE, gone_by_sql: DELETE}


def test_every_table_of_the_registry_has_a_history_or_a_reason() -> None:
    config = apps.get_app_config("models_catalog")
    tables = {
        model
        for model in config.get_models(include_auto_created=True)
        if not model._meta.proxy and not hasattr(model, "pgh_tracked_model")
    }
    assert tables == {*HISTORIES, *WITHOUT_HISTORY}
    assert {*HISTORIES} & {*WITHOUT_HISTORY} == set()
    assert {table._meta.db_table for table in KEPT} == {*CHANGED}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_change_of_any_table_is_in_its_history(way: Callable[..., None]) -> None:
    write_every_table()
    missing = {table._meta.db_table for table in KEPT if last_line(table, way) != (WAYS[way], SAID)}
    assert missing == set()


def last_line(table: Any, way: Callable[..., None]) -> tuple[str, Any]:
    """What the history says last of a row that is changed that way, and then left as it was."""
    column, value = CHANGED[table._meta.db_table]
    pk, begun = table._default_manager.values_list("pk", flat=True).first(), timezone.now()
    with transaction.atomic():
        with recorded("a test", who="somebody", file="a.csv"):
            way(table, pk, column, value)
        line = KEPT[table].objects.filter(pgh_obj_id=pk).select_related("pgh_context").latest("pgh_id")
        told = line.pgh_label, line.pgh_context and line.pgh_context.metadata
        assert (begun - line.pgh_created_at).total_seconds() < 60
        assert way is gone_by_sql or getattr(line, column) == value
        transaction.set_rollback(True)
    return told


def test_the_admin_says_who(client: Client) -> None:
    developer = make_developer("百度")
    user = User.objects.create_superuser("chief")
    client.force_login(user)
    address = f"/admin/models_catalog/developer/{developer.pk}/change/"
    form = client.get(address).context["adminform"].form
    posted = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    version = client.get(address).context["version"]
    statements = {"statements-TOTAL_FORMS": 0, "statements-INITIAL_FORMS": 0}
    client.post(address, {**posted, **statements, "name_en": "Baidu Inc.", "version": version})
    line = HISTORIES[Developer].objects.select_related("pgh_context").latest("pgh_id")
    assert (line.name_en, line.pgh_context.metadata) == ("Baidu Inc.", {"what": "edit", "who": "chief"})


def test_an_import_says_from_which_file() -> None:
    make_sector("金融")
    make_entry("文心一言", developers=["百度"])
    batch = apply(batch_of("公司,大模型,类别\n百度,文心一言,金融\n度小满,轩辕,\n"))
    said = {"what": "import", "who": "curator", "file": "a.csv", "batch": batch.pk}
    for table, row in (
        (Claim, batch.made["claims"][0]),
        (Entry, batch.made["entries"][0]),
        (ImportBatch, batch.pk),
    ):
        line = HISTORIES[table].objects.filter(pgh_obj_id=row).select_related("pgh_context").latest("pgh_id")
        assert line.pgh_context.metadata == said, table


def test_roles_and_passwords_say_who_gave_them(client: Client) -> None:
    user = make_user("somebody")
    client.force_login(User.objects.create_superuser("chief"))
    form = {
        "username": "somebody",
        "groups": [group_of(Role.CURATOR).pk],
    }  # without a tick: may no longer log in
    address = f"/admin/auth/user/{user.pk}/change/"
    client.post(address, form | {"version": client.get(address).context["version"]})
    words = {
        "password1": "horse staple battery",
        "password2": "horse staple battery",
        "usable_password": "true",
    }
    client.post(f"/admin/auth/user/{user.pk}/password/", words)
    page = client.get(f"/en/admin/auth/user/{user.pk}/history/")
    told = [(line.who, str(line.done), str(line.subject)) for line in page.context["lines"]]
    assert {("chief", "New password", ""), ("chief", "Added", "Role"), ("chief", "Changed", "")} < {*told}
    user.refresh_from_db()
    assert user.password not in page.content.decode()


def test_no_history_of_accounts_keeps_a_secret() -> None:
    columns = {field.name for event in ACCOUNTS.values() for field in event._meta.get_fields()}
    assert columns & {"password", "last_login", "key", "last_t", "drift"} == set()
