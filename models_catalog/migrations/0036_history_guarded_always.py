"""The guards of histories hold in every session: also in one that bids triggers be silent, as a replica's does.

`SET session_replication_role = replica` passes by a trigger that is merely enabled. A dump loads as before: it makes
triggers after the rows. Releases, which are as final as history, cannot be emptied at one stroke any more either.
"""

from django.db import migrations

GUARDS = ("append_only", "no_truncate")
HISTORIES = (
    *(
        f"models_catalog_{history}event"
        for history in (
            "claim", "developer", "entrydeveloper", "entry", "entrysector", "entrysource", "figureevidence",
            "marketfigure", "omission", "report", "sector", "source",
        )
    ),
    "pghistory_context",
)  # fmt: skip
RELEASE = "models_catalog_release"

EMPTY = f"""
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {RELEASE}
FOR EACH STATEMENT EXECUTE FUNCTION catalog_refuse_thawing();
"""


def enabled(how: str) -> str:
    """Statements that enable all guards; `how` is ALWAYS, or empty for the common way."""
    guards = [(table, guard) for table in HISTORIES for guard in GUARDS]
    guards += [(RELEASE, "frozen"), (RELEASE, "no_truncate")]
    return "".join(f"ALTER TABLE {table} ENABLE {how} TRIGGER {guard};" for table, guard in guards)


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0035_narrow_search_keys")]

    operations = [
        migrations.RunSQL(EMPTY, f"DROP TRIGGER no_truncate ON {RELEASE};"),
        migrations.RunSQL(enabled("ALWAYS"), enabled("")),
    ]
