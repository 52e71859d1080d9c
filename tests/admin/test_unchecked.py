"""Words that nobody could check against a text have no place, and readers are told so."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from models_catalog.claims.recording import recorded
from models_catalog.history.versions import version_of_claims
from models_catalog.intake.articles.places import keep_text
from models_catalog.intake.articles.text import read_article
from models_catalog.intake.fixtures.verify import verify_evidence
from models_catalog.models import Claim, Entry, Source
from models_catalog.models.vocabulary import Field
from tests.decisions import accept_claim
from tests.factories import make_entry, make_source, unsaved_claim

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


@pytest.mark.parametrize(
    ("done", "line"), [("propose", None), ("import", None), ("read article", 1), ("load_registry", 1)]
)
def test_places_of_before_are_kept_if_the_text_was_read(source: Source, done: str, line: int | None) -> None:
    claim = unsaved_claim(
        make_entry("轩辕"), Field.PARAMETERS, words="2600亿", source=source, line=1, start=3, end=11
    )
    with recorded(done):
        claim.save()
    with recorded("accept"):
        Claim.objects.filter(pk=claim.pk).update(preferred=True)
    migration = import_module("models_catalog.migrations.0014_unchecked_words")
    with connection.cursor() as cursor:
        cursor.execute(migration.forget("claim").sql)
    claim.refresh_from_db()
    assert claim.line == line
