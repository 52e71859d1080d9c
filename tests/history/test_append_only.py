"""History writes itself, also for bulk and SQL writes, and the database refuses to change it."""

import pytest
from django.db import ProgrammingError, connection
from pghistory.models import Context

from models_catalog.claims.recording import recorded
from models_catalog.models import ACCOUNTS, HISTORIES, Claim, Entry
from models_catalog.models.history import DELETE, INSERT, EntrySectorEvent
from tests.factories import make_entry
from tests.history.every_table import write_every_table

KEPT = HISTORIES | ACCOUNTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Entry:
    return make_entry(
        "轩辕", developers=["度小满"], sectors=["金融"], parameters="千亿级", released="2023-05"
    )


def test_a_new_row_is_in_the_history() -> None:
    write_every_table()
    for table, event in KEPT.items():
        inserted = event.objects.filter(pgh_label=INSERT).values_list("pgh_obj_id", flat=True)
        assert {*table.objects.values_list("pk", flat=True)} <= {*inserted} != set()


def test_a_bulk_update_is_in_the_history(entry: Entry) -> None:
    Claim.objects.filter(entry=entry).update(said_by_zh="百度")
    events = HISTORIES[Claim].objects.filter(said_by_zh="百度")
    assert events.count() == entry.claims.count()


def test_a_delete_by_sql_is_in_the_history(entry: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM models_catalog_entry_sectors WHERE entry_id = %s", [entry.pk])
    assert EntrySectorEvent.objects.filter(entry_id=entry.pk, pgh_label=DELETE).count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE pghistory_context SET metadata = '{}'",
        "DELETE FROM pghistory_context",
        "TRUNCATE pghistory_context CASCADE",
    ],
)
def test_the_database_refuses_to_rewrite_who_did_it(statement: str) -> None:
    with recorded("a test", who="somebody"):
        make_entry("轩辕")
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="history is not rewritten"):
        cursor.execute(statement)


def test_a_change_says_who_did_what() -> None:
    before = list(Context.objects.values_list("pk", flat=True))
    with recorded("a test", who="somebody"):
        make_entry("轩辕")
    assert Context.objects.exclude(pk__in=before).get().metadata == {"what": "a test", "who": "somebody"}
