"""Sources name their authors, and market figures count industries and regions. The views of the past are made again."""

from importlib import import_module

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

past = import_module("models_catalog.migrations.0007_as_of")


class Migration(migrations.Migration):
    dependencies = [
        ("models_catalog", "0047_category_fits_kind"),
    ]

    operations = [
        migrations.RunPython(past.drop_views, past.make_views),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="marketfigure",
            name="figure_unit_is_known",
        ),
        migrations.AddField(
            model_name="source",
            name="author_en",
            field=models.CharField(blank=True, max_length=80, verbose_name="author in English"),
        ),
        migrations.AddField(
            model_name="source",
            name="author_zh",
            field=models.CharField(blank=True, max_length=60, verbose_name="author"),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="author_en",
            field=models.CharField(blank=True, max_length=80, verbose_name="author in English"),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="author_zh",
            field=models.CharField(blank=True, max_length=60, verbose_name="author"),
        ),
        migrations.AlterField(
            model_name="marketfigure",
            name="unit",
            field=models.CharField(
                choices=[
                    ("models", "models"),
                    ("models-per-industry", "models in one industry"),
                    ("organisations", "organisations"),
                    ("percent", "per cent"),
                    ("usd", "US dollars"),
                    ("cny", "yuan"),
                    ("parameters", "parameters"),
                    ("people", "people"),
                    ("chips", "chips"),
                    ("products", "products"),
                    ("months", "months"),
                    ("years", "years"),
                    ("points", "points"),
                    ("sectors", "industries"),
                    ("regions", "regions"),
                ],
                max_length=20,
                verbose_name="unit",
            ),
        ),
        migrations.AlterField(
            model_name="marketfigureevent",
            name="unit",
            field=models.CharField(
                choices=[
                    ("models", "models"),
                    ("models-per-industry", "models in one industry"),
                    ("organisations", "organisations"),
                    ("percent", "per cent"),
                    ("usd", "US dollars"),
                    ("cny", "yuan"),
                    ("parameters", "parameters"),
                    ("people", "people"),
                    ("chips", "chips"),
                    ("products", "products"),
                    ("months", "months"),
                    ("years", "years"),
                    ("points", "points"),
                    ("sectors", "industries"),
                    ("regions", "regions"),
                ],
                max_length=20,
                verbose_name="unit",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_sourceevent" ("author_en", "author_zh", "condition_en", "condition_zh", "file_name", "found_at_en", "found_at_zh", "id", "is_reworded", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published", "published_note_en", "published_note_zh", "publisher_en", "publisher_zh", "sha256", "slug") VALUES (NEW."author_en", NEW."author_zh", NEW."condition_en", NEW."condition_zh", NEW."file_name", NEW."found_at_en", NEW."found_at_zh", NEW."id", NEW."is_reworded", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."published", NEW."published_note_en", NEW."published_note_zh", NEW."publisher_en", NEW."publisher_zh", NEW."sha256", NEW."slug"); RETURN NULL;',
                    hash="6b91e9a6012a0d9e36e40f5bf67ca4977bbd90b8",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_59756",
                    table="models_catalog_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "models_catalog_sourceevent" ("author_en", "author_zh", "condition_en", "condition_zh", "file_name", "found_at_en", "found_at_zh", "id", "is_reworded", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published", "published_note_en", "published_note_zh", "publisher_en", "publisher_zh", "sha256", "slug") VALUES (NEW."author_en", NEW."author_zh", NEW."condition_en", NEW."condition_zh", NEW."file_name", NEW."found_at_en", NEW."found_at_zh", NEW."id", NEW."is_reworded", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."published", NEW."published_note_en", NEW."published_note_zh", NEW."publisher_en", NEW."publisher_zh", NEW."sha256", NEW."slug"); RETURN NULL;',
                    hash="862e29ed7b81b4a08658bdd8a63e01cff42e3904",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c7061",
                    table="models_catalog_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_sourceevent" ("author_en", "author_zh", "condition_en", "condition_zh", "file_name", "found_at_en", "found_at_zh", "id", "is_reworded", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published", "published_note_en", "published_note_zh", "publisher_en", "publisher_zh", "sha256", "slug") VALUES (OLD."author_en", OLD."author_zh", OLD."condition_en", OLD."condition_zh", OLD."file_name", OLD."found_at_en", OLD."found_at_zh", OLD."id", OLD."is_reworded", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."published", OLD."published_note_en", OLD."published_note_zh", OLD."publisher_en", OLD."publisher_zh", OLD."sha256", OLD."slug"); RETURN NULL;',
                    hash="ee8caba69ec2be4f94dfa58e71ff66198faf73a4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_051ca",
                    table="models_catalog_source",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="marketfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "unit__in",
                        [
                            "models",
                            "models-per-industry",
                            "organisations",
                            "percent",
                            "usd",
                            "cny",
                            "parameters",
                            "people",
                            "chips",
                            "products",
                            "months",
                            "years",
                            "points",
                            "sectors",
                            "regions",
                        ],
                    )
                ),
                name="figure_unit_is_known",
            ),
        ),
        migrations.RunPython(past.make_views, past.drop_views),
    ]
