"""The two database roles: the owner migrates and makes releases; the site's role serves and cannot write history.

`seal` applies to every database: history is written by triggers that run as the owner of its tables, and no session can
disable them. `grant` gives the site's role only the rights that it needs. Both run after each `migrate`, which creates
tables and replaces triggers.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError
from django.db import connections

SCHEMAS = ("public", "catalog_as_of")
"""The schema of the tables, and the schema of views that show them as of a past date."""

READ_ALONE = (
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "catalog_change",
    "django_content_type",
    "django_migrations",
    "models_catalog_release",
    "pghistory_context",
)
"""Tables that only triggers, `migrate` and `release` write. The site reads them, and likewise every event table."""

SEAL = r"""
DO $seal$
DECLARE writer regprocedure;
BEGIN
    -- A session could bid the triggers of its history be silent: SET pgtrigger.ignore = '{…}'.
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN
    LANGUAGE sql IMMUTABLE AS 'SELECT false';

    -- Whoever could name these functions in a trigger on a table of his own could have them write what he likes.
    FOR writer IN
        SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype
        AND prosrc ~ {writes}
    LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp', writer);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', writer);
    END LOOP;

    -- What they check is the tables, whatever temporary tables or views of the past a session puts before them.
    FOR writer IN
        SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        AND proname IN ('catalog_assert_backed', 'catalog_entry_is_backed', 'catalog_claim_still_backs', 'catalog_merged_once')
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', writer);
    END LOOP;
END $seal$;
"""

GRANT = r"""
DO $grant$
DECLARE
    site text := {role};
    held regclass;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA public, catalog_as_of TO %I', site);
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public, catalog_as_of FROM %I', site);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA public, catalog_as_of TO %I', site);
    EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM %I', site);
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO %I', site);
    FOR held IN
        SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        AND NOT relname = ANY ({read_alone})
    LOOP
        EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %s TO %I', held, site);
    END LOOP;
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    EXECUTE format('REVOKE CREATE ON SCHEMA public FROM %I', site);
    -- A page without some of the sources is made from temporary tables.
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO %I', current_database(), site);
END $grant$;
"""

FORGES = """
SELECT coalesce(bool_or(pg_has_role(current_user, relowner, 'USAGE') OR has_table_privilege(oid, 'INSERT')), false)
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY (%s) AND relkind = 'r'
"""


def tables_of_events() -> list[str]:
    return sorted(
        model._meta.db_table for model in apps.get_models() if getattr(model, "pgh_tracked_model", None)
    )


def seal(alias: str = "default") -> None:
    """Make history triggers run as the owner, whatever settings a session changes."""
    with connections[alias].cursor() as cursor:
        tables = "|".join([*tables_of_events(), "catalog_change"])
        cursor.execute(SEAL.replace("{writes}", _quoted(alias, rf'INSERT INTO "?({tables})\M')))


def grant(role: str, alias: str = "default") -> None:
    """Grant the site's role its rights. CommandError if the role does not exist."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = %s", [role])
        if not cursor.fetchone()[0]:
            raise CommandError(f"There is no role {role} to serve with: deploy/roles.sql makes it.")
        cursor.execute(granting(role, alias))


def granting(role: str, alias: str = "default") -> str:
    """The SQL statement that grants them."""
    names = _quoted(alias, [*READ_ALONE, *tables_of_events()])
    return GRANT.format(role=_quoted(alias, role), read_alone=f"{names}::text[]")


def _quoted(alias: str, value: str | list[str]) -> str:
    """The value as an SQL literal."""
    ops: Any = connections[alias].ops
    return str(ops.compose_sql("%s", [value]))


def may_forge(alias: str) -> bool:
    """Whether the role of this connection can write history directly."""
    with connections[alias].cursor() as cursor:
        cursor.execute(FORGES, [tables_of_events()])
        return bool(cursor.fetchone()[0])


def after_migrate(using: str = "default", **_: Any) -> None:
    """Seal the history, and grant rights to the site's role if there is one."""
    seal(using)
    if settings.DATABASE_SITE_ROLE and settings.DATABASE_AS_OWNER:
        grant(settings.DATABASE_SITE_ROLE, using)
