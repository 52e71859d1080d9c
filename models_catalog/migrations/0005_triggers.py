"""Rules that the database keeps by itself: columns that claims back, history that stays, and a row for each change."""

from collections.abc import Iterable

from django.db import migrations

from models_catalog.migrations import _sql

HISTORIES = (
    "account", "claim", "developer", "developerclaim", "entry", "entrydeveloper", "entrysector", "entrysource",
    "figureevidence", "importbatch", "marketfigure", "membership", "merge", "omission", "report", "secondfactor",
    "sector", "source",
)  # fmt: skip
WITH_HISTORY = (
    "claim", "developer", "developerclaim", "entry", "entry_sectors", "entry_sources", "entrydeveloper",
    "figureevidence", "importbatch", "marketfigure", "merge", "omission", "report", "sector", "source",
)  # fmt: skip

ENTRY_ID = {"entry": "id"} | dict.fromkeys(
    ("entrydeveloper", "entry_sectors", "entry_sources", "claim", "searchkey"), "entry_id"
)
"""Table → the column that names the entry."""
NOTED = ("developer", "developerclaim", "sector", "source")
NOTED_WITHOUT_ROWS = ("marketfigure", "figureevidence", "omission", "release", "merge")

GUARD = """
CREATE TRIGGER {name} BEFORE {operations} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}();
"""
ALWAYS = "ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};"
"""A guard holds in every session: also in one that tells triggers to rest, as that of a replica does."""


def guarded(table: str, name: str, operations: str, function: str) -> str:
    """A trigger that refuses these operations, in every session."""
    each = "STATEMENT" if operations == "TRUNCATE" else "ROW"
    made = GUARD.format(table=table, name=name, operations=operations, function=function, each=each)
    return made + ALWAYS.format(table=table, name=name)


def guards() -> Iterable[str]:
    """History and releases are written once, and no table with a history is emptied at one stroke."""
    for history in HISTORIES:
        table = f"models_catalog_{history}event"
        yield guarded(table, "append_only", "UPDATE OR DELETE", "catalog_refuse_rewriting")
        yield guarded(table, "no_truncate", "TRUNCATE", "catalog_refuse_rewriting")
    yield guarded("pghistory_context", "append_only", "UPDATE OR DELETE", "catalog_context_only_grows")
    yield guarded("pghistory_context", "no_truncate", "TRUNCATE", "catalog_refuse_rewriting")
    yield guarded("models_catalog_release", "frozen", "UPDATE OR DELETE", "catalog_refuse_thawing")
    yield guarded("models_catalog_release", "no_truncate", "TRUNCATE", "catalog_refuse_thawing")
    for table in WITH_HISTORY:  # in the common way: a replica may fill its server again
        yield GUARD.format(
            table=f"models_catalog_{table}",
            name="no_silent_truncate",
            operations="TRUNCATE",
            function="catalog_refuse_truncate",
            each="STATEMENT",
        )


ROWS = {
    "INSERT": "REFERENCING NEW TABLE AS after",
    "UPDATE": "REFERENCING OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "REFERENCING OLD TABLE AS before",
    "TRUNCATE": "",
}
"""Operation → the rows that the trigger sees."""


def note(table: str, column: str = "", *, with_rows: bool = True) -> str:
    """Triggers that note each statement on a table; `column` names the entry that a row is about."""
    argument = f"'{column}'" if column else ""
    return "".join(
        f"CREATE TRIGGER note_{operation.lower()} AFTER {operation} ON models_catalog_{table} "
        f"{rows if with_rows else ''} FOR EACH STATEMENT "
        f"EXECUTE FUNCTION catalog_note_change({argument});"
        for operation, rows in ROWS.items()
    )


def notes() -> Iterable[str]:
    """Each table that readers see something of."""
    yield from (note(table, column) for table, column in ENTRY_ID.items())
    yield from (note(table) for table in NOTED)
    yield from (note(table, with_rows=False) for table in NOTED_WITHOUT_ROWS)


class Migration(migrations.Migration):
    replaces = [
        ("models_catalog", "0002_entry_is_backed"),
        ("models_catalog", "0006_append_only"),
        ("models_catalog", "0013_release_rules"),
        ("models_catalog", "0016_merged_once"),
        ("models_catalog", "0018_catalog_change"),
        ("models_catalog", "0021_catalog_change_of_the_rest"),
        ("models_catalog", "0036_history_guarded_always"),
        ("models_catalog", "0037_no_silent_truncate"),
    ]
    dependencies = [("models_catalog", "0004_events")]
    operations = [
        _sql.run(
            "backing",
            "DROP FUNCTION catalog_entry_is_backed, catalog_claim_still_backs, catalog_merged_once CASCADE;"
            "DROP FUNCTION catalog_assert_backed;",
        ),
        _sql.run(
            "guards",
            "DROP FUNCTION catalog_refuse_rewriting, catalog_context_only_grows, catalog_refuse_thawing,"
            " catalog_refuse_truncate CASCADE",
        ),
        migrations.RunSQL("".join(guards()), migrations.RunSQL.noop),
        _sql.run("changes", "DROP FUNCTION catalog_note_change CASCADE; DROP TABLE catalog_change;"),
        migrations.RunSQL("".join(notes()), migrations.RunSQL.noop),
    ]
