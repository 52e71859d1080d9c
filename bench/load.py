"""Clients that request pages one after another, and a log of the responses."""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.site import Site


@dataclass
class Answer:
    """A response: time of arrival (monotonic seconds), duration, status, and whether it has Retry-After."""

    at: float
    seconds: float
    status: int
    retry_after: bool


@dataclass
class Log:
    answers: list[Answer] = field(default_factory=list)

    def statuses(self, since: float = 0) -> Counter[int]:
        return Counter(answer.status for answer in self.answers if answer.at - answer.seconds >= since)

    def slowest(self) -> float:
        return max((answer.seconds for answer in self.answers), default=0)

    def told_when_to_return(self) -> bool:
        return all(answer.retry_after for answer in self.answers if answer.status == 503)


def ask(site: Site, path: str, log: Log) -> None:
    begun = time.monotonic()
    status, headers, _content = site.get(path)
    now = time.monotonic()
    log.answers.append(Answer(now, now - begun, status, "Retry-After" in headers))


@contextmanager
def clients(site: Site, paths: Sequence[str], n: int = 8) -> Iterator[Log]:
    """`n` clients that request `paths` in turn while the block runs."""
    log, over = Log(), threading.Event()

    def work(first: int) -> None:
        number = first
        while not over.is_set():
            ask(site, paths[number % len(paths)], log)
            number += 1

    threads = [threading.Thread(target=work, args=(first,)) for first in range(n)]
    for thread in threads:
        thread.start()
    try:
        yield log
    finally:
        over.set()
        for thread in threads:
            thread.join()


def at_once(site: Site, path: str, n: int, log: Log) -> list[threading.Thread]:
    """`n` requests started together; join the threads to wait for their responses."""
    threads = [threading.Thread(target=ask, args=(site, path, log)) for _ in range(n)]
    for thread in threads:
        thread.start()
    return threads
