"""A request's body is read before a page is made for it, and never more of it than a page may want."""

import io
from typing import Any

import pytest
from gunicorn.http.errors import NoMoreData

from registry.serving.worker import IN_MEMORY, LARGEST, PART, Sent, body


class Input(io.BytesIO):
    """Counts what is read."""

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        assert size >= 0, "a client decides how much this is"
        return super().read(size)


def environ(content: bytes, length: str, cookie: str = "session=x") -> dict[str, Any]:
    return {"CONTENT_LENGTH": length, "wsgi.input": Input(content), "HTTP_COOKIE": cookie}


@pytest.mark.parametrize("size", [1, 65_536, IN_MEMORY + 1])
def test_a_body_comes_as_it_was_sent(size: int) -> None:
    with body(environ(b"x" * size, str(size))) as came:
        assert came.read() == b"x" * size


@pytest.mark.parametrize("length", ["", "0", str(LARGEST + 1)])
def test_nothing_is_read_where_nothing_is_wanted(length: str) -> None:
    sent = environ(b"abc", length)
    assert (body(sent).read(), sent["wsgi.input"].tell()) == (b"", 0)


def test_what_comes_after_a_body_is_left() -> None:
    sent = environ(b"abcdef", "3")
    with body(sent) as came:
        assert (came.read(), sent["wsgi.input"].read(9)) == (b"abc", b"def")


def test_a_client_who_breaks_off_gets_no_page() -> None:
    with pytest.raises(NoMoreData):
        body(environ(b"ab", "3"))


def test_each_part_of_an_answer_has_its_time() -> None:
    client: Any = object()
    deadlines: dict[Any, float] = {}
    sent = Sent([b"x" * (PART + 1), b"y"], io.BytesIO(), client, deadlines)
    parts = [(len(part), client in deadlines) for part in sent]
    assert (parts, deadlines) == ([(PART, True), (1, True), (1, True)], {})
