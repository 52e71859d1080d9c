"""Acts of curators and readers: imports, merges, releases, reports, and tries that are counted."""

from django.db import migrations, models
from django.db.models import (
    BigIntegerField,
    BinaryField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    F,
    ForeignKey,
    Index,
    JSONField,
    PositiveIntegerField,
    Q,
    SlugField,
    TextField,
    UniqueConstraint,
    URLField,
)
from django.utils import timezone

from models_catalog.migrations._columns import FIELDS, checks, columns, known
from models_catalog.models.merge import protect_standing
from models_catalog.models.words import ArePlain, AreQuotable

REPORT_STATUSES = [
    ("proposed", "Waiting for a curator"),
    ("handled", "Handled"),
    ("dismissed", "Not accepted"),
]

JOINS_TWO = (
    "ALTER TABLE models_catalog_merge ADD CONSTRAINT merge_joins_two CHECK (NOT (kept_id = merged_id))"
)
"""As databases have it from before an entry of a merge could go; Django would write the same at more length."""


class Migration(migrations.Migration):
    replaces = [
        ("models_catalog", "0008_merge"),
        ("models_catalog", "0010_import_batch"),
        ("models_catalog", "0012_releases_and_reports"),
        ("models_catalog", "0014_login_attempt"),
        ("models_catalog", "0019_import_contents"),
        ("models_catalog", "0020_import_run"),
        ("models_catalog", "0023_reason_of_a_report"),
        ("models_catalog", "0024_report_tries"),
        ("models_catalog", "0025_import_rows"),
        ("models_catalog", "0029_import_encoding_says_the_sheet"),
        ("models_catalog", "0030_merge_outlives_its_entries"),
        ("models_catalog", "0031_login_attempts_by_hash"),
        ("models_catalog", "0040_release_created_at"),
        ("models_catalog", "0041_tries_by_network"),
        ("models_catalog", "0042_loaded_row"),
    ]
    dependencies = [("models_catalog", "0002_entries")]

    operations = [
        migrations.CreateModel(
            "ImportBatch",
            columns(
                file_name=CharField("file name", max_length=120),
                file_sha256=CharField(max_length=64),
                encoding=CharField("encoding", max_length=60),
                text=TextField("name"),
                mapping=JSONField("columns", default=dict, help_text="Number of the column → what it holds."),
                options=JSONField("options", default=dict),
                decisions=JSONField(
                    "decisions", default=dict, help_text="Line → the entry that the row speaks of, or “new”."
                ),
                state=CharField(
                    "state",
                    max_length=20,
                    default="uploaded",
                    choices=[("uploaded", "Uploaded"), ("applied", "Applied"), ("undone", "Undone")],
                ),
                counts=JSONField("counts", default=dict),
                made=JSONField(
                    "made", default=dict, help_text="Ids of what it made, so that it can be undone."
                ),
                uploaded_by=CharField("uploaded by", max_length=150),
                uploaded_at=DateTimeField("uploaded at", auto_now_add=True),
                applied_by=CharField("applied by", max_length=150, blank=True),
                applied_at=DateTimeField("applied at", blank=True, null=True),
                undone_by=CharField("undone by", max_length=150, blank=True),
                undone_at=DateTimeField("undone at", blank=True, null=True),
                source=ForeignKey(
                    "models_catalog.source",
                    models.SET_NULL,
                    blank=True,
                    null=True,
                    related_name="imports",
                    verbose_name="source",
                ),
                contents=CharField(
                    "a row is",
                    max_length=20,
                    default="models",
                    choices=[("models", "a model"), ("claims", "a claim")],
                ),
                rows=JSONField(
                    "rows", default=list, help_text="Result and reason for each row when it was applied."
                ),
            ),
            {
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-uploaded_at", "-pk"],
                "constraints": checks(
                    import_applied_says_by_whom=Q(state="uploaded")
                    | Q(~Q(applied_by=""), applied_at__isnull=False),
                ),
            },
        ),
        migrations.CreateModel(
            "ImportRun",
            columns(
                what=CharField("what", max_length=20, choices=[("apply", "Apply"), ("undo", "Undo")]),
                expected=CharField("fingerprint of the preview", max_length=32, blank=True),
                started_by=CharField("started by", max_length=150),
                started_at=DateTimeField("started at", auto_now_add=True),
                stage=CharField(
                    "stage",
                    max_length=20,
                    blank=True,
                    choices=[
                        ("reading", "reading"),
                        ("writing", "writing"),
                        ("settling", "bringing the models in line"),
                        ("removing", "removing"),
                    ],
                ),
                done=PositiveIntegerField("done", default=0),
                total=PositiveIntegerField("total", default=0),
                ended_at=DateTimeField("ended at", blank=True, null=True),
                outcome=CharField(
                    "outcome",
                    max_length=20,
                    blank=True,
                    choices=[
                        ("done", "Done"),
                        ("changed", "The registry changed meanwhile"),
                        ("refused", "Refused"),
                    ],
                ),
                reason=CharField("reason", max_length=300, blank=True),
                batch=ForeignKey(
                    "models_catalog.importbatch", models.CASCADE, related_name="runs", verbose_name="import"
                ),
            ),
            {
                "verbose_name": "run of an import",
                "verbose_name_plural": "runs of imports",
                "ordering": ["pk"],
                "constraints": checks(
                    import_run_ended_somehow=Q(ended_at=None, outcome="")
                    | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                ),
            },
        ),
        migrations.CreateModel(
            "LoadedRow",
            columns(
                table=SlugField(max_length=20, db_index=False),
                key=CharField(
                    max_length=240, help_text="Names the row within its file, as “moss/parameters-1”."
                ),
                row=BigIntegerField(),
                columns=JSONField(help_text="Column → value, as the fixtures gave it."),
            ),
            {
                "constraints": [
                    UniqueConstraint(name="loaded_row_once", fields=("table", "key")),
                ],
            },
        ),
        migrations.CreateModel(
            "Merge",
            columns(
                moved=JSONField(
                    "moved",
                    help_text="Claim id → entry, key, position and preference before the merge; rows of links that it removed.",
                ),
                done_by=CharField("done by", max_length=150),
                done_at=DateTimeField("done at", auto_now_add=True),
                undone_by=CharField("undone by", max_length=150, blank=True),
                undone_at=DateTimeField("undone at", blank=True, null=True),
                kept=ForeignKey(
                    "models_catalog.entry",
                    protect_standing,
                    null=True,
                    related_name="merges",
                    verbose_name="kept",
                ),
                merged=ForeignKey(
                    "models_catalog.entry",
                    protect_standing,
                    null=True,
                    related_name="merged_by",
                    verbose_name="merged",
                ),
                kept_slug=SlugField("address of the kept entry", max_length=80, db_index=False),
                merged_slug=SlugField("address of the merged entry", max_length=80, db_index=False),
                merged_name=CharField("name of the merged entry", max_length=160, blank=True),
            ),
            {
                "verbose_name": "merge",
                "verbose_name_plural": "merges",
                "ordering": ["-done_at", "-pk"],
                "constraints": checks(
                    merge_undone_says_by_whom=Q(undone_at=None, undone_by="")
                    | Q(~Q(undone_by=""), undone_at__isnull=False),
                    merge_standing_has_both=Q(undone_at__isnull=False)
                    | Q(kept__isnull=False, merged__isnull=False),
                ),
            },
        ),
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    JOINS_TWO, "ALTER TABLE models_catalog_merge DROP CONSTRAINT merge_joins_two"
                )
            ],
            [
                migrations.AddConstraint(
                    "merge", CheckConstraint(condition=~Q(kept=F("merged")), name="merge_joins_two")
                )
            ],
        ),
        migrations.CreateModel(
            "Release",
            columns(
                number=PositiveIntegerField(unique=True),
                day=DateField(),
                sha256=CharField(max_length=64),
                size=PositiveIntegerField(help_text="Bytes."),
                counts=JSONField(),
                changes=JSONField(default=dict),
                package=BinaryField(),
                created_at=DateTimeField(
                    default=timezone.now,
                    editable=False,
                    help_text="When the registry here was as the release has it.",
                ),
            ),
            {
                "ordering": ["-number"],
                "constraints": checks(
                    release_number_from_one=Q(number__gte=1),
                    release_sha256_is_hex=Q(sha256__regex="^[0-9a-f]{64}$"),
                ),
            },
        ),
        migrations.CreateModel(
            "Report",
            columns(
                field=CharField("field", max_length=20, choices=FIELDS),
                statement=CharField("correction", max_length=1000),
                source_url=URLField("address of the source", max_length=500),
                status=CharField("status", max_length=20, default="proposed", choices=REPORT_STATUSES),
                handled_by=CharField("handled by", max_length=150, blank=True),
                handled_at=DateTimeField("handled at", blank=True, null=True),
                created_at=DateTimeField("created at", auto_now_add=True),
                entry=ForeignKey(
                    "models_catalog.entry", models.CASCADE, related_name="reports", verbose_name="entry"
                ),
                reason=CharField("reason", max_length=300, blank=True),
            ),
            {
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    Index(F("status"), F("created_at"), name="report_queue"),
                ],
                "constraints": checks(
                    report_says_something=~Q(statement=""),
                    report_source_is_on_the_web=Q(source_url__startswith="https://")
                    | Q(source_url__startswith="http://"),
                    report_field_is_known=Q(field__in=known(FIELDS)),
                    report_handled_by_someone=Q(status="proposed")
                    | Q(~Q(handled_by=""), handled_at__isnull=False),
                    report_status_is_known=Q(status__in=known(REPORT_STATUSES)),
                    report_words_are_plain=ArePlain("reason"),
                    report_statement_is_quotable=AreQuotable("statement", "source_url"),
                ),
            },
        ),
        migrations.CreateModel(
            "ReportTry",
            columns(
                sender=CharField(max_length=64),
                at=DateTimeField(auto_now_add=True),
                network=CharField(max_length=64, db_default=""),
            ),
            {
                "ordering": ["-at"],
                "indexes": [
                    Index(name="report_try_of_sender", fields=["sender", "at"]),
                    Index(name="report_try_of_network", fields=["network", "at"]),
                ],
            },
        ),
        migrations.CreateModel(
            "LoginAttempt",
            columns(
                at=DateTimeField(auto_now_add=True),
                sender=CharField(max_length=64, blank=True),
                device=CharField(max_length=64, blank=True, db_default=""),
                household=CharField(max_length=64, blank=True, db_default=""),
                name=CharField(max_length=64, blank=True, db_default=""),
                network=CharField(max_length=64, blank=True, db_default=""),
            ),
            {
                "ordering": ["-at"],
                "indexes": [
                    Index(name="login_attempt_of_sender", fields=["sender", "at"]),
                    Index(name="login_attempt_of_household", fields=["household", "at"]),
                    Index(name="login_attempt_of_network", fields=["network", "at"]),
                    Index(name="login_attempt_of_name", fields=["name", "at"]),
                    Index(name="login_attempt_of_device", fields=["device", "at"]),
                    Index(name="login_attempt_by_time", fields=["at"]),
                ],
            },
        ),
    ]
