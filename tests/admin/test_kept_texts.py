"""The text of a source is kept for curators, in one table, until it is purged; readers never see it."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from models_catalog.intake.articles.places import locate
from models_catalog.intake.articles.text import read_article
from models_catalog.intake.fixtures.verify import verify_evidence
from models_catalog.models import Claim, Source, SourceText
from models_catalog.models.vocabulary import Field
from tests.admin.articles import DETAILS, read
from tests.admin.test_article_groups import send, taken

TEXT = "\ufeff甲公司发布大(dà)模型“青鸾”,青鸾的参数为2600亿。\n只有这里才有的一句闲话。"
pytestmark = pytest.mark.django_db


@pytest.fixture
def source(curator: Client) -> Source:
    send(curator, taken(read(curator, TEXT), "青鸾"))
    return Source.objects.get(slug="some-paper")


def tables_with(words: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        found = set()
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS one WHERE one::text LIKE %s', [f"%{words}%"])
            found |= {table} if (cursor.fetchone() or (0,))[0] else set()
    return found


def test_it_is_kept_in_one_table_and_in_no_history(source: Source) -> None:
    assert tables_with("只有这里才有") == {"models_catalog_sourcetext"}


def test_a_setting_keeps_none(curator: Client, settings: Any) -> None:
    settings.KEEP_SOURCE_TEXTS = False
    send(curator, taken(read(curator, TEXT), "青鸾"))
    assert Source.objects.filter(slug="some-paper").exists()
    assert tables_with("只有这里才有") == set()


def test_purging_leaves_the_claims(curator: Client, source: Source) -> None:
    claims = Claim.objects.filter(source=source).count()
    curator.post(reverse("admin:models_catalog_source_purge_text", args=[source.pk]))
    assert tables_with("只有这里才有") == set()
    assert Claim.objects.filter(source=source).count() == claims > 0


@pytest.mark.parametrize("page", ["reread", "read"])
def test_an_open_page_does_not_bring_back_what_was_purged(curator: Client, source: Source, page: str) -> None:
    Claim.objects.filter(source=source).delete()  # which are proposed again
    shown = curator.get(reverse("admin:models_catalog_source_reread", args=[source.pk]))
    if page == "read":
        shown = read(curator, TEXT)
    curator.post(reverse("admin:models_catalog_source_purge_text", args=[source.pk]))
    send(curator, taken(shown, "青鸾"))
    assert (SourceText.objects.count(), Claim.objects.filter(source=source).exists()) == (0, True)


def test_a_text_that_was_not_kept_is_kept_once_it_is_pasted(curator: Client, source: Source) -> None:
    curator.post(reverse("admin:models_catalog_source_purge_text", args=[source.pk]))
    Claim.objects.filter(source=source).delete()
    send(curator, taken(read(curator, TEXT), "青鸾"))
    assert SourceText.objects.count() == 1


def test_it_is_read_again_with_what_the_ledger_has(curator: Client, source: Source) -> None:
    page = curator.get(reverse("admin:models_catalog_source_reread", args=[source.pk]))
    assert {str(card.known) for card in page.context["cards"] if card.known} == {"proposed"}
    assert page.context["source"] == source


def test_without_a_text_one_is_asked_to_paste_it(curator: Client, source: Source) -> None:
    SourceText.objects.all().delete()
    answer = curator.get(reverse("admin:models_catalog_source_reread", args=[source.pk]))
    assert answer["Location"] == reverse("admin:models_catalog_source_read")


@pytest.mark.parametrize(("added", "place"), [("", (6, 13)), (" ", None)])
def test_a_file_stands_in_for_it_only_with_its_own_bytes(
    source: Source, settings: Any, tmp_path: Path, added: str, place: tuple[int, int] | None
) -> None:
    settings.CATALOG_SOURCES_DIR = tmp_path
    (tmp_path / source.file_name).write_text(TEXT + added, "utf-8")
    SourceText.objects.all().delete()
    assert locate(source, 1, "大模型") == place


def test_words_of_a_later_claim_are_found_in_it(source: Source) -> None:
    assert locate(source, 1, "大模型") == (6, 13)


def test_evidence_typed_by_hand_is_checked_against_it(curator: Client, source: Source) -> None:
    entry = Claim.objects.filter(source=source).first()
    assert entry is not None
    address = "/en/admin/models_catalog/claim/add/" + f"?entry={entry.entry_id}&field={Field.PARAMETERS}"
    sent = {"answer": "value", "basis": "stated", "source": source.pk, "line": 1, "start": 0, "end": 5}
    page = curator.post(address, sent | {"quotation": "参数为3600亿"})
    assert page.context["form"].errors["quotation"] == ["These words are not in that line."]
    curator.post(address, sent | {"quotation": "参数为2600亿"})
    assert Claim.objects.latest("pk").place == "1:21-29"


def test_verify_evidence_reads_it(source: Source, tmp_path: Path) -> None:
    report = verify_evidence(tmp_path)
    assert [miss for miss in report.misses if "gloss" not in miss] == []


def test_verify_evidence_reads_a_mark_in_gb18030_too(source: Source, tmp_path: Path) -> None:
    article = read_article(TEXT.encode("gb18030"))
    SourceText.objects.update(text=article.text, encoding=article.encoding)
    Source.objects.filter(pk=source.pk).update(sha256=article.sha256)
    assert [miss for miss in verify_evidence(tmp_path).misses if "gloss" not in miss] == []


def test_the_same_text_is_kept_once(curator: Client, source: Source) -> None:
    page = curator.post(reverse("admin:models_catalog_source_read"), {"text": TEXT, **DETAILS})
    send(curator, page)
    assert SourceText.objects.count() == 1
