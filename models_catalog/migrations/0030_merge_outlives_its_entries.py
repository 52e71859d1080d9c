"""A merge that was undone does not keep its entries from being deleted, as by undoing an import; it keeps their addresses."""

from django.db import migrations, models

import models_catalog.models.merge

FILL = """
UPDATE models_catalog_merge SET
    kept_slug = (SELECT slug FROM models_catalog_entry WHERE id = kept_id),
    merged_slug = (SELECT slug FROM models_catalog_entry WHERE id = merged_id)
"""


def _slug(name: str, heading: str) -> migrations.AddField:
    column = models.SlugField(max_length=80, db_index=False, default="", verbose_name=heading)
    return migrations.AddField("merge", name, column, preserve_default=False)


def _entry(name: str, related_name: str) -> migrations.AlterField:
    return migrations.AlterField(
        "merge",
        name,
        models.ForeignKey(
            null=True,
            on_delete=models_catalog.models.merge.protect_standing,
            related_name=related_name,
            to="models_catalog.entry",
            verbose_name=name,
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0029_import_encoding_says_the_sheet")]

    operations = [
        _slug("kept_slug", "address of the kept entry"),
        _slug("merged_slug", "address of the merged entry"),
        migrations.AddField(
            "merge",
            "merged_name",
            models.CharField(max_length=160, blank=True, default="", verbose_name="name of the merged entry"),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        _entry("kept", "merges"),
        _entry("merged", "merged_by"),
        migrations.AlterField(
            "merge",
            "moved",
            models.JSONField(
                help_text="Claim id → entry, key, position and preference before the merge; rows of links that it removed.",
                verbose_name="moved",
            ),
        ),
        migrations.AddConstraint(
            "merge",
            models.CheckConstraint(
                condition=models.Q(("undone_at__isnull", False))
                | models.Q(("kept__isnull", False), ("merged__isnull", False)),
                name="merge_standing_has_both",
            ),
        ),
    ]
