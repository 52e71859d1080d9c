"""Clients that request pages one after another, and a log of the responses."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.site import Site


@dataclass
class TimedAnswer:
    """A response: time of arrival (monotonic seconds), duration, status, and whether it has Retry-After."""

    at: float
    seconds: float
    status: int
    retry_after: bool


@dataclass
class Log:
    answers: list[TimedAnswer] = field(default_factory=list)

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
    log.answers.append(TimedAnswer(now, now - begun, status, "Retry-After" in headers))


@contextmanager
def at_work(works: Sequence[Callable[[int], None]]) -> Iterator[None]:
    """A thread for each of `works`, which calls it again and again, with a number that rises, while the block runs."""
    over = threading.Event()

    def go_on(work: Callable[[int], None], number: int) -> None:
        while not over.is_set():
            work(number)
            number += 1

    threads = [threading.Thread(target=go_on, args=(work, first)) for first, work in enumerate(works)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


@contextmanager
def clients(site: Site, paths: Sequence[str], n: int = 8) -> Iterator[Log]:
    """`n` clients that request `paths` in turn while the block runs."""
    log = Log()

    def work(number: int) -> None:
        ask(site, paths[number % len(paths)], log)

    with at_work([work] * n):
        yield log


def at_once(site: Site, path: str, n: int, log: Log) -> list[threading.Thread]:
    """`n` requests started together; join the threads to wait for their responses."""
    threads = [threading.Thread(target=ask, args=(site, path, log)) for _ in range(n)]
    for thread in threads:
        thread.start()
    return threads
