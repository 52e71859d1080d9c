"""A claim may give what was so at an earlier time: it is no rival of the value of now."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("models_catalog", "0043_glosses"),
    ]

    operations = [
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
        migrations.AddField(
            model_name="claim",
            name="is_earlier",
            field=models.BooleanField(
                default=False,
                help_text="The words give what was so before, as in “from … to …”: no rival of the value of now.",
                verbose_name="of an earlier time",
            ),
        ),
        migrations.AddField(
            model_name="claimevent",
            name="is_earlier",
            field=models.BooleanField(
                default=False,
                help_text="The words give what was so before, as in “from … to …”: no rival of the value of now.",
                verbose_name="of an earlier time",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_claimevent" ("answer", "basis", "created_at", "days", "developer_id", "end", "entry_id", "event", "field", "gloss_en", "id", "is_earlier", "key", "line", "number", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preferred", "quotation", "reason_en", "reason_zh", "reviewed_at", "reviewed_by", "ruling", "said_by_en", "said_by_zh", "sector_id", "source_id", "start", "stated", "status", "text", "token") VALUES (NEW."answer", NEW."basis", NEW."created_at", NEW."days", NEW."developer_id", NEW."end", NEW."entry_id", NEW."event", NEW."field", NEW."gloss_en", NEW."id", NEW."is_earlier", NEW."key", NEW."line", NEW."number", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."preferred", NEW."quotation", NEW."reason_en", NEW."reason_zh", NEW."reviewed_at", NEW."reviewed_by", NEW."ruling", NEW."said_by_en", NEW."said_by_zh", NEW."sector_id", NEW."source_id", NEW."start", NEW."stated", NEW."status", NEW."text", NEW."token"); RETURN NULL;',
                    hash="2c2812e8e03e8014347597e45e2fb19b5648c3dd",
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
                    func='INSERT INTO "models_catalog_claimevent" ("answer", "basis", "created_at", "days", "developer_id", "end", "entry_id", "event", "field", "gloss_en", "id", "is_earlier", "key", "line", "number", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preferred", "quotation", "reason_en", "reason_zh", "reviewed_at", "reviewed_by", "ruling", "said_by_en", "said_by_zh", "sector_id", "source_id", "start", "stated", "status", "text", "token") VALUES (NEW."answer", NEW."basis", NEW."created_at", NEW."days", NEW."developer_id", NEW."end", NEW."entry_id", NEW."event", NEW."field", NEW."gloss_en", NEW."id", NEW."is_earlier", NEW."key", NEW."line", NEW."number", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."preferred", NEW."quotation", NEW."reason_en", NEW."reason_zh", NEW."reviewed_at", NEW."reviewed_by", NEW."ruling", NEW."said_by_en", NEW."said_by_zh", NEW."sector_id", NEW."source_id", NEW."start", NEW."stated", NEW."status", NEW."text", NEW."token"); RETURN NULL;',
                    hash="668cf51b48f854a33d765da25aac49f65b144b46",
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
                    func='INSERT INTO "models_catalog_claimevent" ("answer", "basis", "created_at", "days", "developer_id", "end", "entry_id", "event", "field", "gloss_en", "id", "is_earlier", "key", "line", "number", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preferred", "quotation", "reason_en", "reason_zh", "reviewed_at", "reviewed_by", "ruling", "said_by_en", "said_by_zh", "sector_id", "source_id", "start", "stated", "status", "text", "token") VALUES (OLD."answer", OLD."basis", OLD."created_at", OLD."days", OLD."developer_id", OLD."end", OLD."entry_id", OLD."event", OLD."field", OLD."gloss_en", OLD."id", OLD."is_earlier", OLD."key", OLD."line", OLD."number", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."preferred", OLD."quotation", OLD."reason_en", OLD."reason_zh", OLD."reviewed_at", OLD."reviewed_by", OLD."ruling", OLD."said_by_en", OLD."said_by_zh", OLD."sector_id", OLD."source_id", OLD."start", OLD."stated", OLD."status", OLD."text", OLD."token"); RETURN NULL;',
                    hash="665a136644a0762b4f03e858c7eed72e1cac752f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6a172",
                    table="models_catalog_claim",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_earlier", False),
                    models.Q(
                        ("field__in", ("parameters",)),
                        ("preferred", False),
                        ("status__in", ["proposed", "accepted", "rejected"]),
                    ),
                    _connector="OR",
                ),
                name="claim_earlier_is_no_rival",
            ),
        ),
    ]
