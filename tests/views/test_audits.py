"""The audits that are published on /about/, and what the site says of its claims."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from models_catalog.claims.settle import settle
from models_catalog.intake.fixtures.files import FixtureError
from models_catalog.intake.fixtures.verify import read_audits
from models_catalog.models.vocabulary import Basis, Field
from models_catalog.pages import home
from tests.factories import make_claim, make_entry, make_sector

AUDIT = """- {day: 2026-11-29, readers: 2, claims: 430, right: 386, arguable: 36, wrong: 8,
   way_zh: 逐条重读。, way_en: Each claim was read again., mended_en: All were corrected., mended_zh: 已更正。}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "audits.yaml").write_text(AUDIT)
    return tmp_path


@pytest.fixture
def _published(folder: Path, settings: Any) -> Iterator[None]:
    settings.CATALOG_FIXTURES_DIR = folder
    home._audits.cache_clear()
    yield
    home._audits.cache_clear()


def test_audit_is_read_with_its_rate(folder: Path) -> None:
    (audit,) = read_audits(folder)
    assert (str(audit.day), audit.wrong, audit.share_wrong) == ("2026-11-29", 8, 1.9)


def test_fixtures_without_the_file_have_none(tmp_path: Path) -> None:
    assert read_audits(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("wrong: 8", "wrong: 9", "do not add up"), ("claims: 430", "claims: many", "claims is no count"),
        ("2026-11-29", "2026-13-29", "is no day"), ("readers: 2,", "", "no readers"),
    ],
)  # fmt: skip
def test_mistake_is_named(folder: Path, old: str, new: str, reason: str) -> None:
    (folder / "audits.yaml").write_text(AUDIT.replace(old, new))
    with pytest.raises(FixtureError, match=reason):
        read_audits(folder)


@pytest.mark.django_db
@pytest.mark.usefixtures("_published")
@pytest.mark.parametrize(("prefix", "words"), [("/en", "All were corrected."), ("/zh", "已更正。")])
def test_about_publishes_it(client: Client, prefix: str, words: str) -> None:
    page = client.get(f"{prefix}/about/").content.decode()
    assert [one in page for one in (words, "386", "1.9%", 'id="audit"')] == [True] * 4


@pytest.mark.django_db
def test_pages_say_how_many_claims_are_stated_inferred_and_curators(client: Client) -> None:
    entry = make_entry("文心")
    told = {"reason_zh": "x", "reason_en": "x"}
    make_claim(entry, Field.SECTOR, sector=make_sector(), basis=Basis.CURATOR, **told)
    make_claim(entry, Field.CATEGORY, token="general", basis=Basis.INFERRED, **told)
    settle([entry])
    assert "claims: 2 stated, 1 inferred, 1 added by curators" in client.get("/en/").content.decode()
    assert (
        "2 are stated by an article, 1 are inferred from one, and 1 were added"
        in client.get("/en/about/").content.decode()
    )
    assert "Of 1 claims about it, 0 are stated" in client.get("/en/sectors/").content.decode()
