"""Every statement that changes what the catalog shows leaves a row behind, so that a reader's memory can follow.

`catalog_change` is only ever inserted into, so that writers never wait for each other. The sum of the weights that a
reader sees names the state of the catalog that it sees; weights are drawn at random, so that no two histories share a
name, whatever is rolled back, restored or truncated. `entries` are the entries that the statement touched: none if it
touched developers, sectors or sources only, NULL if it touched too many to name. Old rows are merged into one of the
same weight, which changes no sum.
"""

from django.db import migrations

TABLE = """
CREATE TABLE catalog_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    weight numeric NOT NULL DEFAULT floor(random() * 2 ^ 52) + 1,
    entries bigint[],
    is_merged boolean NOT NULL DEFAULT false
);

CREATE FUNCTION catalog_note_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    touched bigint[] := '{}';
    noted bigint;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        touched := NULL;
    ELSIF TG_NARGS = 1 THEN
        EXECUTE format(
            CASE TG_OP
                WHEN 'UPDATE' THEN 'SELECT array_agg(id) FROM (SELECT %1$I AS id FROM after UNION SELECT %1$I FROM before) both_'
                WHEN 'INSERT' THEN 'SELECT array_agg(DISTINCT %1$I) FROM after'
                ELSE 'SELECT array_agg(DISTINCT %1$I) FROM before'
            END, TG_ARGV[0]
        ) INTO touched;
        IF touched IS NULL THEN
            RETURN NULL;
        ELSIF cardinality(touched) > 1000 THEN
            touched := NULL;
        END IF;
    END IF;
    INSERT INTO catalog_change (entries) VALUES (touched) RETURNING id INTO noted;
    IF noted % 64 = 0 THEN
        WITH old AS (
            DELETE FROM catalog_change
            WHERE id IN (SELECT id FROM catalog_change WHERE id <= noted - 64 FOR UPDATE SKIP LOCKED)
            RETURNING weight
        )
        INSERT INTO catalog_change (weight, is_merged) SELECT sum(weight), true FROM old HAVING count(*) > 0;
    END IF;
    RETURN NULL;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER note_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS after
FOR EACH STATEMENT EXECUTE FUNCTION catalog_note_change({argument});
CREATE TRIGGER note_update AFTER UPDATE ON {table} REFERENCING OLD TABLE AS before NEW TABLE AS after
FOR EACH STATEMENT EXECUTE FUNCTION catalog_note_change({argument});
CREATE TRIGGER note_delete AFTER DELETE ON {table} REFERENCING OLD TABLE AS before
FOR EACH STATEMENT EXECUTE FUNCTION catalog_note_change({argument});
CREATE TRIGGER note_truncate AFTER TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION catalog_note_change({argument});
"""
ENTRY_ID = {"entry": "id"} | dict.fromkeys(
    ("entrydeveloper", "entry_sectors", "entry_sources", "claim", "searchkey"), "entry_id"
)
"""Table → the column that names the entry."""
REFERENCES = ("developer", "sector", "source")
EVENTS = ("insert", "update", "delete", "truncate")


def create() -> str:
    made = [
        TRIGGERS.format(table=f"models_catalog_{table}", argument=f"'{column}'")
        for table, column in ENTRY_ID.items()
    ]
    made += [TRIGGERS.format(table=f"models_catalog_{table}", argument="") for table in REFERENCES]
    return TABLE + "".join(made)


def drop() -> str:
    tables = [*ENTRY_ID, *REFERENCES]
    triggers = [
        f"DROP TRIGGER note_{event} ON models_catalog_{table};" for table in tables for event in EVENTS
    ]
    return "".join([*triggers, "DROP FUNCTION catalog_note_change(); DROP TABLE catalog_change;"])


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0017_names_of_columns")]

    operations = [migrations.RunSQL(create(), drop())]
