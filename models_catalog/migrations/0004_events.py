"""The history of every curated row, of imports, merges, reports, users, their roles and second factors."""

import django.contrib.auth.models
from django.db import migrations
from django.db.models import BigIntegerField, IntegerField

from models_catalog.migrations import _sql
from models_catalog.migrations._history import (
    ANY_CHANGE,
    APP,
    KeepHistory,
    change_of,
    events_of_links,
    writer,
    writers,
)

COLUMNS = {
    "Claim": """
        id line start end quotation stated key field answer position text token event days number
        said_by_zh said_by_en basis reason_zh reason_en status preferred ruling reviewed_by
        reviewed_at created_at developer entry parent pgh_context pgh_obj sector source gloss_en
        is_earlier
    """,
    "Developer": """
        id slug name_zh name_en aliases kind sort_key parent pgh_context pgh_obj sort_key_en
    """,
    "DeveloperClaim": """
        id line start end quotation stated gloss_en key field token text basis reason_zh reason_en
        status developer parent pgh_context pgh_obj source
    """,
    "Entry": """
        id slug created_at is_listed name_zh name_en aliases sort_key kind category modalities
        parameters parameters_stated released released_stated stage openness undisclosed
        not_applicable merged_into parent pgh_context pgh_obj sort_key_en bases
    """,
    "EntryDeveloper": "id position name_as_written developer entry pgh_context pgh_obj",
    "FigureEvidence": """
        id line start end quotation stated basis figure pgh_context pgh_obj source gloss_en
    """,
    "ImportBatch": """
        id file_name file_sha256 encoding contents mapping options decisions state counts
        uploaded_by uploaded_at applied_by applied_at undone_by undone_at pgh_context pgh_obj source
    """,
    "MarketFigure": """
        id slug name_zh name_en value unit scope_zh scope_en as_of counted_by_zh counted_by_en
        position pgh_context pgh_obj
    """,
    "Merge": """
        id kept_slug merged_slug merged_name moved done_by done_at undone_by undone_at kept merged
        pgh_context pgh_obj
    """,
    "Omission": """
        id line start end quotation stated reason note_zh note_en pgh_context pgh_obj source
        gloss_en
    """,
    "Report": """
        id field statement source_url status handled_by handled_at reason created_at entry
        pgh_context pgh_obj
    """,
    "Sector": "id slug name_zh name_en position pgh_context pgh_obj",
    "Source": """
        id slug file_name sha256 name_zh name_en publisher_zh publisher_en found_at_zh found_at_en
        published published_note_zh published_note_en condition_zh condition_en is_reworded position
        pgh_context pgh_obj author_en author_zh
    """,
}
"""Model → the columns of its history, in the order in which the database has them."""
PROXY = {"proxy": True, "default_permissions": (), "indexes": [], "constraints": []}
ACCOUNT = "id username first_name last_name email is_staff is_active is_superuser date_joined"


class Migration(migrations.Migration):
    replaces = [
        ("models_catalog", "0004_history"),
        ("models_catalog", "0005_history_of_links"),
        ("models_catalog", "0022_history_is_whole"),
        ("models_catalog", "0026_history_of_reports"),
        ("models_catalog", "0027_history_of_reports_is_whole"),
        ("models_catalog", "0038_history_of_the_rest"),
        ("models_catalog", "0039_history_of_the_rest_is_whole"),
    ]
    dependencies = [
        ("models_catalog", "0003_curation"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("otp_totp", "0003_add_timestamps"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]
    operations = [
        *(KeepHistory(model, columns) for model, columns in COLUMNS.items()),
        events_of_links(
            "EntrySector", "entry pgh_context pgh_obj sector", BigIntegerField(), APP, f"{APP}.entry_sectors"
        ),
        events_of_links(
            "EntrySource", "entry pgh_context pgh_obj source", BigIntegerField(), APP, f"{APP}.entry_sources"
        ),
        _sql.run("links", "DROP FUNCTION catalog_record_sector_link, catalog_record_source_link CASCADE"),
        migrations.CreateModel("SecondFactor", [], PROXY, bases=("otp_totp.totpdevice",)),
        migrations.CreateModel("Membership", [], PROXY, bases=("auth.user_groups",)),
        migrations.CreateModel(
            "Account",
            [],
            PROXY,
            bases=("auth.user",),
            managers=[("objects", django.contrib.auth.models.UserManager())],
        ),
        KeepHistory("Account", f"{ACCOUNT} pgh_context pgh_obj", of="auth.User"),
        writer("Account", "auth_user", ACCOUNT.split(), "password", "UPDATE", change_of(["password"])),
        events_of_links("Membership", "group pgh_context user pgh_obj", IntegerField(), "auth"),
        *writers("Membership", "auth_user_groups", ["group_id", "id", "user_id"], ANY_CHANGE),
        KeepHistory("SecondFactor", "id name confirmed pgh_context user pgh_obj", of="otp_totp.TOTPDevice"),
    ]
