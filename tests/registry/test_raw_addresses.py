"""What a shell sends unencoded is answered as if it had been encoded, and nothing else gets easier."""

from urllib.parse import quote

import pytest
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser

from registry.raw_addresses import RawRequest, encoded


@pytest.fixture(autouse=True)
def _raw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RequestParser, "mesg_class", RawRequest)


def read(line: bytes) -> RawRequest:
    parser = RequestParser(Config(), iter([line + b"\r\nHost: localhost\r\n\r\n"]), None)
    found: RawRequest = next(parser)
    return found


def test_a_raw_query_is_the_encoded_one() -> None:
    raw = read("GET /models.csv?q=文心 HTTP/1.1".encode())
    assert (raw.path, raw.query) == ("/models.csv", f"q={quote('文心')}")


@pytest.mark.parametrize(
    "line", [b"GET /\x00 HTTP/1.1", b"GET /\x7f HTTP/1.1", b"GET /a b HTTP/1.1", b"GET x\xe6 HTTP/1.1"]
)
def test_what_is_no_address_stays_refused(line: bytes) -> None:
    with pytest.raises(Exception, match="Invalid"):
        read(line)


def test_a_method_beyond_ascii_stays_refused() -> None:
    with pytest.raises(Exception, match="Invalid"):
        read("GÉT / HTTP/1.1".encode())


def test_an_encoded_address_stays_as_it_is() -> None:
    line = b"GET /models.csv?q=%E6%96%87 HTTP/1.1"
    assert encoded(line) == line
