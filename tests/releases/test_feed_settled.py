"""A reader of the feed who goes on by its cursor misses nothing: neither what is committed late, nor under a clock that was put back."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from tests.elsewhere import elsewhere
from tests.factories import make_sector

pytestmark = pytest.mark.django_db(transaction=True)


def read(client: Client, cursor: str) -> tuple[list[str], str]:
    """The names that are told after a cursor, and the cursor to go on with."""
    answer = client.get("/feeds/changes.json", {"since": cursor} if cursor else {}).json()
    return [one["name_zh"] for one in answer["results"]], answer["cursor"]


@contextmanager
def still_writing(name: str) -> Iterator[None]:
    """Within, somebody else has made a sector and has not committed it yet."""
    written, may_end = Event(), Event()

    def write() -> None:
        try:
            with transaction.atomic():
                make_sector(name)
                written.set()
                may_end.wait(60)
        finally:
            connections.close_all()

    thread = Thread(target=write)
    thread.start()
    try:
        assert written.wait(60)
        yield
    finally:
        may_end.set()
        thread.join()


def test_what_is_committed_late_is_told(client: Client) -> None:
    with still_writing("金融"):
        elsewhere(lambda: make_sector("医疗"))
        first, cursor = read(client, "")
    then, cursor = read(client, cursor)
    assert (sorted(first + then), read(client, cursor)[0]) == (sorted(["金融", "医疗"]), [])


@pytest.mark.parametrize("hours", [-1, 24])
def test_a_clock_that_was_wrong_hides_nothing(client: Client, hours: int) -> None:
    make_sector("金融")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE models_catalog_sectorevent DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE models_catalog_sectorevent SET pgh_created_at = pgh_created_at + make_interval(hours => %s)",
            [hours],
        )
        cursor.execute("ALTER TABLE models_catalog_sectorevent ENABLE TRIGGER USER")
    make_sector("医疗")
    assert sorted(read(client, "")[0]) == sorted(["金融", "医疗"])
