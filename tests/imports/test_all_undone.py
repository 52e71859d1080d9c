"""A curator imports the public table, sees and resolves its duplicates, merges what was overlooked, and undoes it all."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from models_catalog.intake.tables.apply import plan_of
from models_catalog.intake.tables.plan import NEW
from models_catalog.models import Entry, ImportBatch, Merge
from models_catalog.models.vocabulary import Status
from tests.checksums import checksums
from tests.factories import make_entry
from tests.needs import PUBLIC_TABLE, TABLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def public_table() -> Path:
    PUBLIC_TABLE.require()
    return TABLE


def post(client: Client, view: str, pk: int | None = None, **data: Any) -> Any:
    return client.post(reverse(f"admin:models_catalog_{view}", args=[pk] if pk else []), data)


def imported(client: Client, file: Path, rows: int) -> ImportBatch:
    """Upload, say what the columns hold and which rows are new, look, and apply: each as its page does it."""
    content = b"".join(file.read_bytes().splitlines(keepends=True)[: rows + 1])
    post(client, "importbatch_add", file=SimpleUploadedFile(file.name, content))
    batch = ImportBatch.objects.latest("pk")
    batch.mapping, batch.options["status"] = {"3": "developer", "4": "name", "6": "sector"}, Status.ACCEPTED
    batch.decisions = {str(row.line): NEW for row in plan_of(batch) if row.is_open}
    batch.save()
    preview = client.get(reverse("admin:models_catalog_importbatch_change", args=[batch.pk]))
    post(client, "importbatch_apply", batch.pk, fingerprint=preview.context["fingerprint"])
    batch.refresh_from_db()
    return batch


def merged(client: Client, entry: Entry, kept: Entry) -> Merge:
    address = reverse("admin:models_catalog_entry_merge", args=[entry.pk])
    kept_version, version = client.get(address, {"into": kept.pk}).context["versions"]
    client.post(address, {"into": kept.pk, "kept_version": kept_version, "version": version})
    return Merge.objects.latest("pk")


def test_everything_undone_is_as_it_was_to_the_last_byte(admin_client: Client, public_table: Path) -> None:
    ours = [make_entry("盘古", developers=["华为"]), make_entry("文心", developers=["百度", "百度云"])]
    before = checksums()
    for rows in (247, 20):
        batch = imported(admin_client, public_table, rows)
        theirs = Entry.objects.filter(pk__in=batch.made["entries"]).order_by("pk")[:3]
        merges = [merged(admin_client, theirs[0], ours[0]), merged(admin_client, ours[1], theirs[1])]
        merges.append(merged(admin_client, theirs[1], theirs[2]))
        assert (len(batch.rows), Merge.objects.filter(undone_at=None).count()) == (rows, 3)
        for merge in reversed(merges):
            post(admin_client, "merge_undo", merge.pk)
        asked = admin_client.get(reverse("admin:models_catalog_importbatch_undo", args=[batch.pk]))
        post(admin_client, "importbatch_undo", batch.pk, version=asked.context["since"].version)
        batch.refresh_from_db()
        assert (batch.state, checksums()) == (ImportBatch.State.UNDONE, before)
