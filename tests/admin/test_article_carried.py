"""What a page carries of an article that is read in the admin: its file, its details, its signature."""

import time
from base64 import b64encode
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from models_catalog.curation.articles.forms import carried
from models_catalog.models import Source
from models_catalog.models.vocabulary import Field
from tests.admin.articles import ADDRESS, DETAILS, TEXT, card_of, propose, read, registry

__all__ = ["registry"]  # a fixture


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_in_its_encoding(curator: Client, encoding: str) -> None:
    upload = SimpleUploadedFile("a.txt", TEXT.encode(encoding), "text/plain")
    page = curator.post(ADDRESS, {"file": upload, **DETAILS})
    assert (page.context["article"].encoding, len(page.context["cards"])) == (encoding, 7)


@pytest.mark.parametrize(
    ("sent", "field", "error"),
    [
        ({}, "text", "Paste the article, or choose its file: one of the two."),
        (
            {"text": "a" * 200_001},
            "text",
            "The article has 200,001 characters; at most 200,000 are read. Send it in parts.",
        ),
        (
            {"file": b"a\0b"},
            "file",
            "It contains a NUL character, so it is not text. Save it as plain UTF-8 text.",
        ),
        ({"text": "x", "file": b"x"}, "text", "Paste the article, or choose its file: one of the two."),
    ],
)
def test_what_cannot_be_read_is_said_beside_it(
    curator: Client, sent: dict[str, Any], field: str, error: str
) -> None:
    files = {name: SimpleUploadedFile("a.txt", one) for name, one in sent.items() if isinstance(one, bytes)}
    page = curator.post(ADDRESS, {**DETAILS, **sent, **files})
    assert page.context["form"].errors[field] == [error]


def test_a_new_source_needs_its_details_and_keeps_the_text(curator: Client) -> None:
    page = curator.post(ADDRESS, {"text": TEXT, "published": "2023-99"})
    assert set(page.context["details"].errors) == {"name_zh", "publisher_zh", "published"}
    assert page.context["form"]["text"].value() == TEXT


def test_a_source_may_have_an_address_and_its_english_words_default_to_the_chinese(curator: Client) -> None:
    more = {"name_en": "", "publisher_en": "", "web_address": "https://example.org/a"}
    page = read(curator, **more)
    propose(curator, page, card_of(page, Field.PARAMETERS, "文心一言"), **more)
    source = Source.objects.get(sha256=page.context["article"].sha256)
    assert (source.name_en, source.publisher_en) == ("一篇", "某报")
    assert source.web_address == "https://example.org/a"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://example.org/\u202eb", "https://example.org/\u200b"]
)
def test_an_address_that_is_none_is_said_beside_it(curator: Client, address: str) -> None:
    page = read(curator, web_address=address)
    assert set(page.context["details"].errors) == {"web_address"}


@pytest.mark.parametrize(
    "word",
    [
        "",
        "x",
        "a:b:c",
        "\0",
        ".eJw:b:c",
        "W10:b:c",
        f"{b64encode(b'[' * 9_999).decode()}:b:c",
        "WyJcdWQ4MDAiXQ:b:c",
    ],
)
def test_a_forged_article_is_refused(curator: Client, word: str) -> None:
    answer = curator.post(ADDRESS, {"article": word, "_propose": "", **DETAILS})
    assert "This page is incomplete: read the article again." in answer.content.decode()
    assert answer.context["form"]["text"].value() == ""
    assert Source.objects.filter(slug="some-paper").count() == 0


def test_a_page_that_was_signed_by_another_key_loses_neither_text_nor_details(
    curator: Client, settings: Any
) -> None:
    page = read(curator)
    settings.SECRET_KEY = "another" * 10
    curator.force_login(User.objects.get(username="the-curator"))
    again = propose(curator, page, card_of(page, Field.PARAMETERS, "文心一言"))
    assert again.context["form"]["text"].value() == TEXT
    assert again.context["details"]["name_zh"].value() == "一篇"


def test_a_page_may_lie_for_days(curator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(curator)
    later = time.time() + 90 * 24 * 3600
    with monkeypatch.context() as patch:
        patch.setattr("django.core.signing.time.time", lambda: later)
        assert carried(page.context["carried"])[0].text == TEXT
