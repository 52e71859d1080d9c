"""The language of a page, and how it is chosen."""

import pytest
from django.test import Client
from django.urls import reverse

from registry.middleware.language import split

pytestmark = pytest.mark.urls("tests.registry.urls")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/en/models/", ("en", "/models/")),
        ("/zh/", ("zh", "/")),
        ("/en", ("en", "")),
        ("/english/", ("", "/english/")),
        ("/models/en/", ("", "/models/en/")),
        ("/en//evil.example/", ("en", "//evil.example/")),
        ("/", ("", "/")),
    ],
)
def test_split_takes_only_a_whole_first_part(path: str, expected: tuple[str, str]) -> None:
    assert split(path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/en/show/?a=1", b"en /en/show/ /en/show/?a=1"),
        ("/zh/show/", b"zh-hans /zh/show/ /zh/show/"),
        ("/show/", b"zh-hans /show/ /show/"),
        ("/api/show/", b"en /show/ /api/show/"),
        ("/zh/api/show/", b"zh-hans /zh/show/ /zh/api/show/"),
    ],
)
def test_address_fixes_the_language_and_its_links_keep_it(client: Client, path: str, expected: bytes) -> None:
    assert client.get(path).content == expected


@pytest.mark.parametrize(
    ("preference", "expected"),
    [
        ("en-GB,en;q=0.8", "en"),
        ("zh-TW", "zh-hans"),
        ("zh", "zh-hans"),
        ("de", "en"),
        ("\x00;q=x", "zh-hans"),
    ],
)
def test_browser_decides_without_a_prefix(client: Client, preference: str, expected: str) -> None:
    assert client.get("/show/", headers={"Accept-Language": preference})["Content-Language"] == expected


def test_cookie_wins_over_the_browser(client: Client) -> None:
    client.cookies["language"] = "en"
    assert client.get("/show/", headers={"Accept-Language": "zh-CN"})["Content-Language"] == "en"


def test_prefix_wins_over_the_cookie(client: Client) -> None:
    client.cookies["language"] = "en"
    assert client.get("/zh/show/")["Content-Language"] == "zh-hans"


@pytest.mark.parametrize(
    ("path", "expected"), [("/show/", "Accept-Language, Cookie"), ("/en/show/", None), ("/api/show/", None)]
)
def test_vary_only_where_the_reader_is_asked(client: Client, path: str, expected: str | None) -> None:
    assert client.get(path).headers.get("Vary") == expected


def test_prefix_holds_while_an_answer_streams(client: Client) -> None:
    assert client.get("/en/stream/").getvalue() == b"en /en/show/"


def test_prefix_is_forgotten_after_the_request(client: Client) -> None:
    client.get("/en/show/")
    assert reverse("show") == "/show/"


def test_bare_prefix_leads_to_the_start_page(client: Client) -> None:
    assert client.get("/en?q=1")["Location"] == "/en/?q=1"


def test_missing_slash_keeps_the_prefix(client: Client) -> None:
    assert client.get("/en/show?q=1")["Location"] == "/en/show/?q=1"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/models/?q=文心&page=2", "/models/?q=%E6%96%87%E5%BF%83&page=2"),
        ("/zh/models/?q=a", "/en/models/?q=a"),
        ("/zh", "/en/"),
        ("", "/"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_choice_leads_back_to_the_page(client: Client, address: str, expected: str) -> None:
    response = client.post("/language/", {"language": "en", "next": address})
    assert (response.status_code, response["Location"]) == (303, expected)


def test_choice_is_remembered(client: Client) -> None:
    client.post("/language/", {"language": "en"})
    assert client.get("/show/").content.startswith(b"en ")


def test_choice_needs_no_token_since_pages_carry_none() -> None:
    response = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
    assert response.cookies["language"].value == "en"


@pytest.mark.parametrize("language", ["", "de", "zh", "\x00", "en" * 999])
def test_unknown_choice_is_refused(client: Client, language: str) -> None:
    response = client.post("/language/", {"language": language})
    assert (response.status_code, response.cookies.get("language")) == (400, None)


@pytest.mark.parametrize(
    ("listed", "language"),
    [
        ("fr-FR,fr;q=0.9", "en"), ("de", "en"), ("ja,ko;q=0.8", "en"), ("zh-TW,zh;q=0.9,en;q=0.8", "zh-hans"), ("zh-HK", "zh-hans"),
        ("fr,zh;q=0.3", "zh-hans"), ("en;q=0.2,zh;q=0.9", "zh-hans"), ("fr,en;q=0.5,zh;q=0.1", "en"), ("zh;q=0", "en"), ("fr,*;q=0.1", "en"),
        ("*", "zh-hans"), ("", "zh-hans"),
    ],
)  # fmt: skip
def test_who_lists_no_chinese_reads_english(client: Client, listed: str, language: str) -> None:
    assert client.get("/show/", headers={"accept-language": listed})["Content-Language"] == language
