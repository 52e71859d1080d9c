"""Renders pages in a small pool of threads, separate from the threads that wait for clients.

Each rendering thread keeps a database connection (docs/decisions/0004), so their number bounds the connections.
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
"""How many chunks of a streamed response may be buffered ahead of its reader."""
END = object()


class Pages:
    """A WSGI application that runs requests in `threads` threads; the calling thread sends the response.

    `tidy` is called in the rendering thread after each request, and context variables are not shared between requests.
    """

    def __init__(
        self, application: Application, threads: int, tidy: Callable[[], None] = lambda: None
    ) -> None:
        self.application, self.tidy = application, tidy
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Wait for the response; a streamed one is sent while it is rendered, a file as it is."""
        answer: Future[Iterable[bytes]] = Future()
        self.pool.submit(copy_context().run, self._make, environ, start_response, answer)
        return answer.result()

    def _make(self, environ: Environ, start_response: Any, answer: "Future[Iterable[bytes]]") -> None:
        """Run the whole request in one thread, since language, connection and cursors are thread-local."""
        try:
            made = self.application(environ, start_response)
            if getattr(made, "streaming", False):
                stream = Stream(made)
                answer.set_result(stream)
                stream.make()
            elif isinstance(made, environ["wsgi.file_wrapper"]):  # needs no database
                answer.set_result(made)
            else:
                answer.set_result(_whole(made))
        except BaseException as error:
            answer.set_exception(error)
        finally:
            self.tidy()


class Stream:
    """A streamed response: `make` fills it in one thread, another iterates it, `close` ends it early."""

    def __init__(self, answer: Iterable[bytes]) -> None:
        self.answer = answer
        self.made: queue.Queue[Any] = queue.Queue(CHUNKS)
        self.unwanted = threading.Event()

    def make(self) -> None:
        """Queue every chunk, then the end marker or the exception."""
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
        """Queue a chunk. Returns whether the reader is still there."""
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
        """Signal that the reader is gone."""
        self.unwanted.set()


def _whole(answer: Iterable[bytes]) -> list[bytes]:
    try:
        return list(answer)
    finally:
        _close(answer)


def _close(answer: Iterable[bytes]) -> None:
    if hasattr(answer, "close"):
        answer.close()
