"""A web page can be a source, without a text: quotations from it have no place. The views of the past follow."""

from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.models import CharField, F, Q, UniqueConstraint

from models_catalog.migrations._columns import checks
from models_catalog.migrations._history import add_recorded
from models_catalog.migrations._past import DROP_VIEWS, MAKE_VIEWS
from models_catalog.models.words import ArePlain

ADDRESS = CharField(
    "address on the web", max_length=500, blank=True, help_text="The server never fetches it."
)
OPTIONAL = {
    "sha256": CharField("SHA-256", max_length=64, blank=True),
    "condition_zh": CharField("what is wrong with the text", max_length=300, blank=True),
    "condition_en": CharField("what is wrong with the text, in English", max_length=400, blank=True),
    "file_name": CharField("file name", max_length=120, blank=True),
}
WORDS = (
    "file_name", "name_zh", "name_en", "publisher_zh", "publisher_en", "author_zh", "author_en", "found_at_zh", "found_at_en",
    "published_note_zh", "published_note_en", "condition_zh", "condition_en",
)  # fmt: skip
HEX = Q(sha256__regex="^[0-9a-f]{64}$")
NOWHERE = Q(source=None, line=None, start=None, end=None, quotation="", stated="")
SOMEWHERE = (
    Q(source__isnull=False, line__isnull=False, start__isnull=False, end__isnull=False)
    & Q(line__gte=1, end__gt=F("start"))
    & ~Q(quotation="")
    & ~Q(stated="")
)
WITHOUT_PLACE = Q(source__isnull=False, line=None, start=None, end=None) & ~Q(quotation="") & ~Q(stated="")


NEW = [
    *checks(
        source_is_on_the_web=Q(web_address="") | Q(web_address__regex=r"^https?://"),
        source_has_text_or_address=~Q(sha256="", web_address="")
        & (Q(sha256="", file_name="") | ~Q(Q(sha256="") | Q(file_name=""))),
    ),
    UniqueConstraint(fields=["file_name"], condition=~Q(file_name=""), name="source_file_name_is_unique"),
]


def widen(table: str, name: str, condition: Any) -> list[Operation]:
    """Replace a constraint by a wider one."""
    return [
        migrations.RemoveConstraint(table, name),
        migrations.AddConstraint(table, *checks(**{name: condition})),
    ]


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0012_file_with_sheets")]

    operations = [
        DROP_VIEWS,
        *add_recorded("Source", web_address=ADDRESS),
        *(
            migrations.AlterField(table, name, field)
            for name, field in OPTIONAL.items()
            for table in ("source", "sourceevent")
        ),
        *widen("source", "source_sha256_is_hex", Q(sha256="") | HEX),
        *widen("source", "source_words_are_plain", ArePlain(*WORDS, "web_address")),
        *(migrations.AddConstraint("source", check) for check in NEW),
        *(
            step
            for table in ("claim", "developer_claim")
            for step in widen(
                table.replace("_", ""), f"{table}_source_has_location", NOWHERE | SOMEWHERE | WITHOUT_PLACE
            )
        ),
        MAKE_VIEWS,
    ]
