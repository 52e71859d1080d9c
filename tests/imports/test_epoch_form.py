"""300 rows in Epoch AI's form are read, imported and accepted; the registry's own files of them come back unchanged."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from models_catalog.intake.tables import upload
from models_catalog.intake.tables.files import file_of
from models_catalog.intake.tables.runs import imported, planned
from models_catalog.intake.tables.upload import Told
from models_catalog.models import Entry, Source
from tests.imports.epoch_form import epoch_text
from tests.imports.test_own_files import MODELS, odd_rows

pytestmark = pytest.mark.django_db


def test_what_was_accepted_comes_back_unchanged(
    admin_client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "read_file", file_of)  # a process for each file would take its time
    (tmp_path / "epoch.csv").write_text(epoch_text(300, 120), "utf-8")
    out = io.StringIO()
    call_command("interchange", "read", "epoch", str(tmp_path / "epoch.csv"), stdout=out)
    read = out.getvalue().encode()
    with imported("epoch.csv", read, Told()):
        assert (Entry.objects.listed().count(), Source.objects.count()) == (300, 1)
        assert {row["outcome"] for row in planned("epoch.csv", read, Told())["rows"]} == {"unchanged"}
        for file in (MODELS[0], MODELS[2]):
            assert odd_rows(admin_client, f"/en/{file}") == []
