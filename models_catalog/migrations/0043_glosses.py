"""Each quotation has a gloss in English. The views of the past are made again in 0045."""

from importlib import import_module

import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

past = import_module("models_catalog.migrations.0007_as_of")


class Migration(migrations.Migration):
    dependencies = [
        ("models_catalog", "0042_loaded_row"),
    ]

    operations = [
        migrations.RunPython(past.drop_views, past.make_views),
        pgtrigger.migrations.RemoveTrigger(
            model_name="claim",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="claim",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="claim",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="figureevidence",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="figureevidence",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="figureevidence",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="omission",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="omission",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="omission",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="claim",
            name="gloss_en",
            field=models.CharField(
                blank=True,
                help_text="One line of English, by its sense; the editors' words, marked as such.",
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "[\\u4e00-\\u9fff\\r\\n]", "One line of English.", inverse_match=True
                    )
                ],
                verbose_name="our translation of the quotation",
            ),
        ),
        migrations.AddField(
            model_name="claimevent",
            name="gloss_en",
            field=models.CharField(
                blank=True,
                help_text="One line of English, by its sense; the editors' words, marked as such.",
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "[\\u4e00-\\u9fff\\r\\n]", "One line of English.", inverse_match=True
                    )
                ],
                verbose_name="our translation of the quotation",
            ),
        ),
        migrations.AddField(
            model_name="figureevidence",
            name="gloss_en",
            field=models.CharField(
                blank=True,
                help_text="One line of English, by its sense; the editors' words, marked as such.",
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "[\\u4e00-\\u9fff\\r\\n]", "One line of English.", inverse_match=True
                    )
                ],
                verbose_name="our translation of the quotation",
            ),
        ),
        migrations.AddField(
            model_name="figureevidenceevent",
            name="gloss_en",
            field=models.CharField(
                blank=True,
                help_text="One line of English, by its sense; the editors' words, marked as such.",
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "[\\u4e00-\\u9fff\\r\\n]", "One line of English.", inverse_match=True
                    )
                ],
                verbose_name="our translation of the quotation",
            ),
        ),
        migrations.AddField(
            model_name="omission",
            name="gloss_en",
            field=models.CharField(
                blank=True,
                help_text="One line of English, by its sense; the editors' words, marked as such.",
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "[\\u4e00-\\u9fff\\r\\n]", "One line of English.", inverse_match=True
                    )
                ],
                verbose_name="our translation of the quotation",
            ),
        ),
        migrations.AddField(
            model_name="omissionevent",
            name="gloss_en",
            field=models.CharField(
                blank=True,
                help_text="One line of English, by its sense; the editors' words, marked as such.",
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "[\\u4e00-\\u9fff\\r\\n]", "One line of English.", inverse_match=True
                    )
                ],
                verbose_name="our translation of the quotation",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_claimevent" ("answer", "basis", "created_at", "days", "developer_id", "end", "entry_id", "event", "field", "gloss_en", "id", "key", "line", "number", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preferred", "quotation", "reason_en", "reason_zh", "reviewed_at", "reviewed_by", "ruling", "said_by_en", "said_by_zh", "sector_id", "source_id", "start", "stated", "status", "text", "token") VALUES (NEW."answer", NEW."basis", NEW."created_at", NEW."days", NEW."developer_id", NEW."end", NEW."entry_id", NEW."event", NEW."field", NEW."gloss_en", NEW."id", NEW."key", NEW."line", NEW."number", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."preferred", NEW."quotation", NEW."reason_en", NEW."reason_zh", NEW."reviewed_at", NEW."reviewed_by", NEW."ruling", NEW."said_by_en", NEW."said_by_zh", NEW."sector_id", NEW."source_id", NEW."start", NEW."stated", NEW."status", NEW."text", NEW."token"); RETURN NULL;',
                    hash="10429fbbd6bdb84c27bb2c0e81b3a729d61dc32c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fc348",
                    table="models_catalog_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "models_catalog_claimevent" ("answer", "basis", "created_at", "days", "developer_id", "end", "entry_id", "event", "field", "gloss_en", "id", "key", "line", "number", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preferred", "quotation", "reason_en", "reason_zh", "reviewed_at", "reviewed_by", "ruling", "said_by_en", "said_by_zh", "sector_id", "source_id", "start", "stated", "status", "text", "token") VALUES (NEW."answer", NEW."basis", NEW."created_at", NEW."days", NEW."developer_id", NEW."end", NEW."entry_id", NEW."event", NEW."field", NEW."gloss_en", NEW."id", NEW."key", NEW."line", NEW."number", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."preferred", NEW."quotation", NEW."reason_en", NEW."reason_zh", NEW."reviewed_at", NEW."reviewed_by", NEW."ruling", NEW."said_by_en", NEW."said_by_zh", NEW."sector_id", NEW."source_id", NEW."start", NEW."stated", NEW."status", NEW."text", NEW."token"); RETURN NULL;',
                    hash="349c9a073cefab1a1012ac3d45d0a51ea3191853",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9b198",
                    table="models_catalog_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_claimevent" ("answer", "basis", "created_at", "days", "developer_id", "end", "entry_id", "event", "field", "gloss_en", "id", "key", "line", "number", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preferred", "quotation", "reason_en", "reason_zh", "reviewed_at", "reviewed_by", "ruling", "said_by_en", "said_by_zh", "sector_id", "source_id", "start", "stated", "status", "text", "token") VALUES (OLD."answer", OLD."basis", OLD."created_at", OLD."days", OLD."developer_id", OLD."end", OLD."entry_id", OLD."event", OLD."field", OLD."gloss_en", OLD."id", OLD."key", OLD."line", OLD."number", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."preferred", OLD."quotation", OLD."reason_en", OLD."reason_zh", OLD."reviewed_at", OLD."reviewed_by", OLD."ruling", OLD."said_by_en", OLD."said_by_zh", OLD."sector_id", OLD."source_id", OLD."start", OLD."stated", OLD."status", OLD."text", OLD."token"); RETURN NULL;',
                    hash="053ee610f400c4999d41a424f1c910a945f3030b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6a172",
                    table="models_catalog_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figureevidence",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_figureevidenceevent" ("basis", "end", "figure_id", "gloss_en", "id", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotation", "source_id", "start", "stated") VALUES (NEW."basis", NEW."end", NEW."figure_id", NEW."gloss_en", NEW."id", NEW."line", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quotation", NEW."source_id", NEW."start", NEW."stated"); RETURN NULL;',
                    hash="7462c3a9c153c7b9e55182babc1f810c2faaa3e3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_608db",
                    table="models_catalog_figureevidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figureevidence",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "models_catalog_figureevidenceevent" ("basis", "end", "figure_id", "gloss_en", "id", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotation", "source_id", "start", "stated") VALUES (NEW."basis", NEW."end", NEW."figure_id", NEW."gloss_en", NEW."id", NEW."line", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quotation", NEW."source_id", NEW."start", NEW."stated"); RETURN NULL;',
                    hash="332b12b809801086deabaa616be46435c23c7dbd",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5183f",
                    table="models_catalog_figureevidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figureevidence",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_figureevidenceevent" ("basis", "end", "figure_id", "gloss_en", "id", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotation", "source_id", "start", "stated") VALUES (OLD."basis", OLD."end", OLD."figure_id", OLD."gloss_en", OLD."id", OLD."line", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quotation", OLD."source_id", OLD."start", OLD."stated"); RETURN NULL;',
                    hash="fa2ceeebe559a434be2b55c74db5619e677c706f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b9ed2",
                    table="models_catalog_figureevidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="omission",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_omissionevent" ("end", "gloss_en", "id", "line", "note_en", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotation", "reason", "source_id", "start", "stated") VALUES (NEW."end", NEW."gloss_en", NEW."id", NEW."line", NEW."note_en", NEW."note_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quotation", NEW."reason", NEW."source_id", NEW."start", NEW."stated"); RETURN NULL;',
                    hash="5f653b4da7a2ab2b8c225d154bb12483dfcbbbdc",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8109c",
                    table="models_catalog_omission",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="omission",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "models_catalog_omissionevent" ("end", "gloss_en", "id", "line", "note_en", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotation", "reason", "source_id", "start", "stated") VALUES (NEW."end", NEW."gloss_en", NEW."id", NEW."line", NEW."note_en", NEW."note_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quotation", NEW."reason", NEW."source_id", NEW."start", NEW."stated"); RETURN NULL;',
                    hash="1e6f2948ae9e601bc33b440661aafc542c1a7c8f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b248d",
                    table="models_catalog_omission",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="omission",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_omissionevent" ("end", "gloss_en", "id", "line", "note_en", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotation", "reason", "source_id", "start", "stated") VALUES (OLD."end", OLD."gloss_en", OLD."id", OLD."line", OLD."note_en", OLD."note_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quotation", OLD."reason", OLD."source_id", OLD."start", OLD."stated"); RETURN NULL;',
                    hash="215009b0b80b07282f4c70c866a428b1df87f7b9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2db35",
                    table="models_catalog_omission",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gloss_en", ""), models.Q(("quotation", ""), _negated=True), _connector="OR"
                ),
                name="claim_gloss_has_quotation",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("gloss_en__regex", "[\\u4e00-\\u9fff\\r\\n]"), _negated=True),
                name="claim_gloss_is_english",
            ),
        ),
        migrations.AddConstraint(
            model_name="figureevidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gloss_en", ""), models.Q(("quotation", ""), _negated=True), _connector="OR"
                ),
                name="figure_evidence_gloss_has_quotation",
            ),
        ),
        migrations.AddConstraint(
            model_name="figureevidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("gloss_en__regex", "[\\u4e00-\\u9fff\\r\\n]"), _negated=True),
                name="figure_evidence_gloss_is_english",
            ),
        ),
        migrations.AddConstraint(
            model_name="omission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gloss_en", ""), models.Q(("quotation", ""), _negated=True), _connector="OR"
                ),
                name="omission_gloss_has_quotation",
            ),
        ),
        migrations.AddConstraint(
            model_name="omission",
            constraint=models.CheckConstraint(
                condition=models.Q(("gloss_en__regex", "[\\u4e00-\\u9fff\\r\\n]"), _negated=True),
                name="omission_gloss_is_english",
            ),
        ),
    ]
