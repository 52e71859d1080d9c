"""A language model as a plug: asked on demand alone, believed in nothing, bounded in time and size."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from models_catalog.curation.articles.cards import Card
from models_catalog.curation.articles.marks import FIELDS
from models_catalog.history.rows import history_lines
from models_catalog.intake.articles import extractor
from models_catalog.intake.articles.text import read_article
from models_catalog.models import Claim
from models_catalog.models.vocabulary import Field
from tests.admin.articles import read
from tests.admin.test_article_groups import send
from tests.factories import make_entry, make_sector

TEXT = "甲公司的大(dà)模型“青鸾”用于银行。\n它的规模有七百二十亿,权重不会开放。\n混元的参数为1000亿。"
SIZE = {
    "line": 2,
    "quotation": "规模有七百二十亿",
    "words": "七百二十亿",
    "field": "parameters",
    "model": "青鸾",
}
ARTICLE = read_article(TEXT.encode())
Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the test says, and remembers what it was sent."""

    answers: list[Answer]
    sent: list[dict[str, Any]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.sent.append({"path": self.path, "key": self.headers["Authorization"], "body": body})
        self.answers[-1](self)

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def saying(*findings: Any, around: str = "%s") -> Answer:
    content = around % json.dumps({"findings": list(findings)}, ensure_ascii=False)
    return lambda handler: handler.send(json.dumps({"choices": [{"message": {"content": content}}]}).encode())


@pytest.fixture
def server(settings: Any) -> Iterator[type[Handler]]:
    """A language model on this machine, which the settings name; its last answer is the test's."""
    kind = type("Asked", (Handler,), {"sent": [], "answers": [saying(SIZE)]})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as served:
        Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.EXTRACTOR_URL = f"http://127.0.0.1:{served.server_port}/v1/"
        settings.EXTRACTOR_MODEL, settings.EXTRACTOR_KEY = "some-model", "secret-key"
        yield kind
        served.shutdown()


@pytest.fixture
def desk(curator: Client, server: type[Handler]) -> Client:
    """A curator's browser, where a language model is set."""
    make_sector("金融", slug="finance")
    make_entry("混元")
    return curator


def asked(client: Client) -> Any:
    return send(client, read(client, TEXT), "_ask")


def suggested(page: Any) -> list[Card]:
    return [card for card in page.context["cards"] if card.suggested_by]


def said(page: Any) -> str:
    return " ".join(str(message) for message in page.context["messages"])


def test_without_settings_there_is_no_button(curator: Client, db: None) -> None:
    page = read(curator, TEXT)
    assert b'name="_ask"' not in page.content
    assert "The settings name no language model." in said(send(curator, page, "_ask"))


def test_nothing_is_sent_before_one_asks_and_the_page_says_where_it_goes(
    desk: Client, server: type[Handler]
) -> None:
    html = read(desk, TEXT).content.decode()
    assert ("it is sent to 127.0.0.1" in html, "Ask the language model some-model" in html) == (True, True)
    assert server.sent == []


def test_the_repaired_lines_are_sent_with_the_key(desk: Client, server: type[Handler]) -> None:
    asked(desk)
    (sent,) = server.sent
    assert (sent["path"], sent["key"], sent["body"]["model"]) == (
        "/v1/chat/completions", "Bearer secret-key", "some-model",
    )  # fmt: skip
    assert sent["body"]["messages"][1]["content"].splitlines()[0] == "1: 甲公司的大模型“青鸾”用于银行。"


def test_a_suggestion_is_read_by_our_parser_and_not_ticked(desk: Client, server: type[Handler]) -> None:
    page = asked(desk)
    (card,) = suggested(page)
    assert (card.said, card.entry, card.taken, card.suggested_by) == ("72B", "青鸾", False, "some-model")
    assert "Only the language model some-model proposed it." in page.content.decode()


def test_ticking_all_that_is_sure_leaves_it_out(desk: Client, server: type[Handler]) -> None:
    page = asked(desk)
    again = send(desk, page, "_all", suggested_group(page), suggested=page.context["suggested"])
    assert [card.taken for card in suggested(again)] == [False]


def suggested_group(page: Any) -> str:
    return next(str(group.key) for group in page.context["groups"] if group.name == "青鸾")


def test_history_says_which_model_proposed_a_claim(desk: Client, server: type[Handler]) -> None:
    page = asked(desk)
    (card,) = suggested(page)
    ticked = {f"take-{one.finding.key}": "1" for one in page.context["cards"] if one.entry == "青鸾"}
    send(desk, page, suggested=page.context["suggested"], **ticked)
    claim = Claim.objects.get(field=Field.PARAMETERS, stated=card.finding.stated)
    other = Claim.objects.get(field=Field.NAME, text="青鸾")
    assert [[line.model for line in history_lines(one)] for one in (claim, other)] == [["some-model"], [""]]
    assert (
        "language model some-model"
        in desk.get(f"/en/admin/models_catalog/claim/{claim.pk}/history/").content.decode()
    )


def test_what_the_reader_found_stays_its_own(desk: Client, server: type[Handler]) -> None:
    said_too = {
        "line": 3,
        "quotation": "混元的参数为1000亿",
        "words": "1000亿",
        "field": "parameters",
        "model": "混元",
    }
    server.answers.append(saying(said_too, {**said_too, "words": "为1000亿"}))
    page = asked(desk)
    assert suggested(page) == []
    assert any(card.finding.stated == "1000亿" for card in page.context["cards"])


LIES: list[dict[str, Any]] = [
    {"quotation": "规模有八百亿", "words": "八百亿"},
    {"quotation": "它的规模乃约七百二十亿"},
    {"words": "八百亿"},
    {"line": 1},
    {"line": 99},
    {"line": True},
    {"line": "2"},
    {"words": ""},
    {"words": "规模有"},
    {"model": "玄鸟"},
    {"model": "混元T9"},
    {"model": ""},
    {"field": "openness"},
    {"field": "link"},
    {"field": "event", "event": "released"},
    {"field": ["parameters"]},
    {"quotation": None},
    {"model": "\ud800"},
]
"""What makes of a true finding one that the text does not bear out."""


def test_lies_are_left_out_and_counted(desk: Client, server: type[Handler]) -> None:
    server.answers.append(saying(*({**SIZE, **lie} for lie in LIES), 7, None))
    page = asked(desk)
    assert [card.finding.stated for card in suggested(page)] == []
    assert f"does not bear them out: {len(LIES) + 2}." in said(page)


def test_a_name_that_it_suggests_bears_its_own_facts(desk: Client, server: type[Handler]) -> None:
    name = {"line": 1, "quotation": "甲公司的大模型", "words": "甲公司的大", "field": "name", "model": ""}
    server.answers.append(saying({**SIZE, "model": "甲公司的大"}, name))
    assert {(card.field, card.entry, card.taken) for card in suggested(asked(desk))} == {
        (Field.NAME, "甲公司的大", False), (Field.PARAMETERS, "甲公司的大", False),
    }  # fmt: skip


@pytest.mark.parametrize("around", ["```json\n%s\n```", "<think>Hm.</think> %s", "Here: %s."])
def test_chatter_around_the_answer_is_skipped(server: type[Handler], around: str) -> None:
    server.answers.append(saying(SIZE, around=around))
    assert len(extractor.ask(ARTICLE, FIELDS).suggestions) == 1


def too_much(handler: Handler) -> None:
    handler.send(b" " * (extractor.MOST_BYTES + 1))


def broken_off(handler: Handler) -> None:
    handler.send(b'{"choices": [', Content_Length="999")


def elsewhere(handler: Handler) -> None:
    handler.send(b"", 307, Location="/v2/chat/completions")


def stalling(handler: Handler) -> None:
    """Send a byte now and then, so that no time-out of the socket ever comes."""
    handler.send_response(200)
    handler.end_headers()
    with suppress(OSError):
        for _ in range(40):
            handler.wfile.write(b" ")
            time.sleep(0.05)


def raw(body: bytes) -> Answer:
    return lambda handler: handler.send(body)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (too_much, "Its answer is too long."),
        (broken_off, "It cannot be reached, or broke off."),
        (elsewhere, "It answered with the status 307."),
        (raw(b"\xff"), "Its answer cannot be read."),
        (raw(b"[" * 100_000), "Its answer cannot be read."),
        (raw(b'{"choices": []}'), "Its answer cannot be read."),
        (raw(b'{"choices": [{"message": {"content": "{\\"findings\\": 7}"}}]}'), "Its answer cannot be read."),
    ],
)  # fmt: skip
def test_no_usable_answer_is_said(server: type[Handler], answer: Answer, reason: str) -> None:
    server.answers.append(answer)
    with translation.override("en"), pytest.raises(extractor.NoAnswer, match=reason):
        extractor.ask(ARTICLE, FIELDS)
    assert len(server.sent) == 1


def test_without_an_answer_the_page_goes_on(desk: Client, server: type[Handler]) -> None:
    server.answers.append(elsewhere)
    page = asked(desk)
    assert "The language model proposed nothing. It answered with the status 307." in said(page)
    assert page.context["article"].text == TEXT


def test_a_server_that_stalls_is_cut_off(server: type[Handler], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extractor, "SECONDS", 0.2)
    server.answers.append(stalling)
    with translation.override("en"), pytest.raises(extractor.NoAnswer, match=r"within 0\.2 seconds"):
        extractor.ask(ARTICLE, FIELDS)


def test_a_long_text_is_sent_in_part_and_the_page_says_so(
    desk: Client, server: type[Handler], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extractor, "MOST_SENT", 45)
    page = asked(desk)
    assert "up to line 2." in said(page)
    assert "混元" not in server.sent[0]["body"]["messages"][1]["content"]


def test_suggestions_that_we_did_not_sign_are_none(desk: Client, server: type[Handler]) -> None:
    page = asked(desk)
    other = send(desk, read(desk, TEXT + "。"), "_all", "x", suggested=page.context["suggested"])
    forged = send(desk, page, "_all", "x", suggested=page.context["suggested"] + "x")
    assert (suggested(other), suggested(forged)) == ([], [])


def test_a_mark_of_the_same_words_is_the_curators_own(desk: Client, server: type[Handler]) -> None:
    page = asked(desk)
    mark = {
        "line": "2",
        "start": "",
        "words": "七百二十亿",
        "field": "parameters",
        "event": "",
        "model": "青鸾",
    }
    typed = {f"mark-{name}": value for name, value in mark.items()}
    again = send(desk, page, "_mark", suggested=page.context["suggested"], **typed)
    assert suggested(again) == []
