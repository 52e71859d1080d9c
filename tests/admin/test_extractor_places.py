"""Which place a suggestion is of, how many were looked at, which addresses are asked, and that a late answer is cut off below TLS."""

import json
import socket
import ssl
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from models_catalog.checks import extractor_is_safe
from models_catalog.curation.articles.marks import FIELDS
from models_catalog.intake.articles import extractor
from models_catalog.intake.articles.text import read_article

ARTICLE = read_article("甲模型参数1000亿,乙模型参数1000亿。".encode())
SIZE = {
    "line": 1,
    "quotation": "乙模型参数1000亿",
    "words": "1000亿",
    "field": "parameters",
    "model": "乙模型",
}


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Callable[..., extractor.Suggested]:
    """Reads these findings as a language model's answer."""

    def answer(*findings: Any) -> extractor.Suggested:
        content = json.dumps({"findings": findings})
        body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        monkeypatch.setattr(extractor, "_exchanged", lambda _sent: body)
        return extractor.ask(ARTICLE, FIELDS)

    return answer


def test_a_place_that_cannot_be_told_in_its_line_is_left_out(
    answered: Callable[..., extractor.Suggested],
) -> None:
    whole = {**SIZE, "quotation": "甲模型参数1000亿,乙模型参数1000亿"}
    answer = answered({**SIZE, "quotation": "参数1000亿"}, whole, SIZE)
    assert [(one.field, one.start) for one in answer.suggestions] == [("parameters", 16)]
    assert answer.left_out == 2


def test_a_name_may_stand_twice(answered: Callable[..., extractor.Suggested]) -> None:
    answer = answered({**SIZE, "quotation": "模型", "words": "模型", "field": "name"})
    assert [(one.field, one.start) for one in answer.suggestions] == [("name", 1)]


def test_what_nobody_looked_at_is_not_counted_as_untrue(answered: Callable[..., extractor.Suggested]) -> None:
    assert answered(SIZE, *[7] * (extractor.MOST + 5)).left_out == extractor.MOST - 1


class AtOnce:
    """A timer whose time is up when it starts."""

    def __init__(self, _seconds: float, work: Callable[[], None]) -> None:
        self.start = work
        self.daemon = False

    def cancel(self) -> None:
        """Nothing."""


def test_a_late_answer_is_cut_off_below_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extractor, "Timer", AtOnce)
    ours, theirs = socket.socketpair()
    context = ssl.create_default_context()
    with (
        theirs,
        context.wrap_socket(ours, server_hostname="localhost", do_handshake_on_connect=False) as sock,
        extractor._cut_off(sock, Event()),
        pytest.raises(BrokenPipeError),
    ):
        sock.do_handshake()  # an AttributeError after SSLSocket.shutdown, as in a read under way


@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        ("https://example.org/v1", True), ("http://127.0.0.1:11434/v1", True), ("http://[::1]/v1", True), ("http://localhost", True),
        ("http://example.org/v1", False), ("ftp://127.0.0.1/", False), ("https://me:key@example.org/", False),
        ("https://example.org/?key=a", False), ("https://", False), ("https://[", False), ("http://127.0.0.1:99999/", False),
        ("http://127.0.0.1.example.org/", False),
    ],
)  # fmt: skip
def test_texts_leave_by_https_or_stay_on_this_machine(settings: Any, url: str, is_taken: bool) -> None:
    settings.EXTRACTOR_URL, settings.EXTRACTOR_MODEL = url, "some-model"
    assert (extractor.extractor_host() != "", extractor_is_safe() == []) == (is_taken, is_taken)


def test_an_address_without_a_model_is_said(settings: Any) -> None:
    settings.EXTRACTOR_URL = "https://example.org/v1"
    assert [error.id for error in extractor_is_safe()] == ["models_catalog.E003"]
