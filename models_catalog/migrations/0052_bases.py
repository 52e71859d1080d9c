"""An entry says on what each of its values rests; filled for the entries that are there. The views of the past follow."""

from importlib import import_module
from typing import Any

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from models_catalog.claims.bases import bases_of

past = import_module("models_catalog.migrations.0007_as_of")


def fill(apps: Any, schema_editor: Any) -> None:
    """Settling an entry writes its bases from then on."""
    entries = apps.get_model("models_catalog", "Entry").objects.all()
    claims = (
        apps.get_model("models_catalog", "Claim").objects.filter(status="accepted").select_related("sector")
    )
    for entry in entries.iterator(500):
        told = list(claims.filter(entry=entry).order_by("field", "position", "pk"))
        columns = {
            name: getattr(entry, name)
            for name in ("name_zh", "name_en", "aliases", "category", "released", "stage")
        }
        entries.filter(pk=entry.pk).update(bases=bases_of(told, columns))
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("models_catalog", "0051_plain_text_is_held"),
    ]

    operations = [
        migrations.RunPython(past.drop_views, past.make_views),
        pgtrigger.migrations.RemoveTrigger(
            model_name="entry",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="entry",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="entry",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="entry",
            name="bases",
            field=models.JSONField(
                default=dict,
                editable=False,
                help_text="Column of the files → stated, inferred, curator.",
                verbose_name="bases",
            ),
        ),
        migrations.AddField(
            model_name="entryevent",
            name="bases",
            field=models.JSONField(
                default=dict,
                editable=False,
                help_text="Column of the files → stated, inferred, curator.",
                verbose_name="bases",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_entryevent" ("aliases", "bases", "category", "created_at", "id", "is_listed", "kind", "merged_into_id", "modalities", "name_en", "name_zh", "not_applicable", "openness", "parameters", "parameters_stated", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released", "released_stated", "slug", "sort_key", "sort_key_en", "stage", "undisclosed") VALUES (NEW."aliases", NEW."bases", NEW."category", NEW."created_at", NEW."id", NEW."is_listed", NEW."kind", NEW."merged_into_id", NEW."modalities", NEW."name_en", NEW."name_zh", NEW."not_applicable", NEW."openness", NEW."parameters", NEW."parameters_stated", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."released", NEW."released_stated", NEW."slug", NEW."sort_key", NEW."sort_key_en", NEW."stage", NEW."undisclosed"); RETURN NULL;',
                    hash="2e389f7cabe0f24b2ada28493086630fe434b329",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_524e5",
                    table="models_catalog_entry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "models_catalog_entryevent" ("aliases", "bases", "category", "created_at", "id", "is_listed", "kind", "merged_into_id", "modalities", "name_en", "name_zh", "not_applicable", "openness", "parameters", "parameters_stated", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released", "released_stated", "slug", "sort_key", "sort_key_en", "stage", "undisclosed") VALUES (NEW."aliases", NEW."bases", NEW."category", NEW."created_at", NEW."id", NEW."is_listed", NEW."kind", NEW."merged_into_id", NEW."modalities", NEW."name_en", NEW."name_zh", NEW."not_applicable", NEW."openness", NEW."parameters", NEW."parameters_stated", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."released", NEW."released_stated", NEW."slug", NEW."sort_key", NEW."sort_key_en", NEW."stage", NEW."undisclosed"); RETURN NULL;',
                    hash="0a4dd45c5dbe6a845a041bfab7e3b121d0523b5f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1358d",
                    table="models_catalog_entry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_entryevent" ("aliases", "bases", "category", "created_at", "id", "is_listed", "kind", "merged_into_id", "modalities", "name_en", "name_zh", "not_applicable", "openness", "parameters", "parameters_stated", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released", "released_stated", "slug", "sort_key", "sort_key_en", "stage", "undisclosed") VALUES (OLD."aliases", OLD."bases", OLD."category", OLD."created_at", OLD."id", OLD."is_listed", OLD."kind", OLD."merged_into_id", OLD."modalities", OLD."name_en", OLD."name_zh", OLD."not_applicable", OLD."openness", OLD."parameters", OLD."parameters_stated", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."released", OLD."released_stated", OLD."slug", OLD."sort_key", OLD."sort_key_en", OLD."stage", OLD."undisclosed"); RETURN NULL;',
                    hash="e0701cfe18099e6260916fb593d607ff974a85a8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dc207",
                    table="models_catalog_entry",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(past.make_views, past.drop_views),
    ]
