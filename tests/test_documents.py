"""The documents name what exists, and the README leads to each of them."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT: Path = settings.BASE_DIR
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
_DECISION = re.compile(r"decisions/(\d{4})")
_WRITTEN_IN = (
    "*.md",
    "docs/**/*.md",
    "fixtures/*.md",
    "models_catalog/**/*.py",
    "registry/**/*.py",
    "*.toml",
)


def test_every_test_that_the_ux_document_names_exists() -> None:
    named = _TEST.findall((ROOT / "docs/ux.md").read_text("utf-8"))
    sources = {path: (ROOT / path).read_text("utf-8") for path, _test in named}
    assert len(named) > 40
    assert [f"{path}::{test}" for path, test in named if f"def {test}(" not in sources[path]] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_leads_to_every_document(readme: str) -> None:
    documents = {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")}
    assert documents - set(_LINK.findall((ROOT / readme).read_text("utf-8"))) == set()


@pytest.mark.django_db
def test_the_readme_shows_what_a_first_start_says() -> None:
    said = io.StringIO()
    call_command("load_registry", stdout=said)
    told = [line for line in said.getvalue().splitlines() if line.startswith("models_catalog_")]
    shown = [line.strip() for line in (ROOT / "README.md").read_text("utf-8").splitlines()]
    assert told
    assert [line for line in told if line.strip() not in shown] == []


def test_every_link_between_documents_leads_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("fixtures/*.md")]
    links = [(path, link) for path in documents for link in _LINK.findall(path.read_text("utf-8"))]
    assert len(links) > 40
    assert [(path.name, link) for path, link in links if not (path.parent / link).exists()] == []


def test_every_decision_that_is_pointed_at_is_recorded() -> None:
    recorded = {path.name[:4] for path in (ROOT / "docs/decisions").glob("*.md")}
    texts = [path.read_text("utf-8") for pattern in _WRITTEN_IN for path in ROOT.glob(pattern)]
    assert {number for text in texts for number in _DECISION.findall(text)} - recorded == set()
