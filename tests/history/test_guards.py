"""Every table of history, as the database has them, refuses to be rewritten: in any session, also in one of a replica."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from models_catalog.models import HISTORIES
from tests.history.every_table import write_every_table

pytestmark = pytest.mark.django_db

FIND = """
SELECT table_name FROM information_schema.columns
WHERE table_schema = 'public' AND column_name = 'pgh_label' ORDER BY 1
"""
ENABLED = """
SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname IN ('append_only', 'no_truncate')
ORDER BY 1
"""
STATEMENTS = ("UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}", "TRUNCATE {} CASCADE")
COLUMN = {"pghistory_context": ("metadata", "'{}'"), "models_catalog_release": ("size", "1")}
LABEL = ("pgh_label", "'x'")
"""What to try to change."""


def final_tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(FIND)
        return [name for (name,) in cursor.fetchall()] + [*COLUMN]


def test_the_database_has_the_history_of_every_tracked_table() -> None:
    tracked = {
        model._meta.db_table for model in apps.get_models() if getattr(model, "pgh_tracked_model", None)
    }
    assert {*final_tables()} - {*COLUMN} == tracked


@pytest.mark.parametrize("role", ["origin", "replica"])
def test_no_session_rewrites_history(role: str) -> None:
    write_every_table()
    said = {
        (table, statement): said_to(statement.format(table, *COLUMN.get(table, LABEL)), role)
        for table in final_tables()
        for statement in STATEMENTS
    }
    assert [asked for asked, words in said.items() if not refuses(words, asked[0])] == []


def said_to(statement: str, role: str) -> str:
    """What the database answers to a statement that a session of that role asks for; "" if it does it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL session_replication_role = {role}")
            cursor.execute(statement)
    except ProgrammingError as error:
        return str(error)
    return ""


def refuses(words: str, table: str) -> bool:
    return f"on {table}" in words and ("history is not rewritten" in words or "is frozen" in words)


@pytest.mark.parametrize("table", [model._meta.db_table for model in HISTORIES])
def test_no_table_with_a_history_is_emptied_at_one_stroke(table: str) -> None:
    write_every_table()
    assert "history would not tell of it: TRUNCATE" in said_to(f"TRUNCATE {table} CASCADE", "origin")


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_again_after_the_suite_has_emptied_all_tables() -> None:
    connection.ops.execute_sql_flush(["TRUNCATE models_catalog_claim CASCADE"])
    assert "history would not tell of it" in said_to("TRUNCATE models_catalog_claim", "origin")
    assert "history is not rewritten" in said_to("TRUNCATE models_catalog_claimevent", "replica")


def test_every_guard_holds_in_every_session() -> None:
    with connection.cursor() as cursor:
        for table in {*final_tables()} - {"models_catalog_release"}:
            cursor.execute(ENABLED, [table])
            assert cursor.fetchall() == [("append_only", "A"), ("no_truncate", "A")], table
