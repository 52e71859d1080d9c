"""Every file that the registry gives comes back through the import with each row unchanged, in both languages."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from models_catalog.intake.tables import upload
from models_catalog.intake.tables.files import file_of
from models_catalog.intake.tables.runs import planned
from models_catalog.intake.tables.upload import Told
from models_catalog.models import Claim, Entry

pytestmark = pytest.mark.django_db

ADMIN = "admin/models_catalog"
MODELS = [
    "models.csv", "models.xlsx", f"{ADMIN}/entry/export/entries.csv", f"{ADMIN}/entry/export/entries.xlsx",
    f"{ADMIN}/entry/export/entries-with-evidence.csv", f"{ADMIN}/entry/export/entries-with-evidence.xlsx",
]  # fmt: skip
CLAIMS = [
    "claims.csv",
    f"{ADMIN}/claim/export/claims.csv",
    f"{ADMIN}/claim/export/claims.xlsx",
]


def odd_rows(client: Client, address: str) -> list[str]:
    """The rows that would do anything, or of which something is said; "no row" of a file without any."""
    name = address.rpartition("/")[2]
    rows = planned(name, b"".join(client.get(address)), Told())["rows"]
    odd = [row for row in rows if row["outcome"] != "unchanged" or _codes(row) - {"rejected-before"}]
    return [f"{address} {row['line']}: {row['outcome']} {row['reason']} {row['notes']}" for row in odd] or (
        [] if rows else [f"{address}: no row"]
    )


def _codes(row: dict[str, Any]) -> set[str]:
    return {note["code"] for note in row["notes"]}


def test_each_file_comes_back_unchanged(admin_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "read_file", file_of)  # a process for each file would take its time
    call_command("load_registry", verbosity=0)
    assert Entry.objects.listed().exists()
    assert Claim.objects.exists()
    for language in ("en", "zh"):
        for file in (*MODELS, *CLAIMS):
            assert odd_rows(admin_client, f"/{language}/{file}") == []
