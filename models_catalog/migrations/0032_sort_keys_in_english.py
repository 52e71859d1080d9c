"""Names sort by their English form too: a column beside `sort_key`, in history as well, filled by the next migration.

The views of the past name their columns, so they are made anew.
"""

from importlib import import_module

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

past = import_module("models_catalog.migrations.0007_as_of")


class Migration(migrations.Migration):
    dependencies = [
        ("models_catalog", "0031_login_attempts_by_hash"),
    ]

    operations = [
        migrations.RunPython(past.drop_views, past.make_views),
        pgtrigger.migrations.RemoveTrigger(
            model_name="developer",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="developer",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="developer",
            name="delete_delete",
        ),
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
            model_name="developer",
            name="sort_key_en",
            field=models.CharField(
                blank=True, editable=False, max_length=200, verbose_name="sort key in English"
            ),
        ),
        migrations.AddField(
            model_name="developerevent",
            name="sort_key_en",
            field=models.CharField(
                blank=True, editable=False, max_length=200, verbose_name="sort key in English"
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="sort_key_en",
            field=models.CharField(
                blank=True, editable=False, max_length=200, verbose_name="sort key in English"
            ),
        ),
        migrations.AddField(
            model_name="entryevent",
            name="sort_key_en",
            field=models.CharField(
                blank=True, editable=False, max_length=200, verbose_name="sort key in English"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                models.F("sort_key_en"),
                models.F("slug"),
                condition=models.Q(("is_listed", True)),
                name="entry_sort_key_en",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="developer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_developerevent" ("aliases", "id", "kind", "name_en", "name_zh", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "sort_key", "sort_key_en") VALUES (NEW."aliases", NEW."id", NEW."kind", NEW."name_en", NEW."name_zh", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."sort_key", NEW."sort_key_en"); RETURN NULL;',
                    hash="9eb5df3f1fa6162b3d1a26155e14eedcc0dc6d2a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_81fc8",
                    table="models_catalog_developer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="developer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "models_catalog_developerevent" ("aliases", "id", "kind", "name_en", "name_zh", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "sort_key", "sort_key_en") VALUES (NEW."aliases", NEW."id", NEW."kind", NEW."name_en", NEW."name_zh", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."sort_key", NEW."sort_key_en"); RETURN NULL;',
                    hash="8cf57f70e77cc3d6cace6203b3cbd0ef30f232cb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1fbd3",
                    table="models_catalog_developer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="developer",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_developerevent" ("aliases", "id", "kind", "name_en", "name_zh", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "sort_key", "sort_key_en") VALUES (OLD."aliases", OLD."id", OLD."kind", OLD."name_en", OLD."name_zh", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug", OLD."sort_key", OLD."sort_key_en"); RETURN NULL;',
                    hash="9c0a4ec0d672f8c9ac476b81d711604152d8a89c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2d8d7",
                    table="models_catalog_developer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_entryevent" ("aliases", "category", "created_at", "id", "is_listed", "kind", "merged_into_id", "modalities", "name_en", "name_zh", "not_applicable", "openness", "parameters", "parameters_stated", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released", "released_stated", "slug", "sort_key", "sort_key_en", "stage", "undisclosed") VALUES (NEW."aliases", NEW."category", NEW."created_at", NEW."id", NEW."is_listed", NEW."kind", NEW."merged_into_id", NEW."modalities", NEW."name_en", NEW."name_zh", NEW."not_applicable", NEW."openness", NEW."parameters", NEW."parameters_stated", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."released", NEW."released_stated", NEW."slug", NEW."sort_key", NEW."sort_key_en", NEW."stage", NEW."undisclosed"); RETURN NULL;',
                    hash="8e66ccd547ca1481148913e517e26f24d273438c",
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
                    func='INSERT INTO "models_catalog_entryevent" ("aliases", "category", "created_at", "id", "is_listed", "kind", "merged_into_id", "modalities", "name_en", "name_zh", "not_applicable", "openness", "parameters", "parameters_stated", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released", "released_stated", "slug", "sort_key", "sort_key_en", "stage", "undisclosed") VALUES (NEW."aliases", NEW."category", NEW."created_at", NEW."id", NEW."is_listed", NEW."kind", NEW."merged_into_id", NEW."modalities", NEW."name_en", NEW."name_zh", NEW."not_applicable", NEW."openness", NEW."parameters", NEW."parameters_stated", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."released", NEW."released_stated", NEW."slug", NEW."sort_key", NEW."sort_key_en", NEW."stage", NEW."undisclosed"); RETURN NULL;',
                    hash="775a3163f30627601352646412147d8a7a8dc361",
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
                    func='INSERT INTO "models_catalog_entryevent" ("aliases", "category", "created_at", "id", "is_listed", "kind", "merged_into_id", "modalities", "name_en", "name_zh", "not_applicable", "openness", "parameters", "parameters_stated", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released", "released_stated", "slug", "sort_key", "sort_key_en", "stage", "undisclosed") VALUES (OLD."aliases", OLD."category", OLD."created_at", OLD."id", OLD."is_listed", OLD."kind", OLD."merged_into_id", OLD."modalities", OLD."name_en", OLD."name_zh", OLD."not_applicable", OLD."openness", OLD."parameters", OLD."parameters_stated", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."released", OLD."released_stated", OLD."slug", OLD."sort_key", OLD."sort_key_en", OLD."stage", OLD."undisclosed"); RETURN NULL;',
                    hash="4cee0f3a12ad2de6a333dd0e0ad7fdd446931a05",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dc207",
                    table="models_catalog_entry",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunPython(past.make_views, past.drop_views),
    ]
