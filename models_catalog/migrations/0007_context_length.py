"""An entry says how many tokens its model reads at once. The views of the past follow."""

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import models_catalog.models.words
from models_catalog.migrations._past import DROP_VIEWS, MAKE_VIEWS
from models_catalog.migrations._sql import backing_with


class Migration(migrations.Migration):
    dependencies = [
        ("models_catalog", "0006_past_and_roles"),
    ]

    operations = [
        DROP_VIEWS,
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
        migrations.RemoveConstraint(
            model_name="claim",
            name="claim_field_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="claim",
            name="claim_earlier_is_no_rival",
        ),
        migrations.RemoveConstraint(
            model_name="claim",
            name="claim_value_fits_field",
        ),
        migrations.RemoveConstraint(
            model_name="claim",
            name="claim_one_preferred",
        ),
        migrations.RemoveConstraint(
            model_name="entry",
            name="entry_words_are_quotable",
        ),
        migrations.RemoveConstraint(
            model_name="report",
            name="report_field_is_known",
        ),
        migrations.AddField(
            model_name="entry",
            name="context_length",
            field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(
                blank=True, editable=False, null=True, verbose_name="context length"
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="context_length_stated",
            field=models.CharField(
                blank=True, editable=False, max_length=24, verbose_name="context length, as stated"
            ),
        ),
        migrations.AddField(
            model_name="entryevent",
            name="context_length",
            field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(
                blank=True, editable=False, null=True, verbose_name="context length"
            ),
        ),
        migrations.AddField(
            model_name="entryevent",
            name="context_length_stated",
            field=models.CharField(
                blank=True, editable=False, max_length=24, verbose_name="context length, as stated"
            ),
        ),
        migrations.AlterField(
            model_name="claim",
            name="field",
            field=models.CharField(
                choices=[
                    ("name", "Name"),
                    ("kind", "Kind"),
                    ("parent", "Part of"),
                    ("developer", "Developer"),
                    ("category", "Category"),
                    ("modality", "Modality"),
                    ("parameters", "Parameters"),
                    ("event", "Event"),
                    ("openness", "Openness"),
                    ("sector", "Target industry"),
                    ("context_length", "Context length"),
                ],
                max_length=20,
                verbose_name="field",
            ),
        ),
        migrations.AlterField(
            model_name="claimevent",
            name="field",
            field=models.CharField(
                choices=[
                    ("name", "Name"),
                    ("kind", "Kind"),
                    ("parent", "Part of"),
                    ("developer", "Developer"),
                    ("category", "Category"),
                    ("modality", "Modality"),
                    ("parameters", "Parameters"),
                    ("event", "Event"),
                    ("openness", "Openness"),
                    ("sector", "Target industry"),
                    ("context_length", "Context length"),
                ],
                max_length=20,
                verbose_name="field",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="not_applicable",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("name", "Name"),
                        ("kind", "Kind"),
                        ("parent", "Part of"),
                        ("developer", "Developer"),
                        ("category", "Category"),
                        ("modality", "Modality"),
                        ("parameters", "Parameters"),
                        ("event", "Event"),
                        ("openness", "Openness"),
                        ("sector", "Target industry"),
                        ("context_length", "Context length"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                editable=False,
                size=None,
                verbose_name="not applicable",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="undisclosed",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("name", "Name"),
                        ("kind", "Kind"),
                        ("parent", "Part of"),
                        ("developer", "Developer"),
                        ("category", "Category"),
                        ("modality", "Modality"),
                        ("parameters", "Parameters"),
                        ("event", "Event"),
                        ("openness", "Openness"),
                        ("sector", "Target industry"),
                        ("context_length", "Context length"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                editable=False,
                size=None,
                verbose_name="declared undisclosed",
            ),
        ),
        migrations.AlterField(
            model_name="entryevent",
            name="not_applicable",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("name", "Name"),
                        ("kind", "Kind"),
                        ("parent", "Part of"),
                        ("developer", "Developer"),
                        ("category", "Category"),
                        ("modality", "Modality"),
                        ("parameters", "Parameters"),
                        ("event", "Event"),
                        ("openness", "Openness"),
                        ("sector", "Target industry"),
                        ("context_length", "Context length"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                editable=False,
                size=None,
                verbose_name="not applicable",
            ),
        ),
        migrations.AlterField(
            model_name="entryevent",
            name="undisclosed",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("name", "Name"),
                        ("kind", "Kind"),
                        ("parent", "Part of"),
                        ("developer", "Developer"),
                        ("category", "Category"),
                        ("modality", "Modality"),
                        ("parameters", "Parameters"),
                        ("event", "Event"),
                        ("openness", "Openness"),
                        ("sector", "Target industry"),
                        ("context_length", "Context length"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                editable=False,
                size=None,
                verbose_name="declared undisclosed",
            ),
        ),
        migrations.AlterField(
            model_name="report",
            name="field",
            field=models.CharField(
                choices=[
                    ("name", "Name"),
                    ("kind", "Kind"),
                    ("parent", "Part of"),
                    ("developer", "Developer"),
                    ("category", "Category"),
                    ("modality", "Modality"),
                    ("parameters", "Parameters"),
                    ("event", "Event"),
                    ("openness", "Openness"),
                    ("sector", "Target industry"),
                    ("context_length", "Context length"),
                ],
                max_length=20,
                verbose_name="field",
            ),
        ),
        migrations.AlterField(
            model_name="reportevent",
            name="field",
            field=models.CharField(
                choices=[
                    ("name", "Name"),
                    ("kind", "Kind"),
                    ("parent", "Part of"),
                    ("developer", "Developer"),
                    ("category", "Category"),
                    ("modality", "Modality"),
                    ("parameters", "Parameters"),
                    ("event", "Event"),
                    ("openness", "Openness"),
                    ("sector", "Target industry"),
                    ("context_length", "Context length"),
                ],
                max_length=20,
                verbose_name="field",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.GistIndex(
                models.F("context_length"), name="entry_context_length"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_entryevent" ("aliases", "bases", "category", "context_length", "context_length_stated", "created_at", "id", "is_listed", "kind", "merged_into_id", "modalities", "name_en", "name_zh", "not_applicable", "openness", "parameters", "parameters_stated", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released", "released_stated", "slug", "sort_key", "sort_key_en", "stage", "undisclosed") VALUES (NEW."aliases", NEW."bases", NEW."category", NEW."context_length", NEW."context_length_stated", NEW."created_at", NEW."id", NEW."is_listed", NEW."kind", NEW."merged_into_id", NEW."modalities", NEW."name_en", NEW."name_zh", NEW."not_applicable", NEW."openness", NEW."parameters", NEW."parameters_stated", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."released", NEW."released_stated", NEW."slug", NEW."sort_key", NEW."sort_key_en", NEW."stage", NEW."undisclosed"); RETURN NULL;',
                    hash="3fc456d9ab3296310d930ab2e83122306925c29e",
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
                    func='INSERT INTO "models_catalog_entryevent" ("aliases", "bases", "category", "context_length", "context_length_stated", "created_at", "id", "is_listed", "kind", "merged_into_id", "modalities", "name_en", "name_zh", "not_applicable", "openness", "parameters", "parameters_stated", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released", "released_stated", "slug", "sort_key", "sort_key_en", "stage", "undisclosed") VALUES (NEW."aliases", NEW."bases", NEW."category", NEW."context_length", NEW."context_length_stated", NEW."created_at", NEW."id", NEW."is_listed", NEW."kind", NEW."merged_into_id", NEW."modalities", NEW."name_en", NEW."name_zh", NEW."not_applicable", NEW."openness", NEW."parameters", NEW."parameters_stated", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."released", NEW."released_stated", NEW."slug", NEW."sort_key", NEW."sort_key_en", NEW."stage", NEW."undisclosed"); RETURN NULL;',
                    hash="c38cee7c0a10815b22e56a6f5957e23482485c2f",
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
                    func='INSERT INTO "models_catalog_entryevent" ("aliases", "bases", "category", "context_length", "context_length_stated", "created_at", "id", "is_listed", "kind", "merged_into_id", "modalities", "name_en", "name_zh", "not_applicable", "openness", "parameters", "parameters_stated", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released", "released_stated", "slug", "sort_key", "sort_key_en", "stage", "undisclosed") VALUES (OLD."aliases", OLD."bases", OLD."category", OLD."context_length", OLD."context_length_stated", OLD."created_at", OLD."id", OLD."is_listed", OLD."kind", OLD."merged_into_id", OLD."modalities", OLD."name_en", OLD."name_zh", OLD."not_applicable", OLD."openness", OLD."parameters", OLD."parameters_stated", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."released", OLD."released_stated", OLD."slug", OLD."sort_key", OLD."sort_key_en", OLD."stage", OLD."undisclosed"); RETURN NULL;',
                    hash="370f5ab3cad54d82a8d072996efbf0b5e46bd58e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dc207",
                    table="models_catalog_entry",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("field__in", ["kind", "parent", "category", "parameters", "openness", "context_length"]),
                    ("preferred", True),
                ),
                fields=("entry", "field"),
                name="claim_one_preferred",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", "value"),
                        models.Q(
                            models.Q(
                                ("field", "name"),
                                (
                                    "token__in",
                                    ["zh", "en", "traditional", "latin", "short", "alias", "corrupted"],
                                ),
                                models.Q(("text", ""), _negated=True),
                                ("days", None),
                                ("developer", None),
                                ("event", ""),
                                ("number", None),
                                ("parent", None),
                                ("sector", None),
                            ),
                            models.Q(
                                (
                                    "event__in",
                                    [
                                        "planned",
                                        "announced",
                                        "beta",
                                        "deployed",
                                        "released",
                                        "open-sourced",
                                        "approved",
                                        "updated",
                                    ],
                                ),
                                ("field", "event"),
                                ("developer", None),
                                ("number", None),
                                ("parent", None),
                                ("sector", None),
                                ("text", ""),
                                ("token", ""),
                            ),
                            models.Q(
                                ("field", "parameters"),
                                ("number__startswith__gte", 1),
                                ("days", None),
                                ("developer", None),
                                ("event", ""),
                                ("parent", None),
                                ("sector", None),
                                ("text", ""),
                                ("token", ""),
                            ),
                            models.Q(
                                ("field", "context_length"),
                                ("number__startswith__gte", 1),
                                ("days", None),
                                ("developer", None),
                                ("event", ""),
                                ("parent", None),
                                ("sector", None),
                                ("text", ""),
                                ("token", ""),
                            ),
                            models.Q(
                                ("developer__isnull", False),
                                ("field", "developer"),
                                ("days", None),
                                ("event", ""),
                                ("number", None),
                                ("parent", None),
                                ("sector", None),
                                ("text", ""),
                                ("token", ""),
                            ),
                            models.Q(
                                ("field", "sector"),
                                ("sector__isnull", False),
                                ("days", None),
                                ("developer", None),
                                ("event", ""),
                                ("number", None),
                                ("parent", None),
                                ("text", ""),
                                ("token", ""),
                            ),
                            models.Q(
                                ("field", "parent"),
                                ("parent__isnull", False),
                                ("days", None),
                                ("developer", None),
                                ("event", ""),
                                ("number", None),
                                ("sector", None),
                                ("text", ""),
                                ("token", ""),
                            ),
                            models.Q(
                                ("field", "kind"),
                                ("token__in", ["model", "family", "platform", "application"]),
                                ("days", None),
                                ("developer", None),
                                ("event", ""),
                                ("number", None),
                                ("parent", None),
                                ("sector", None),
                                ("text", ""),
                            ),
                            models.Q(
                                ("field", "category"),
                                ("token__in", ["general", "industry"]),
                                ("days", None),
                                ("developer", None),
                                ("event", ""),
                                ("number", None),
                                ("parent", None),
                                ("sector", None),
                                ("text", ""),
                            ),
                            models.Q(
                                ("field", "modality"),
                                (
                                    "token__in",
                                    [
                                        "text",
                                        "image",
                                        "video",
                                        "3d",
                                        "speech",
                                        "multimodal",
                                        "tabular",
                                        "weather",
                                        "driving",
                                    ],
                                ),
                                ("days", None),
                                ("developer", None),
                                ("event", ""),
                                ("number", None),
                                ("parent", None),
                                ("sector", None),
                                ("text", ""),
                            ),
                            models.Q(
                                ("field", "openness"),
                                ("token__in", ["open", "closed"]),
                                ("days", None),
                                ("developer", None),
                                ("event", ""),
                                ("number", None),
                                ("parent", None),
                                ("sector", None),
                                ("text", ""),
                            ),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        models.Q(("answer", "value"), _negated=True),
                        ("days", None),
                        ("developer", None),
                        ("event", ""),
                        ("number", None),
                        ("parent", None),
                        ("sector", None),
                        ("text", ""),
                        ("token", ""),
                    ),
                    _connector="OR",
                ),
                name="claim_value_fits_field",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_earlier", False),
                    models.Q(
                        ("field__in", ("parameters", "context_length")),
                        ("preferred", False),
                        ("status__in", ["proposed", "accepted", "rejected"]),
                    ),
                    _connector="OR",
                ),
                name="claim_earlier_is_no_rival",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "field__in",
                        [
                            "name",
                            "kind",
                            "parent",
                            "developer",
                            "category",
                            "modality",
                            "parameters",
                            "event",
                            "openness",
                            "sector",
                            "context_length",
                        ],
                    )
                ),
                name="claim_field_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models_catalog.models.words.AreQuotable(
                    "parameters_stated", "released_stated", "context_length_stated"
                ),
                name="entry_words_are_quotable",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("context_length", None), ("context_length__startswith__gte", 1), _connector="OR"
                ),
                name="entry_context_length_is_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "field__in",
                        [
                            "name",
                            "kind",
                            "parent",
                            "developer",
                            "category",
                            "modality",
                            "parameters",
                            "event",
                            "openness",
                            "sector",
                            "context_length",
                        ],
                    )
                ),
                name="report_field_is_known",
            ),
        ),
        backing_with("context_length"),
        MAKE_VIEWS,
    ]
