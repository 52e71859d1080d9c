"""The text of a source is kept for curators, apart from the source and without a history, so that it can be purged."""

from django.db import migrations
from django.db.models import CASCADE, CharField, DateTimeField, OneToOneField, Q, TextField

from models_catalog.migrations._columns import checks, columns, known

ENCODINGS = [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 + BOM"), ("gb18030", "GB18030")]


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0009_decide_on_import")]

    operations = [
        migrations.CreateModel(
            "SourceText",
            columns(
                source=OneToOneField(
                    "models_catalog.source", CASCADE, related_name="kept_text", verbose_name="source"
                ),
                text=TextField("text"),
                encoding=CharField("encoding", max_length=12, choices=ENCODINGS),
                kept_at=DateTimeField("kept since", auto_now_add=True),
            ),
            options={
                "verbose_name": "kept text",
                "verbose_name_plural": "kept texts",
                "constraints": checks(
                    source_text_is_bounded=~Q(text="") & Q(text__length__lte=2_000_000),
                    source_text_encoding_is_known=Q(encoding__in=known(ENCODINGS)),
                ),
            },
        ),
    ]
