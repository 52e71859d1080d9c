"""The desk works for the role that serves, and that role can forge no history: the database refuses."""

import os
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from models_catalog.models import HISTORIES, Claim
from models_catalog.models.history import UPDATE
from registry import grants
from tests.permissions.acts import Act, request_of
from tests.permissions.desk import Desk, given_back, make_desk
from tests.permissions.every_act import ACTS
from tests.permissions.table import Who
from tests.permissions.test_acts import carried_out

pytestmark = pytest.mark.django_db

ROLE = f"site_{os.getpid()}"
EVENTS = "models_catalog_claimevent"


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """As ever, served by a role of its own, in a database in which others may do nothing (deploy/database.sql)."""
    with django_db_blocker.unblock(), given_back():
        made = make_desk()
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; CREATE ROLE {ROLE}")
            cursor.execute(f'REVOKE ALL ON DATABASE "{connection.settings_dict["NAME"]}" FROM PUBLIC')
            grants.seal()
            grants.grant(ROLE)
            cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield made


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.what)
def test_every_act_of_the_desk_is_done_by_the_role_that_serves(act: Act, desk: Desk) -> None:
    who = next(one for one in Who if one in act.by)
    with given_back():
        request = request_of(act, desk.case(who), desk.client(who))
        assert carried_out(act, who, request, desk) == "done"


def test_the_registry_without_a_source_is_shown_by_the_role_that_serves(desk: Desk) -> None:
    assert desk.client(Who.ANONYMOUS).get("/models/?without=thepaper-2023").status_code == 200


def test_what_the_role_changes_is_in_the_history(desk: Desk) -> None:
    with given_back():
        Claim.objects.filter(pk=desk.world.ids["proposal"]).update(said_by_zh="改")
        event = HISTORIES[Claim].objects.filter(pgh_label=UPDATE, said_by_zh="改")
        assert event.count() == 1


SHADOWS = (
    "CREATE TEMPORARY TABLE models_catalog_claim ON COMMIT DROP AS SELECT * FROM models_catalog_claim;"
    " UPDATE pg_temp.models_catalog_claim SET status = 'accepted', preferred = true, token = 'application', field = 'kind'",
    "SELECT set_config('search_path', 'catalog_as_of, public', true), set_config('catalog.as_of', '2000-01-01', true)",
)


@pytest.mark.parametrize("shadow", SHADOWS, ids=["temporary tables", "the past"])
def test_no_value_is_backed_by_what_stands_before_the_claims(shadow: str, desk: Desk) -> None:
    with given_back(), connection.cursor() as cursor:
        cursor.execute(shadow)
        cursor.execute("UPDATE public.models_catalog_entry SET kind = 'application'")
        with pytest.raises(IntegrityError, match="no accepted claim"), transaction.atomic():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


FORGERIES = (
    f"ALTER TABLE {EVENTS} DISABLE TRIGGER append_only",
    "ALTER TABLE models_catalog_claim DISABLE TRIGGER ALL",
    f"INSERT INTO {EVENTS} SELECT * FROM {EVENTS} LIMIT 1",
    f"UPDATE {EVENTS} SET said_by_zh = 'x'",
    f"DELETE FROM {EVENTS}",
    f"TRUNCATE {EVENTS} CASCADE",
    "TRUNCATE models_catalog_claim CASCADE",
    "UPDATE pghistory_context SET metadata = metadata || '{}'",
    "INSERT INTO pghistory_context (id, created_at, updated_at, metadata) VALUES (gen_random_uuid(), now(), now(), '{}')",
    "SELECT set_config('pghistory.context_id', gen_random_uuid()::text, true),"
    " set_config('pghistory.context_metadata', '{}', true), _pgh_attach_context()",
    "INSERT INTO models_catalog_release SELECT * FROM models_catalog_release",
    "UPDATE models_catalog_release SET size = 1",
    "INSERT INTO catalog_change DEFAULT VALUES",
    "INSERT INTO auth_group_permissions (group_id, permission_id) SELECT 1, 1",
    "UPDATE django_migrations SET name = 'x'",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION catalog_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "DROP TRIGGER append_only ON pghistory_context",
    "CREATE TABLE public.mine (id int)",
    "CREATE VIEW catalog_as_of.mine AS SELECT 1",
    "SELECT setval(pg_get_serial_sequence('models_catalog_claimevent', 'pgh_id'), 1)",
)


@pytest.mark.parametrize("statement", FORGERIES)
def test_the_role_that_serves_forges_nothing(statement: str, desk: Desk) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_writer_of_history_serves_no_table_of_the_roles_own(desk: Desk) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgfoid::regproc FROM pg_trigger WHERE tgrelid = 'models_catalog_claim'::regclass AND tgname LIKE '%insert_insert%'"
        )
        (writer,) = cursor.fetchone()
    with pytest.raises(ProgrammingError, match="permission denied for function"), transaction.atomic():
        connection.cursor().execute(
            "CREATE TEMP TABLE mine (LIKE models_catalog_claim);"
            f"CREATE TRIGGER forge AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION {writer}()"
        )


def test_no_session_bids_its_history_be_silent(desk: Desk) -> None:
    with given_back():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT string_agg(tgname, ',') FROM pg_trigger WHERE tgrelid = 'models_catalog_claim'::regclass"
            )
            cursor.execute(
                "SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + cursor.fetchone()[0] + "}"]
            )
        Claim.objects.filter(pk=desk.world.ids["proposal"]).update(said_by_zh="改")
        assert HISTORIES[Claim].objects.filter(said_by_zh="改").count() == 1


def test_the_role_that_serves_is_told_from_the_owner(desk: Desk) -> None:
    with given_back():
        assert grants.may_forge("default") is False
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        assert grants.may_forge("default") is True
