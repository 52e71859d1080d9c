"""Pages are made by few threads, whole or while they are read, each in one thread from its first line to its end."""

import itertools
import threading
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import Any

import pytest

from registry.serving.pages import CHUNKS, Pages


class File(list[bytes]):
    """Stands for a server's wrapper of files."""


ENVIRON: dict[str, Any] = {"wsgi.file_wrapper": File}


class Answer:
    """One of Django's: iterated, closed, and perhaps long."""

    def __init__(self, parts: Iterable[bytes], *, streaming: bool) -> None:
        self.parts, self.streaming = parts, streaming
        self.threads: set[str] = set()
        self.closed = threading.Event()

    def __iter__(self) -> Iterator[bytes]:
        for part in self.parts:
            self.threads.add(threading.current_thread().name)
            yield part

    def close(self) -> None:
        self.threads.add(threading.current_thread().name)
        self.closed.set()


def asked(answer: Any, threads: int = 1) -> Any:
    """What a server gets that asks for this answer."""
    return Pages(lambda environ, start: answer, threads)(ENVIRON, None)


@pytest.mark.parametrize("streaming", [False, True])
def test_an_answer_comes_whole_and_is_closed(streaming: bool) -> None:
    answer = Answer([b"a", b"b"], streaming=streaming)
    assert list(asked(answer)) == [b"a", b"b"]
    assert answer.closed.wait(20)


@pytest.mark.parametrize("streaming", [False, True])
def test_one_thread_makes_all_of_it(streaming: bool) -> None:
    answer = Answer([b"a", b"b"], streaming=streaming)
    list(asked(answer, threads=4))
    assert answer.closed.wait(20)
    assert answer.threads == {"page_0"}


def test_a_file_is_left_to_the_server() -> None:
    file = File([b"a"])
    assert asked(file) is file


def test_a_failure_reaches_the_server() -> None:
    def broken(environ: Any, start: Any) -> Any:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Pages(broken, 1)(ENVIRON, None)


def test_a_failure_in_the_middle_reaches_the_server_after_what_came_before() -> None:
    def parts() -> Iterator[bytes]:
        yield b"a"
        raise ZeroDivisionError

    came = iter(asked(Answer(parts(), streaming=True)))
    assert next(came) == b"a"
    with pytest.raises(ZeroDivisionError):
        next(came)


def test_a_reader_who_leaves_ends_what_is_made_for_him() -> None:
    made = itertools.count()
    answer = Answer((b"%d" % next(made) for _ in range(10**9)), streaming=True)
    came = asked(answer)
    next(iter(came))
    came.close()
    assert answer.closed.wait(20)
    assert next(made) <= CHUNKS + 3


def test_no_more_pages_are_made_at_once_than_there_are_threads() -> None:
    seen: set[str] = set()

    def page(environ: Any, start: Any) -> list[bytes]:
        seen.add(threading.current_thread().name)
        return [b""]

    pages = Pages(page, 2)
    readers = [threading.Thread(target=pages, args=(ENVIRON, None)) for _ in range(40)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert seen <= {"page_0", "page_1"}


@pytest.mark.parametrize(
    "made", [Answer([b"a"], streaming=False), Answer([b"a"], streaming=True), File([b"a"])]
)
def test_a_request_finds_nothing_of_the_one_before_in_its_thread(made: Any) -> None:
    left: ContextVar[bool] = ContextVar("left", default=False)
    found: list[bool] = []
    tidied: list[str] = []

    def application(_environ: Any, _start: Any) -> Any:
        found.append(left.get())
        left.set(True)
        return made

    pages = Pages(application, 1, lambda: tidied.append(threading.current_thread().name))
    for _request in range(2):
        list(pages(ENVIRON, None))
    pages.pool.shutdown()
    assert (found, tidied) == ([False, False], ["page_0", "page_0"])
