"""The data package stays valid whatever a curator decides: the public validator reads it after each kind of decision."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models_catalog.claims.merge import merge_entries
from models_catalog.claims.propose import propose_claim, revise_claim
from models_catalog.intake.tables.apply import apply_import, plan_of
from models_catalog.intake.tables.columns import guess_mapping
from models_catalog.intake.tables.plan import fingerprint
from models_catalog.models import Entry, ImportBatch
from models_catalog.models.vocabulary import Basis, Field, Ruling
from models_catalog.publish.releases.edition import Edition
from models_catalog.publish.releases.package import members
from tests.decisions import accept_claim, dispute_claim, reject_claim
from tests.factories import make_entry, propose, unsaved_claim

pytestmark = pytest.mark.django_db
NOW, NEXT = Edition(0, date(2026, 11, 22)), Edition(2, date(2026, 11, 23))


@pytest.fixture
def entry() -> Entry:
    """A member of a family, with a size."""
    family = make_entry("文心", slug="wenxin", kind="family")
    return make_entry("文心一言", parent=family, parameters="2600亿", developers=["百度"], released="2023-03")


def accept(entry: Entry) -> None:
    accept_claim(claim=propose(entry), reviewer="curator")


def reject(entry: Entry) -> None:
    reject_claim(claim=entry.claims.get(field=Field.PARAMETERS), reviewer="curator")


def dispute(entry: Entry) -> None:
    claim = propose(entry)
    dispute_claim(claim=claim, reviewer="curator", ruling=Ruling.LATER_SOURCE, reason="旧")


def revise(entry: Entry) -> None:
    revise_claim(claim=entry.claims.get(field=Field.PARAMETERS), reviewer="curator")


def know(entry: Entry) -> None:
    claim = unsaved_claim(
        entry, Field.OPENNESS, token="open", basis=Basis.CURATOR, reason_zh="熟知", reason_en="Known"
    )
    accept_claim(claim=propose_claim(claim=claim, proposer="curator"), reviewer="curator")


def hide_the_family(entry: Entry) -> None:
    reject_claim(claim=Entry.objects.get(slug="wenxin").claims.get(field=Field.NAME), reviewer="curator")


def merge(entry: Entry) -> None:
    merge_entries(kept=make_entry("盘古"), merged=Entry.objects.get(slug="wenxin"), by="admin")


def take_in(entry: Entry) -> None:
    text = "name,developer,parameters\n新模型,新公司,1000亿\n"
    mapping = guess_mapping(text.partition("\n")[0].split(","))
    batch = ImportBatch.objects.create(
        file_name="a.csv", encoding="utf-8", text=text, uploaded_by="curator", mapping=mapping,
        options={"status": "accepted", "developer_kind": "ai-company"},
    )  # fmt: skip
    apply_import(batch=batch, expected=fingerprint(plan_of(batch)), by="curator")


DECISIONS = [accept, reject, dispute, revise, know, hide_the_family, merge, take_in]


def complaints(files: dict[str, bytes], folder: Path) -> Any:
    """Of the public validator about a package, as notes."""
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    found = [error["message"] for task in report["tasks"] for error in task["errors"]]
    return found or [error["message"] for error in report["errors"]]


@pytest.mark.parametrize("decide", DECISIONS)
def test_package_is_valid_after_a_decision(
    entry: Entry, tmp_path: Path, decide: Callable[[Entry], None]
) -> None:
    decide(entry)
    assert complaints(members(NOW), tmp_path) == []


def test_next_release_is_valid_after_a_decision(entry: Entry, tmp_path: Path) -> None:
    accept(entry)
    assert complaints(members(NEXT), tmp_path) == []
