"""The documents name what exists, and the README leads to each of them."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command, get_commands
from django.db.models import TextChoices

from models_catalog.models.vocabulary import Answer, Basis, EventKind, Field, LinkKind, NameKind, Status

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


def test_the_index_leads_to_every_document() -> None:
    documents = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").glob("**/*.md")}
    index = set(_LINK.findall((ROOT / "docs/README.md").read_text("utf-8")))
    decisions = {
        f"decisions/{name}" for name in _LINK.findall((ROOT / "docs/decisions/README.md").read_text("utf-8"))
    }
    assert documents - index - decisions - {"README.md"} == set()


@pytest.mark.parametrize(("readme", "end"), [("README.md", ".md"), ("README.zh-CN.md", ".zh.md")])
def test_the_readme_leads_to_every_guide(readme: str, end: str) -> None:
    guides = {f"docs/guides/{path.name}" for path in ROOT.glob("docs/guides/*.md") if path.name.endswith(end)}
    guides = {guide for guide in guides if end == ".zh.md" or ".zh." not in guide}
    assert guides - set(_LINK.findall((ROOT / readme).read_text("utf-8"))) == set()


def test_every_decision_is_in_their_index_by_its_title() -> None:
    index = (ROOT / "docs/decisions/README.md").read_text("utf-8")
    titles = {
        path.name: path.read_text("utf-8").split("\n")[0].partition(". ")[2]
        for path in ROOT.glob("docs/decisions/0*.md")
    }
    assert [f"[{title}]({name})" for name, title in titles.items() if f"[{title}]({name})" not in index] == []


@pytest.mark.django_db
def test_the_readme_shows_what_a_first_start_says() -> None:
    said = io.StringIO()
    call_command("load_registry", stdout=said)
    told = [line for line in said.getvalue().splitlines() if line.startswith("models_catalog_")]
    shown = [line.strip() for line in (ROOT / "README.md").read_text("utf-8").splitlines()]
    assert told
    assert [line for line in told if line.strip() not in shown] == []


TEXTS = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/*.md"),
    *ROOT.glob("docs/guides/*.md"),
    ROOT / "fixtures/README.md",
]
"""What people read; decisions and changes are of their day."""


def test_every_target_of_make_that_is_named_exists() -> None:
    made = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        (path.name, name)
        for path in TEXTS
        for name in re.findall(r"(?:`|^ *|-- )make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert len(named) > 20
    assert [(path, name) for path, name in named if name not in made] == []


def test_every_command_that_is_named_exists() -> None:
    command = re.compile(r"(?:manage\.py|deploy/manage) ([a-z_]+)")
    named = {(path.name, name) for path in TEXTS for name in command.findall(path.read_text("utf-8"))}
    assert len(named) > 20
    assert [(path, name) for path, name in named if name not in get_commands()] == []


def test_every_file_that_the_documents_name_exists() -> None:
    name = re.compile(
        r"`((?:deploy|registry|tests|docs|bench|fixtures|templates|static|locale|models_catalog)/[\w./-]+?)(?:::\w+)?`"
    )
    named = {(path.name, found) for path in TEXTS for found in name.findall(path.read_text("utf-8"))}
    assert len(named) > 100
    assert sorted((path, found) for path, found in named if not (ROOT / found).exists()) == []


@pytest.mark.parametrize("number", range(3))
def test_the_examples_of_the_fixtures_are_of_the_fixtures(number: int) -> None:
    example = yaml.safe_load(
        re.findall(r"```yaml\n(.*?)```", (ROOT / "fixtures/README.md").read_text("utf-8"), re.DOTALL)[number]
    )
    file = ("claims", "developers", "audits")[number]
    whole = read(file)
    assert is_part_of(example, whole)


def is_part_of(example: Any, whole: Any) -> bool:
    """Whether every row and value of an example is in the whole."""
    if isinstance(example, dict):
        return isinstance(whole, dict) and all(
            key in whole and is_part_of(value, whole[key]) for key, value in example.items()
        )
    if isinstance(example, list):
        return all(any(is_part_of(one, other) for other in whole) for one in example)
    return bool(example == whole)


def read(name: str) -> Any:
    return yaml.load((ROOT / f"fixtures/{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_counts_the_fixtures(readme: str) -> None:
    claims = [claim for of_entry in read("claims").values() for claim in of_entry]
    rejected = sum(claim.get("status") == "rejected" for claim in claims)
    omissions = sum(map(len, read("omissions").values()))
    numbers = [len(read("entries")), len(claims) - rejected, rejected, len(read("figures")), omissions]
    told = re.search(r"(?:reconciled|核对)[:：].*?\n\n", (ROOT / readme).read_text("utf-8"), re.DOTALL)
    assert told
    assert [int(number) for number in re.findall(r"\d+", told[0])] == numbers


def test_the_coverage_counts_the_claims() -> None:
    counted = [
        one for of_entry in read("claims").values() for one in of_entry if one.get("status") != "rejected"
    ]
    bases = [one.get("basis", "stated") for one in counted]
    told = ", ".join(
        f"{bases.count(basis)} {words}"
        for basis, words in [
            ("stated", "stated"),
            ("inferred", "inferred"),
            ("curator", "curators' knowledge"),
        ]
    )
    assert f"{len(counted)} claims that count: {told}" in (ROOT / "docs/coverage.md").read_text("utf-8")


def test_the_citation_of_the_repository_is_of_the_newest_release_that_it_carries() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    newest = max(ROOT.glob("fixtures/releases/*.zip"), key=lambda path: int(path.name.split("-")[1]))
    assert newest.name == f"baimo-{cited['version']}-{cited['date-released']}.zip"


def test_every_link_between_documents_leads_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("fixtures/*.md")]
    links = [(path, link) for path in documents for link in _LINK.findall(path.read_text("utf-8"))]
    assert len(links) > 40
    assert [(path.name, link) for path, link in links if not (path.parent / link).exists()] == []


def anchors(path: Path) -> set[str]:
    """The headings of a document as links name them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_to_a_heading_leads_to_it() -> None:
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("fixtures/*.md")]
    links = [
        (path, name, heading)
        for path in documents
        for name, heading in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", path.read_text("utf-8"))
    ]
    assert len(links) > 30
    assert [
        (path.name, name, heading)
        for path, name, heading in links
        if heading not in anchors(path.parent / name if name else path)
    ] == []


def test_every_decision_that_is_pointed_at_is_recorded() -> None:
    recorded = {path.name[:4] for path in (ROOT / "docs/decisions").glob("*.md")}
    texts = [path.read_text("utf-8") for pattern in _WRITTEN_IN for path in ROOT.glob(pattern)]
    assert {number for text in texts for number in _DECISION.findall(text)} - recorded == set()


def skeleton(path: Path) -> tuple[list[str], list[str], int]:
    """What a document has in any language: the depth of its headings, what stands in code, the rows of its tables."""
    text = path.read_text("utf-8")
    prose = re.sub(r"^```.*?^```|^    .*?$", "", text, flags=re.MULTILINE | re.DOTALL)
    code = {re.sub(r"<.*?>", "<>", found) for found in re.findall(r"`([^`\n]+)`", prose)}
    blocks = re.findall(r"^```.*?^```", text, re.MULTILINE | re.DOTALL)
    return re.findall(r"^#+", text, re.MULTILINE), sorted(code) + blocks, text.count("\n|")


REFERENCES = [*sorted(ROOT.glob("docs/*.zh.md")), ROOT / "fixtures/README.zh.md"]


@pytest.mark.parametrize("chinese", REFERENCES, ids=lambda path: path.name)
def test_a_reference_says_the_same_in_both_languages(chinese: Path) -> None:
    english = chinese.with_name(chinese.name.replace(".zh", ""))
    assert skeleton(chinese) == skeleton(english)
    assert f"[中文]({chinese.name})" in english.read_text("utf-8")


@pytest.mark.parametrize("words", [Field, NameKind, LinkKind, EventKind, Basis, Status, Answer])
def test_the_fixtures_document_names_every_word_that_a_row_may_have(words: type[TextChoices]) -> None:
    text = (ROOT / "fixtures/README.md").read_text("utf-8")
    assert [word for word in words.values if f"`{word}`" not in text] == []
