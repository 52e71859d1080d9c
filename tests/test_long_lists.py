"""Long lists: in their order, by short statements, and only so many of them at a time."""

from contextlib import AbstractContextManager, ExitStack
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from models_catalog.limits import files, turns
from models_catalog.limits.files import a_turn, asking, ids_in_stretches, unhurried
from models_catalog.limits.turns import DEAR, TooManyAtOnce, turn
from models_catalog.models import Entry
from models_catalog.pages.files import PART, paced
from tests.factories import make_entries, make_entry
from tests.hardening.site import body

pytestmark = pytest.mark.django_db


class Counted:
    """`unhurried`, and how many times it was used."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, alias: str) -> AbstractContextManager[None]:
        self.times += 1
        return unhurried(alias)


@pytest.fixture(autouse=True)
def _short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FIRST", 2)
    monkeypatch.setattr(files, "STRETCH", 3)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 9])
def test_ids_come_in_the_order_of_the_list(number: int) -> None:
    make_entries(number) if number else None
    ordered = Entry.objects.order_by("-slug")
    found = [pk for ids in ids_in_stretches(ordered) for pk in ids]
    assert found == list(ordered.values_list("pk", flat=True))


def test_a_row_that_moves_meanwhile_is_sent_once() -> None:
    make_entries(4)
    stretches = ids_in_stretches(Entry.objects.order_by("name_en", "pk"))
    first = next(stretches)
    Entry.objects.filter(pk=first[0]).update(name_en="zzz")
    assert sorted(first + [pk for ids in stretches for pk in ids]) == sorted(
        Entry.objects.values_list("pk", flat=True)
    )


def test_an_order_may_take_longer_than_a_page_but_not_for_ever(settings: Any) -> None:
    settings.EXPORT_TIMEOUT_MS = 4_321
    with unhurried("default"), connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("4321ms",)


def test_a_long_file_takes_a_turn_that_others_have(settings: Any) -> None:
    settings.EXPORTS_AT_ONCE = 1
    with turn(DEAR, 1), pytest.raises(TooManyAtOnce), a_turn(3):
        pass
    with a_turn(3):
        pass


def test_a_short_file_needs_no_turn(settings: Any) -> None:
    settings.EXPORTS_AT_ONCE = 0
    with a_turn(2):
        pass


def test_a_reader_of_long_files_leaves_turns_to_others(settings: Any) -> None:
    asked = asking.set("203.0.113.7")
    with ExitStack() as held:
        for _file in range(max(1, settings.THREADS // 4)):
            held.enter_context(a_turn(3))
        with pytest.raises(TooManyAtOnce), a_turn(3):
            pass
        asking.set("203.0.113.8")
        with a_turn(3):
            pass
    asking.reset(asked)


def test_a_reader_is_known_by_the_household(client: Client) -> None:
    make_entries(9)
    first: Any = client.get("/models.csv", REMOTE_ADDR="2001:db8::1")
    next(iter(first.streaming_content))
    again = client.get("/models.csv", REMOTE_ADDR="2001:db8::2")
    assert (again.status_code, again["Retry-After"]) == (503, "30")
    assert body(client.get("/models.csv", REMOTE_ADDR="2001:db8:0:1::1"))
    first.close()
    assert body(client.get("/models.csv", REMOTE_ADDR="2001:db8::2"))


@pytest.mark.parametrize("table", ["models", "claims"])
@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_a_file_that_has_begun_is_not_held_to_the_time_of_a_page(
    client: Client, monkeypatch: pytest.MonkeyPatch, table: str, form: str
) -> None:
    """The server breaks off what takes longer, and half a file was sent as if it were whole so far."""
    make_entries(9)
    for place in ("models_catalog.publish.writers", "models_catalog.catalog.results"):
        monkeypatch.setattr(f"{place}.STRETCH", 3)
    monkeypatch.setattr("models_catalog.publish.writers.FIRST", 2)
    monkeypatch.setattr(files, "unhurried", counted := Counted())
    response: Any = client.get(f"/{table}.{form}")
    assert body(response)
    assert counted.times >= 2


DEAR_ADDRESSES = [
    "/claims.parquet", "/models.parquet", "/charts/?q=x", "/charts/stage/?q=x", "/charts/stage.json", "/charts/stage.csv",
    "/charts/stage.svg", "/charts/stage.png", "/data/baimo.zip", "/data/datapackage.json", "/data/data/models.csv",
    "/changes/?since=2026-11-22",
]  # fmt: skip


@pytest.mark.parametrize("path", DEAR_ADDRESSES)
def test_what_is_dear_is_told_to_come_back_where_all_turns_are_taken(
    client: Client, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    settings.TURNS_FOLDER, settings.EXPORTS_AT_ONCE = tmp_path / "turns", 0
    monkeypatch.setattr(turns, "WAITING", 0)
    make_entries(3)
    response = client.get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    settings.EXPORTS_AT_ONCE = 1
    assert body(client.get(path))


@pytest.mark.parametrize("path", ["/feeds/changes.json", "/feeds/changes.atom", "/api/v1/claims/?page=2"])
@pytest.mark.parametrize(("most", "status"), [(-1, 503), (1_000, 200)])
def test_what_is_dear_in_a_large_registry_takes_a_turn_there(
    client: Client,
    settings: Any,
    tmp_path: Any,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    most: int,
    status: int,
) -> None:
    settings.TURNS_FOLDER, settings.EXPORTS_AT_ONCE = tmp_path / "turns", 0
    monkeypatch.setattr(turns, "WAITING", 0)
    monkeypatch.setattr("models_catalog.pages.http.as_of.LARGE", most)
    assert client.get(path).status_code == status


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
@pytest.mark.parametrize("table", ["models", "claims"])
def test_readers_wait_for_their_turn(client: Client, settings: Any, table: str, form: str) -> None:
    make_entries(3)
    assert body(client.get(f"/{table}.{form}"))
    settings.EXPORTS_AT_ONCE = 0
    response = client.get(f"/{table}.{form}")
    assert (response.status_code, response["Retry-After"]) == (503, "30")


def test_a_reader_who_goes_away_gives_the_turn_back(client: Client, settings: Any) -> None:
    settings.EXPORTS_AT_ONCE = 1
    make_entries(9)
    response: Any = client.get("/models.csv")
    next(iter(response.streaming_content))
    with pytest.raises(TooManyAtOnce), turn(DEAR, 1):
        pass
    response.close()
    with turn(DEAR, 1):
        pass


@pytest.mark.parametrize(("seconds", "cut_off"), [(1.0, False), (20.0, True)])
def test_a_reader_who_is_too_slow_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, seconds: float, cut_off: bool
) -> None:
    clock = iter(seconds * n for n in range(100))
    monkeypatch.setattr("models_catalog.pages.files.time.monotonic", lambda: next(clock))
    parts = paced(iter(["x" * PART] * 9))
    assert len(next(parts)) == PART
    if cut_off:
        with pytest.raises(BrokenPipeError):
            list(parts)
    else:
        assert len(list(parts)) == 8


def test_a_spreadsheet_that_would_be_full_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_entry("文心")
    monkeypatch.setattr("models_catalog.pages.files.MAX_ROWS", 0)
    response = client.get("/models.xlsx", headers={"accept-language": "en"})
    assert (response.status_code, b"1,048,575" in response.content) == (400, True)
