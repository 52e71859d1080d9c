"""What no form of ours should get: every address of the curators' pages × nasty values, by GET and POST; no 5xx."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.models import Claim, Entry, ImportBatch
from models_catalog.models.vocabulary import Field, Status
from tests.factories import make_claim, make_entry

NASTIES = ["\0", "-1", "9" * 30, "٣", "<script>"]


@pytest.fixture
def entry(db: None) -> Entry:
    entry = make_entry("轩辕")
    make_claim(entry, Field.SECTOR, answer="undisclosed", status=Status.PROPOSED)
    return entry


def addresses(entry: Entry) -> dict[str, list[str]]:
    """Address → the names of what it takes."""
    claim = Claim.objects.proposed().get()
    batch = ImportBatch.objects.create(
        file_name="a.csv",
        text="name\n盘古\n",
        uploaded_by="x",
        options={"status": "proposed", "developer_kind": "startup"},
    )
    claim_form = [
        "answer",
        "basis",
        "source",
        "line",
        "start",
        "end",
        "quotation",
        "stated",
        "token",
        "version",
        "number",
    ]
    return {
        reverse("admin:models_catalog_claim_decide", args=[claim.pk]): ["decision", "ruling", "reason", "version", "next"],
        reverse("admin:models_catalog_claim_change", args=[claim.pk]): claim_form,
        reverse("admin:models_catalog_claim_add") + f"?entry={entry.pk}&field=parameters": [*claim_form, "low", "high"],
        reverse("admin:models_catalog_claim_add") + f"?entry={entry.pk}&field=event": [*claim_form, "event", "days"],
        reverse("admin:models_catalog_claim_add") + f"?entry={entry.pk}&field=context_length": [*claim_form, "low", "high"],
        reverse("admin:models_catalog_claim_add") + f"?entry={entry.pk}&field=link": [*claim_form, "text"],
        reverse("admin:models_catalog_claim_add"): ["entry", "field"],
        reverse("admin:models_catalog_claim_queue"): ["q", "field", "source", "developer", "basis", "batch", "entry", "age", "p", "all"],
        reverse("admin:models_catalog_claim_together"): ["claim", "seen", "decision", "ruling", "reason", "next"],
        f"{reverse('admin:models_catalog_claim_together')}?decision=accept&claim={claim.pk}": ["claim", "next"],
        reverse("admin:models_catalog_entry_add"): ["slug", "text", "token", "basis"],
        reverse("admin:models_catalog_entry_merge", args=[entry.pk]): ["q", "into"],
        reverse("admin:models_catalog_importbatch_change", args=[batch.pk]): [
            "status", "column-0", "row-2", "row-\0", "row-x", "leave", "left", "makers-TOTAL_FORMS", "words-TOTAL_FORMS", "makers",
        ],
        reverse("admin:models_catalog_importbatch_apply", args=[batch.pk]): ["fingerprint"],
        reverse("admin:models_catalog_source_read"): ["text", "article", "published", "name_zh", "_propose", "take-\0"],
        reverse("admin:two_factor"): ["token"],
        reverse("admin:login"): ["username", "password", "next", "otp_token"],
    }  # fmt: skip


def requests(names: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each value for each name: alone in an address, at once in a form, which cleans every field whatever the others are."""
    for turn, nasty in enumerate(NASTIES):
        yield from (("get", {name: nasty}) for name in names)
        yield "post", {name: NASTIES[(turn + place) % len(NASTIES)] for place, name in enumerate(names)}
        yield "post", {names[turn % len(names)]: nasty}


def test_no_form_of_the_curators_breaks(admin_client: Client, entry: Entry) -> None:
    admin_client.raise_request_exception = False
    broken = []
    for address, names in addresses(entry).items():
        for method, sent in requests(names):
            answer = getattr(admin_client, method)(address, sent)
            if answer.status_code >= 500:
                broken.append((method, address, sent))
    assert broken == []
