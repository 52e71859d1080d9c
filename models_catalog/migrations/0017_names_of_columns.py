"""What each column is called. The database keeps no names for people, so only Django's picture of the tables changes."""

from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation

NAMES = {
    "claim": {
        "answer": "answer",
        "basis": "basis",
        "created_at": "created at",
        "days": "days",
        "developer": "developer",
        "end": "end",
        "entry": "entry",
        "event": "event",
        "field": "field",
        "key": "key",
        "line": "line",
        "parent": "parent",
        "position": "position",
        "preferred": "fills the column",
        "quotation": "quotation",
        "reason_en": "reason in English",
        "reason_zh": "reason",
        "reviewed_at": "reviewed at",
        "reviewed_by": "reviewed by",
        "ruling": "ruling",
        "said_by_en": "said by, in English",
        "said_by_zh": "said by",
        "sector": "target industry",
        "source": "source",
        "start": "start",
        "stated": "words that state the value",
        "status": "status",
        "text": "name",
        "token": "word",
    },
    "developer": {
        "aliases": "other names",
        "kind": "kind",
        "name_en": "English name",
        "name_zh": "Chinese name",
        "parent": "parent",
        "slug": "address",
        "sort_key": "sort key",
    },
    "entry": {
        "aliases": "other names",
        "category": "category",
        "created_at": "created at",
        "developers": "developers",
        "is_listed": "listed",
        "kind": "kind",
        "merged_into": "merged into",
        "modalities": "modalities",
        "name_en": "English name",
        "name_zh": "Chinese name",
        "not_applicable": "not applicable",
        "openness": "openness",
        "parameters": "parameters",
        "parameters_stated": "parameters, as stated",
        "parent": "parent",
        "released": "released",
        "released_stated": "released, as stated",
        "sectors": "target industries",
        "slug": "address",
        "sort_key": "sort key",
        "sources": "sources",
        "stage": "stage",
        "undisclosed": "declared undisclosed",
    },
    "entrydeveloper": {
        "developer": "developer",
        "entry": "entry",
        "name_as_written": "name as written",
        "position": "position",
    },
    "figureevidence": {
        "basis": "basis",
        "end": "end",
        "figure": "market figure",
        "line": "line",
        "quotation": "quotation",
        "source": "source",
        "start": "start",
        "stated": "words that state the value",
    },
    "importbatch": {
        "applied_at": "applied at",
        "applied_by": "applied by",
        "counts": "counts",
        "decisions": "decisions",
        "encoding": "encoding",
        "file_name": "file name",
        "made": "made",
        "mapping": "columns",
        "options": "options",
        "source": "source",
        "state": "state",
        "text": "name",
        "undone_at": "undone at",
        "undone_by": "undone by",
        "uploaded_at": "uploaded at",
        "uploaded_by": "uploaded by",
    },
    "marketfigure": {
        "as_of": "as of",
        "counted_by_en": "counted by, in English",
        "counted_by_zh": "counted by",
        "name_en": "English name",
        "name_zh": "Chinese name",
        "position": "position",
        "scope_en": "scope in English",
        "scope_zh": "scope",
        "slug": "address",
        "unit": "unit",
        "value": "value",
    },
    "merge": {
        "done_at": "done at",
        "done_by": "done by",
        "kept": "kept",
        "merged": "merged",
        "moved": "moved",
        "undone_at": "undone at",
        "undone_by": "undone by",
    },
    "omission": {
        "end": "end",
        "line": "line",
        "note_en": "note in English",
        "note_zh": "note",
        "quotation": "quotation",
        "reason": "reason",
        "source": "source",
        "start": "start",
        "stated": "words that state the value",
    },
    "report": {
        "created_at": "created at",
        "entry": "entry",
        "field": "field",
        "handled_at": "handled at",
        "handled_by": "handled by",
        "source_url": "address of the source",
        "statement": "statement",
        "status": "status",
    },
    "sector": {
        "name_en": "English name",
        "name_zh": "Chinese name",
        "position": "position",
        "slug": "address",
    },
    "source": {
        "condition_en": "what is wrong with the text, in English",
        "file_name": "file name",
        "found_at_en": "where it was found, in English",
        "is_reworded": "reworded",
        "position": "position",
        "published": "published",
        "published_note_en": "note on the date, in English",
        "published_note_zh": "note on the date",
        "publisher_en": "publisher in English",
        "publisher_zh": "publisher",
        "sha256": "SHA-256",
        "slug": "address",
    },
}
"""Table → column → name; the table of a history calls its columns as the table whose history it is."""


class NameColumns(Operation):
    """Gives the columns of one table their names: what an AlterField each would say in thirty lines."""

    reduces_to_sql = False
    reversible = True

    def __init__(self, table: str, names: dict[str, str]) -> None:
        self.table = table
        self.names = names

    def state_forwards(self, app_label: str, state: Any) -> None:
        fields = state.models[app_label, self.table].fields
        for column, name in self.names.items():
            if column in fields:  # a history has no columns for what a table of links holds
                field = fields[column].clone()
                field.verbose_name = field._verbose_name = name
                state.alter_field(app_label, self.table, column, field, preserve_default=True)

    def database_forwards(self, *_arguments: Any) -> None:
        """Nothing to do."""

    def database_backwards(self, *_arguments: Any) -> None:
        """Nothing to undo."""

    def describe(self) -> str:
        return f"Name the columns of {self.table}"


WITH_HISTORY = {
    "claim",
    "developer",
    "entry",
    "entrydeveloper",
    "figureevidence",
    "marketfigure",
    "omission",
    "sector",
    "source",
}


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0016_merged_once")]

    operations = [
        migrations.AlterModelOptions(
            "figureevidence",
            {
                "ordering": ["figure", "source", "line", "start"],
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
            },
        ),
        migrations.AlterModelOptions(
            "report",
            {"ordering": ["-created_at", "-pk"], "verbose_name": "report", "verbose_name_plural": "reports"},
        ),
        *(NameColumns(table, names) for table, names in NAMES.items()),
        *(NameColumns(f"{table}event", names) for table, names in NAMES.items() if table in WITH_HISTORY),
    ]
