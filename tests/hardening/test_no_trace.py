"""Proposals, reports and uploads change no byte that readers get: no word of it, no count, no date, no order."""

import re
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.history import changes
from models_catalog.models import Entry, ImportBatch, Report, Source, SourceText
from models_catalog.models.vocabulary import Field
from tests.decisions import reject_claim
from tests.factories import make_entry
from tests.hardening.secrets import Secrets, hide_claim, hide_new_entry, hide_statements
from tests.hardening.site import PUBLIC, body
from tests.hardening.test_nothing_proposed import LANGUAGES
from tests.permissions.table import TABLE
from tests.permissions.world import World, make_world

pytestmark = pytest.mark.django_db

_TOLD = re.compile(rb'csrfmiddlewaretoken" value="\w+"|"created": "[^"]*"')
"""May differ: a reader's own token, and the day on which the registry changed last, of which a package is."""
PACKED = ("package", "_xlsx", "_parquet")
"""Files that say when they were written."""


def test_what_waits_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "SETTLING", timedelta(0))
    world = make_world()
    entry = make_entry(
        "轩辕", slug="xuanyuan", developers=["度小满"], parameters="千亿级", released="2023-05"
    )
    before = everything(world)
    hide(entry)
    after = everything(world)
    assert [address for address in before if before[address] != after[address]] == []


def hide(entry: Entry) -> None:
    secrets = Secrets()
    for of in Field:
        hide_claim(secrets, entry, of)
        reject_claim(claim=hide_claim(secrets, entry, of), reviewer="curator", reason="no")
    hide_statements(secrets)
    hide_new_entry(secrets)
    for source in Source.objects.filter(kept_text=None):
        SourceText.objects.create(source=source, text="轩辕的正文", encoding="utf-8")
    ImportBatch.objects.create(
        file_name="a.csv", encoding="utf-8", text="公司,大模型\n百度,某\n", uploaded_by="curator"
    )
    Report.objects.create(entry=entry, field="parameters", statement="wrong", source_url="https://a.example/")


def everything(world: World) -> dict[str, Any]:
    """Every public address and some lists, in both languages: the status and the body."""
    names = [name for name in PUBLIC if not name.endswith(PACKED)]
    paths = [reverse(name, args=TABLE[name].args(world)) for name in names]
    paths += [
        "/models/xuanyuan/",
        "/models/xuanyuan.md",
        "/developers/",
        "/models/?sort=-released",
        "/models/?q=度小满",
        "/models/?q=轩",
    ]
    return {one: said(one) for one in (f"{prefix}{path}" for path, prefix in product(paths, LANGUAGES))}


def said(address: str) -> tuple[int, bytes]:
    response = Client().get(address)
    return response.status_code, _TOLD.sub(b"", body(response))
