"""Words that nobody could check against a text have no place, and readers are told so."""

from datetime import timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pghistory.models import Context

from models_catalog.claims.recording import recorded
from models_catalog.history import changes
from models_catalog.history.versions import version_of_claims
from models_catalog.intake.articles.places import keep_text
from models_catalog.intake.articles.text import read_article
from models_catalog.intake.fixtures.verify import verify_evidence
from models_catalog.intake.values import parse_number
from models_catalog.models import Claim, DeveloperClaim, Entry, Source
from models_catalog.models.history import INSERT, SourceEvent
from models_catalog.models.vocabulary import Field
from tests.checksums import checksums
from tests.decisions import accept_claim
from tests.factories import make_entry, make_source, make_statement, unsaved_claim

ARTICLE = read_article("轩辕的参数为2600亿。".encode())
TYPED = {
    "answer": "value",
    "basis": "stated",
    "line": "1",
    "start": "3",
    "end": "11",
    "quotation": "参数为2600亿",
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    """A text that was read elsewhere and is not at hand here."""
    return make_source("a-text", sha256=ARTICLE.sha256)


def add(client: Client, entry: Entry, source: Source, **more: Any) -> Claim:
    address = reverse("admin:models_catalog_claim_add") + f"?entry={entry.pk}&field={Field.PARAMETERS}"
    client.post(address, {**TYPED, "source": source.pk, **more})
    return Claim.objects.get(source=source)


def test_typed_words_without_the_text_have_no_place(curator: Client, source: Source) -> None:
    claim = add(curator, make_entry("轩辕"), source)
    assert (claim.line, claim.start, claim.quotation) == (None, None, "参数为2600亿")


def test_with_the_text_they_are_found_in_it(curator: Client, source: Source) -> None:
    keep_text(source, ARTICLE)
    assert add(curator, make_entry("轩辕"), source, start="", end="").place == "1:3-11"


def test_with_the_text_a_line_is_asked_for(curator: Client, source: Source) -> None:
    keep_text(source, ARTICLE)
    address = reverse("admin:models_catalog_claim_add") + f"?entry={make_entry('轩辕').pk}&field=parameters"
    page = curator.post(address, {**TYPED, "source": source.pk, "line": ""})
    assert page.context["form"].errors.keys() == {"line"}


def test_readers_are_told(curator: Client, client: Client, source: Source) -> None:
    accept_claim(claim=add(curator, make_entry("轩辕"), source), reviewer="editors")
    pages = [f"/en/models/{Entry.objects.get().slug}/", "/en/sources/a-text/"]
    entry, words = (client.get(address).content.decode() for address in pages)
    assert "not checked against a text" in entry
    assert "not checked</a>" in words


@pytest.mark.parametrize(("words", "line"), [("2600亿", 1), ("3600亿", None)])
def test_what_was_checked_stays_so_while_its_words_do(
    curator: Client, source: Source, words: str, line: int | None
) -> None:
    claim = make_entry("轩辕", parameters="2600亿", source=source).claims.get(field=Field.PARAMETERS)
    sent = TYPED | {"source": source.pk, "quotation": words, "version": version_of_claims(claim.entry)}
    curator.post(reverse("admin:models_catalog_claim_change", args=[claim.pk]), sent)
    claim.refresh_from_db()
    assert (claim.stated, claim.line) == (words, line)


def test_verify_evidence_counts_them(curator: Client, source: Source, tmp_path: Path) -> None:
    add(curator, make_entry("轩辕"), source)
    (tmp_path / source.file_name).write_bytes(ARTICLE.text.encode())
    assert verify_evidence(tmp_path).unchecked == {"a-text": 1}


@cache
def apps_before() -> Any:
    """The tables as the migration finds them."""
    return MigrationLoader(None).project_state(("models_catalog", "0013_web_pages")).apps


def migrate() -> None:
    migration = import_module("models_catalog.migrations.0014_unchecked_words")
    with connection.schema_editor() as editor:
        migration.forget(apps_before(), editor)


def typed(source: Source, done: str = "propose", words: str = "参数为2600亿", **columns: Any) -> Claim:
    """An accepted claim that was made before, with the place that was given."""
    place = {"line": 1, "start": 3, "end": 11, "number": parse_number("parameters", "2600亿")} | columns
    claim = unsaved_claim(make_entry("轩辕"), Field.PARAMETERS, words=words, source=source, **place)
    with recorded(done):
        claim.save()
    with recorded("accept"):
        Claim.objects.filter(pk=claim.pk).update(preferred=True)
    return claim


def line_of(claim: Claim | DeveloperClaim) -> int | None:
    migrate()
    claim.refresh_from_db()
    return claim.line


@pytest.mark.parametrize(
    ("done", "line"), [("propose", None), ("import", None), ("read article", 1), ("load_registry", 1)]
)
def test_places_of_before_are_kept_if_the_text_was_read(source: Source, done: str, line: int | None) -> None:
    assert line_of(typed(source, done)) == line


@pytest.mark.parametrize("done", ["propose", "load_registry"])
def test_places_of_developers_are_as_those_of_entries(source: Source, done: str) -> None:
    with recorded(done):
        claim = make_statement(source=source)
    assert line_of(claim) == (None if done == "propose" else 1)


@pytest.mark.parametrize(("start", "line"), [(3, 1), (2, None)])
@pytest.mark.parametrize("is_kept", [True, False])
def test_places_of_before_are_checked_in_a_text_at_hand(
    source: Source, tmp_path: Path, settings: Any, *, start: int, line: int | None, is_kept: bool
) -> None:
    if is_kept:
        keep_text(source, ARTICLE)
    else:
        settings.CATALOG_SOURCES_DIR = tmp_path
        (tmp_path / source.file_name).write_bytes(ARTICLE.text.encode())
    assert line_of(typed(source, start=start)) == line


@pytest.mark.parametrize(("days", "keeps", "line"), [(-1, True, 1), (1, True, None), (-1, False, None)])
def test_places_in_a_text_that_was_purged_since_are_kept(
    source: Source,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    *,
    days: int,
    keeps: bool,
    line: int | None,
) -> None:
    settings.KEEP_SOURCE_TEXTS = keeps
    columns = {field.attname: getattr(source, field.attname) for field in Source._meta.concrete_fields}
    read = Context.objects.create(id=uuid4(), metadata={"what": "read article"})
    at = timezone.now() + timedelta(days=days)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: at)
        SourceEvent.objects.create(**columns, pgh_label=INSERT, pgh_obj=source, pgh_context=read)
    assert line_of(typed(source)) == line


def test_a_place_of_an_imported_table_is_left(source: Source) -> None:
    Source.objects.filter(pk=source.pk).update(slug="import-5")
    assert line_of(typed(source, "import")) == 1


def test_the_history_says_why_a_place_is_gone(
    admin_client: Client, client: Client, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "SETTLING", timedelta(seconds=-1))
    claim = typed(source)
    migrate()
    address = reverse("admin:models_catalog_claim_history", args=[claim.pk])
    assert "去掉未核对的位置" in admin_client.get(address).content.decode()
    told = [client.get(f"/{language}/feeds/changes.atom").content.decode() for language in ("en", "zh")]
    assert "Line numbers that were never checked against a text are gone: 1 claim" in told[0]
    assert "从未与文本核对过的行号已去掉：1条陈述" in told[1]


def test_readers_are_told_of_no_place_that_a_waiting_claim_lost(
    client: Client, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "SETTLING", timedelta(seconds=-1))
    claim = typed(source)
    Claim.objects.filter(pk=claim.pk).update(status="proposed", preferred=False)
    migrate()
    assert line_of(claim) is None
    assert "never checked" not in client.get("/en/feeds/changes.atom").content.decode()


def test_where_nothing_is_to_be_forgotten_nothing_is_written(curated_registry: None) -> None:
    before = checksums()
    migrate()
    assert checksums() == before
