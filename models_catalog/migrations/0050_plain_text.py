"""Which characters a text may hold (`text.characters`), as functions of the database; what is there already is mended.

Older rows may hold what somebody pasted: line breaks become blanks, what nobody sees is left out, as forms do it now.
Their histories keep what was.
"""

from django.db import migrations

BREAKS = r"\u0009-\u000d\u0085\u2028\u2029"
UNSEEN = r"\u00ad\u061c\u200b-\u200f\u2060\ufeff"
LAST_TWO = r"\ufffe\uffff" + "".join(rf"\U{plane:04X}FFFE\U{plane:04X}FFFF" for plane in range(1, 17))
NEVER = (
    r"\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef" + LAST_TWO
)

FUNCTIONS = f"""
CREATE FUNCTION catalog_are_quotable(VARIADIC texts text[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT array_to_string(texts, '') !~ '[{NEVER}]' $$;

CREATE FUNCTION catalog_are_plain(VARIADIC texts text[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT array_to_string(texts, '') !~ '[{NEVER}{BREAKS}{UNSEEN}]' $$;

CREATE FUNCTION catalog_quotable(words text) RETURNS text LANGUAGE sql IMMUTABLE
AS $$ SELECT coalesce(nullif(regexp_replace(words, '[{NEVER}]', '', 'g'), ''), '?') $$;

CREATE FUNCTION catalog_plain(words text) RETURNS text LANGUAGE sql IMMUTABLE
AS $$ SELECT catalog_quotable(btrim(regexp_replace(regexp_replace(
    words, '[ {BREAKS}]*[{BREAKS}][ {BREAKS}]*', ' ', 'g'), '[{UNSEEN}]', '', 'g'))) $$;
"""
DROP = "DROP FUNCTION catalog_are_quotable(text[]); DROP FUNCTION catalog_are_plain(text[]);"
PLAIN = {
    "claim": ("text", "said_by_zh", "said_by_en", "reason_zh", "reason_en", "gloss_en"),
    "entry": ("name_zh", "name_en"),
    "searchkey": ("text",),
    "developer": ("name_zh", "name_en"),
    "sector": ("name_zh", "name_en"),
    "source": (
        "file_name", "name_zh", "name_en", "publisher_zh", "publisher_en", "author_zh", "author_en", "found_at_zh", "found_at_en", "published_note_zh",
        "published_note_en", "condition_zh", "condition_en",
    ),
    "marketfigure": ("name_zh", "name_en", "scope_zh", "scope_en", "counted_by_zh", "counted_by_en"),
    "omission": ("note_zh", "note_en", "gloss_en"),
    "figureevidence": ("gloss_en",),
    "developerclaim": ("text", "reason_zh", "reason_en", "gloss_en"),
    "report": ("reason",),
}  # fmt: skip
QUOTABLE = {
    "claim": ("quotation", "stated"),
    "entry": ("parameters_stated", "released_stated"),
    "entrydeveloper": ("name_as_written",),
    "developerclaim": ("quotation", "stated"),
    "figureevidence": ("quotation", "stated"),
    "omission": ("quotation", "stated"),
    "report": ("statement", "source_url"),
}
ARRAYS = ("entry", "developer")

MEND = "UPDATE models_catalog_{table} SET {column} = catalog_{kind}({column}) WHERE NOT catalog_are_{kind}({column});"
MEND_ALIASES = """
UPDATE models_catalog_{table} SET aliases = ARRAY(
    SELECT catalog_plain(one) FROM unnest(aliases) WITH ORDINALITY AS had (one, place) ORDER BY place
) WHERE NOT catalog_are_plain(VARIADIC aliases::text[]);
"""


def mend() -> str:
    kinds = {"plain": PLAIN, "quotable": QUOTABLE}
    single = [
        MEND.format(table=table, column=column, kind=kind)
        for kind, tables in kinds.items()
        for table, columns in tables.items()
        for column in columns
    ]
    arrays = [MEND_ALIASES.format(table=table) for table in ARRAYS]
    return "".join([*single, *arrays, "SET CONSTRAINTS ALL IMMEDIATE;"])


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0049_every_reading")]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        migrations.RunSQL(mend(), migrations.RunSQL.noop),
        migrations.RunSQL(
            "DROP FUNCTION catalog_plain(text); DROP FUNCTION catalog_quotable(text);", migrations.RunSQL.noop
        ),
    ]
