"""What is said of developers' kinds, parents and other names, with its history: guarded, noted and seen as of a day."""

from importlib import import_module
from typing import Any

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from models_catalog.roles import grant

past = import_module("models_catalog.migrations.0007_as_of")
rest = import_module("models_catalog.migrations.0039_history_of_the_rest_is_whole")
refuse = import_module("models_catalog.migrations.0037_no_silent_truncate")
notes = import_module("models_catalog.migrations.0018_catalog_change")
roles = import_module("models_catalog.migrations.0003_roles")

TABLE = "developerclaim"


def grant_statements(apps: Any, schema_editor: Any) -> None:
    grant(apps, "models_catalog", roles.ACTIONS, (TABLE,))


def unnote() -> str:
    return "".join(f"DROP TRIGGER note_{event} ON models_catalog_{TABLE};" for event in notes.EVENTS)


class Migration(migrations.Migration):
    dependencies = [
        ("models_catalog", "0044_earlier_values"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeveloperClaim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField(blank=True, null=True, verbose_name="line")),
                ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="start")),
                ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="end")),
                ("quotation", models.CharField(blank=True, max_length=24, verbose_name="quotation")),
                (
                    "stated",
                    models.CharField(blank=True, max_length=24, verbose_name="words that state the value"),
                ),
                (
                    "gloss_en",
                    models.CharField(
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
                (
                    "key",
                    models.SlugField(
                        help_text="Names the statement within its developer, as in “kind-1”.",
                        max_length=60,
                        verbose_name="key",
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("kind", "Kind"),
                            ("parent", "Parent organisation"),
                            ("alias", "Also called"),
                        ],
                        max_length=20,
                        verbose_name="field",
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("big-tech", "Big tech"),
                            ("startup", "Start-up"),
                            ("academia", "Academia"),
                            ("ai-company", "AI company"),
                            ("industry-company", "Industry company"),
                            ("telecom", "Telecom operator"),
                            ("public-body", "Public body"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=120, verbose_name="name")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "Stated in the source"),
                            ("inferred", "Inferred from the source"),
                            ("curator", "Curator's knowledge"),
                        ],
                        default="stated",
                        max_length=20,
                        verbose_name="basis",
                    ),
                ),
                ("reason_zh", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("reason_en", models.CharField(blank=True, max_length=400, verbose_name="reason in English")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("accepted", "Accepted"),
                            ("disputed", "Disputed"),
                            ("rejected", "Rejected"),
                        ],
                        default="accepted",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="models_catalog.developer",
                        verbose_name="developer",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements_as_parent",
                        to="models_catalog.developer",
                        verbose_name="parent",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="models_catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement about a developer",
                "verbose_name_plural": "statements about developers",
                "ordering": ["developer", "field", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DeveloperClaimEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("line", models.PositiveIntegerField(blank=True, null=True, verbose_name="line")),
                ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="start")),
                ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="end")),
                ("quotation", models.CharField(blank=True, max_length=24, verbose_name="quotation")),
                (
                    "stated",
                    models.CharField(blank=True, max_length=24, verbose_name="words that state the value"),
                ),
                (
                    "gloss_en",
                    models.CharField(
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
                (
                    "key",
                    models.SlugField(
                        db_index=False,
                        help_text="Names the statement within its developer, as in “kind-1”.",
                        max_length=60,
                        verbose_name="key",
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("kind", "Kind"),
                            ("parent", "Parent organisation"),
                            ("alias", "Also called"),
                        ],
                        max_length=20,
                        verbose_name="field",
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("big-tech", "Big tech"),
                            ("startup", "Start-up"),
                            ("academia", "Academia"),
                            ("ai-company", "AI company"),
                            ("industry-company", "Industry company"),
                            ("telecom", "Telecom operator"),
                            ("public-body", "Public body"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=120, verbose_name="name")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "Stated in the source"),
                            ("inferred", "Inferred from the source"),
                            ("curator", "Curator's knowledge"),
                        ],
                        default="stated",
                        max_length=20,
                        verbose_name="basis",
                    ),
                ),
                ("reason_zh", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("reason_en", models.CharField(blank=True, max_length=400, verbose_name="reason in English")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("accepted", "Accepted"),
                            ("disputed", "Disputed"),
                            ("rejected", "Rejected"),
                        ],
                        default="accepted",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="models_catalog.developer",
                        verbose_name="developer",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="models_catalog.developer",
                        verbose_name="parent",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="models_catalog.developerclaim",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="models_catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="developerclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("end", None),
                        ("line", None),
                        ("quotation", ""),
                        ("source", None),
                        ("start", None),
                        ("stated", ""),
                    ),
                    models.Q(
                        ("end__isnull", False),
                        ("line__isnull", False),
                        ("source__isnull", False),
                        ("start__isnull", False),
                        ("end__gt", models.F("start")),
                        ("line__gte", 1),
                        models.Q(("quotation", ""), _negated=True),
                        models.Q(("stated", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="developer_claim_source_has_location",
            ),
        ),
        migrations.AddConstraint(
            model_name="developerclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gloss_en", ""), models.Q(("quotation", ""), _negated=True), _connector="OR"
                ),
                name="developer_claim_gloss_has_quotation",
            ),
        ),
        migrations.AddConstraint(
            model_name="developerclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(("gloss_en__regex", "[\\u4e00-\\u9fff\\r\\n]"), _negated=True),
                name="developer_claim_gloss_is_english",
            ),
        ),
        migrations.AddConstraint(
            model_name="developerclaim",
            constraint=models.UniqueConstraint(
                fields=("developer", "key"), name="developer_claim_key_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="developerclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("field", "kind"),
                        ("parent", None),
                        ("text", ""),
                        (
                            "token__in",
                            [
                                "big-tech",
                                "startup",
                                "academia",
                                "ai-company",
                                "industry-company",
                                "telecom",
                                "public-body",
                            ],
                        ),
                    ),
                    models.Q(
                        models.Q(("field", "alias"), ("parent", None), ("token", "")),
                        models.Q(("text", ""), _negated=True),
                    ),
                    models.Q(("field", "parent"), ("parent__isnull", False), ("text", ""), ("token", "")),
                    _connector="OR",
                ),
                name="developer_claim_value_fits_field",
            ),
        ),
        migrations.AddConstraint(
            model_name="developerclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("developer")), _negated=True),
                name="developer_claim_parent_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="developerclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "curator"), ("source", None)),
                    models.Q(models.Q(("basis", "curator"), _negated=True), ("source__isnull", False)),
                    _connector="OR",
                ),
                name="developer_claim_curator_has_no_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="developerclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("basis", "stated"),
                    models.Q(
                        models.Q(("reason_zh", ""), _negated=True), models.Q(("reason_en", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="developer_claim_unstated_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="developerclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["stated", "inferred", "curator"])),
                name="developer_claim_basis_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="developerclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["proposed", "accepted", "disputed", "rejected"])),
                name="developer_claim_status_is_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="developerclaim",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_developerclaimevent" ("basis", "developer_id", "end", "field", "gloss_en", "id", "key", "line", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotation", "reason_en", "reason_zh", "source_id", "start", "stated", "status", "text", "token") VALUES (NEW."basis", NEW."developer_id", NEW."end", NEW."field", NEW."gloss_en", NEW."id", NEW."key", NEW."line", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quotation", NEW."reason_en", NEW."reason_zh", NEW."source_id", NEW."start", NEW."stated", NEW."status", NEW."text", NEW."token"); RETURN NULL;',
                    hash="6b6d7d455a26ebe47584043e1a304423c5b4a3d1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_13671",
                    table="models_catalog_developerclaim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="developerclaim",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "models_catalog_developerclaimevent" ("basis", "developer_id", "end", "field", "gloss_en", "id", "key", "line", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotation", "reason_en", "reason_zh", "source_id", "start", "stated", "status", "text", "token") VALUES (NEW."basis", NEW."developer_id", NEW."end", NEW."field", NEW."gloss_en", NEW."id", NEW."key", NEW."line", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quotation", NEW."reason_en", NEW."reason_zh", NEW."source_id", NEW."start", NEW."stated", NEW."status", NEW."text", NEW."token"); RETURN NULL;',
                    hash="01594acd3400c418b4cc5a1c7c4046fa22f89fe4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_72d4a",
                    table="models_catalog_developerclaim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="developerclaim",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "models_catalog_developerclaimevent" ("basis", "developer_id", "end", "field", "gloss_en", "id", "key", "line", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotation", "reason_en", "reason_zh", "source_id", "start", "stated", "status", "text", "token") VALUES (OLD."basis", OLD."developer_id", OLD."end", OLD."field", OLD."gloss_en", OLD."id", OLD."key", OLD."line", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quotation", OLD."reason_en", OLD."reason_zh", OLD."source_id", OLD."start", OLD."stated", OLD."status", OLD."text", OLD."token"); RETURN NULL;',
                    hash="d738cb32975f36b6c145bf7430631363ec74febc",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cacd9",
                    table="models_catalog_developerclaim",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="developerclaimevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="developerclaimevent_latest"),
        ),
        migrations.RunSQL(rest.guard(TABLE), rest.unguard(TABLE)),
        migrations.RunSQL(
            refuse.GUARD.format(table=TABLE), f"DROP TRIGGER no_silent_truncate ON models_catalog_{TABLE};"
        ),
        migrations.RunSQL(notes.TRIGGERS.format(table=f"models_catalog_{TABLE}", argument=""), unnote()),
        migrations.RunPython(grant_statements, migrations.RunPython.noop),
        migrations.RunPython(past.make_views, past.drop_views),
    ]
