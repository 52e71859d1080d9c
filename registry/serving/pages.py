"""Makes pages in a few threads of their own, so that those who wait for a client's words make none, and the other way round.

A thread that makes pages keeps a database connection (docs/decisions/0004), so that there are no more connections than these threads.
"""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

CHUNKS = 16
"""How far a long answer may be ahead of its reader."""
END = object()


class Pages:
    """A WSGI application whose requests are answered by `threads` threads, and sent by whoever asks.

    `tidy` is called in such a thread after each request: the next one finds nothing of it there, nor in a context variable.
    """

    def __init__(
        self, application: Application, threads: int, tidy: Callable[[], None] = lambda: None
    ) -> None:
        self.application, self.tidy = application, tidy
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Wait for a page; a long one comes while it is made, a file as the file that it is."""
        answer: Future[Iterable[bytes]] = Future()
        self.pool.submit(copy_context().run, self._make, environ, start_response, answer)
        return answer.result()

    def _make(self, environ: Environ, start_response: Any, answer: "Future[Iterable[bytes]]") -> None:
        """All of it in one thread: the language, the connection and its cursors are this thread's."""
        try:
            made = self.application(environ, start_response)
            if getattr(made, "streaming", False):
                stream = Stream(made)
                answer.set_result(stream)
                stream.make()
            elif isinstance(made, environ["wsgi.file_wrapper"]):  # it has no need of the database
                answer.set_result(made)
            else:
                answer.set_result(_whole(made))
        except BaseException as error:
            answer.set_exception(error)
        finally:
            self.tidy()


class Stream:
    """A long answer: made in one thread by `make`, read in another, ended early by `close`."""

    def __init__(self, answer: Iterable[bytes]) -> None:
        self.answer = answer
        self.made: queue.Queue[Any] = queue.Queue(CHUNKS)
        self.unwanted = threading.Event()

    def make(self) -> None:
        """Put each part, then the end, or what went wrong."""
        last: Any = END
        try:
            for part in self.answer:
                if not self._put(part):
                    break
        except BaseException as error:
            last = error
        try:
            _close(self.answer)
        finally:
            self._put(last)

    def _put(self, part: Any) -> bool:
        """Whether the reader is still there."""
        while not self.unwanted.is_set():
            with suppress(queue.Full):
                self.made.put(part, timeout=1)
                return True
        return False

    def __iter__(self) -> Iterator[bytes]:
        while (part := self.made.get()) is not END:
            if isinstance(part, BaseException):
                raise part
            yield part

    def close(self) -> None:
        """Say that nobody reads any more."""
        self.unwanted.set()


def _whole(answer: Iterable[bytes]) -> list[bytes]:
    try:
        return list(answer)
    finally:
        _close(answer)


def _close(answer: Iterable[bytes]) -> None:
    if hasattr(answer, "close"):
        answer.close()
