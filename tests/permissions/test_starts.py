"""Whatever is done at the desk, to rows of the fixtures or beside them, the next starts leave as it is."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from models_catalog.intake.fixtures.load import merge_fixtures
from models_catalog.intake.fixtures.rows import Fixtures
from models_catalog.intake.fixtures.tables import TABLES
from tests.ingest.as_fixtures import as_fixtures, upgraded
from tests.permissions.acts import Act, request_of
from tests.permissions.desk import Desk, contents, given_back
from tests.permissions.every_act import ACTS
from tests.permissions.table import Who

pytestmark = pytest.mark.django_db
WRITING = list(
    {act.what.rpartition(", _")[0] or act.what: act for act in ACTS if act.does is not None}.values()
)
"""Every act of the table of permissions that changes something (by one of the buttons that save): a new verb of the desk
is in it, or the tests of that table fail."""


@pytest.fixture(scope="module")
def loaded(desk: Desk, django_db_blocker: DjangoDbBlocker) -> Iterator[Fixtures]:
    """The fixtures that the desk's rows were loaded from."""
    with django_db_blocker.unblock(), given_back():
        fixtures = as_fixtures()
        merge_fixtures(fixtures)
        yield fixtures


def carry_out(act: Act, desk: Desk) -> None:
    who = next(who for who in (Who.SUPERUSER, Who.ADMIN, Who.ANONYMOUS) if who in act.by)
    request_of(act, desk.case(who), desk.client(who)).send(desk.client(who))
    check_constraints()
    assert act.does is not None
    assert act.does(desk.case(who))


def check_constraints() -> None:
    """What the database looks at when a transaction ends, it looks at now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def rows() -> dict[tuple[str, int], str]:
    """Each row of the tables that fixtures fill, as text."""
    found: dict[tuple[str, int], str] = {}
    with connection.cursor() as cursor:
        for table in TABLES.values():
            name = table.model._meta.db_table
            cursor.execute(f"SELECT id, to_jsonb(row) FROM {name} AS row")
            found |= {(name, pk): comparable(name, text) for pk, text in cursor.fetchall()}
    return found


def comparable(table: str, text: Any) -> str:
    """Of an entry only what people decide about it; its columns follow from claims, also from new ones."""
    row = json.loads(text) if isinstance(text, str) else text
    return json.dumps(
        {"slug": row["slug"], "into": row["merged_into_id"]} if table.endswith("_entry") else row
    )


@pytest.mark.parametrize("act", WRITING, ids=lambda act: act.what)
def test_starts_and_upgrades_leave_what_was_done(act: Act, desk: Desk, loaded: Fixtures) -> None:
    with given_back():
        before = rows()
        carry_out(act, desk)
        done, all_tables = rows(), contents()
        for _start in range(3):
            merge_fixtures(loaded)
        check_constraints()
        assert contents() == all_tables
        merge_fixtures(upgraded(loaded))
        after = rows()
        touched = {key for key in before.keys() | done.keys() if before.get(key) != done.get(key)}
        assert {key: after.get(key) for key in touched} == {key: done.get(key) for key in touched}


@pytest.mark.parametrize(
    "act",
    [act for act in WRITING if act.at.endswith(("_decide", "_merge", "_undo", "_delete"))],
    ids=lambda act: act.what,
)
def test_an_upgrade_is_loaded_once(act: Act, desk: Desk, loaded: Fixtures) -> None:
    with given_back():
        carry_out(act, desk)
        later = upgraded(loaded)
        merge_fixtures(later)
        first = contents()
        merge_fixtures(later)
        check_constraints()
        assert contents() == first
