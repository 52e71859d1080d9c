"""`?as_of=`: the registry as it stood, on the page and in the files."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DataError, connection
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import timezone

from models_catalog.claims.settle import settle
from models_catalog.history.as_of import SCHEMA, day_shown, end_of, standing_on
from models_catalog.limits import turns
from models_catalog.limits.turns import turn
from models_catalog.models import EVENT_MODELS, Developer, Entry
from models_catalog.models.vocabulary import Field
from tests.factories import make_entry
from tests.once import once

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - timedelta(days=1)


@contextmanager
def history_moved_back(days: int) -> Iterator[None]:
    """Date what is in the history some days earlier than it happened; only a test's owner of the tables may."""
    yield
    with connection.cursor() as cursor:
        for model in EVENT_MODELS.values():
            table = model._meta.db_table
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
            cursor.execute(f"UPDATE {table} SET pgh_created_at = pgh_created_at - interval '{days} days'")
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only")


def _make_changed() -> Entry:
    """An entry of two days ago, which got another developer and a size today."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with history_moved_back(2):
        entry = make_entry("轩辕", developers=["度小满"], sectors=["金融"])
    Developer.objects.update(name_zh="度小满金融")
    entry.claims.filter(field=Field.SECTOR).delete()
    settle([entry])
    make_entry("新来")
    return entry


shared_changed = once(_make_changed)


@pytest.fixture
def changed(shared_changed: Entry, db: None) -> Entry:
    return Entry.objects.get(pk=shared_changed.pk)


def table(response: Any) -> list[dict[str, str]]:
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"))))


def test_an_error_in_the_past_is_told_as_it_is_and_ends_it() -> None:
    with pytest.raises(DataError), standing_on(YESTERDAY), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('search_path')")
        assert SCHEMA not in str(cursor.fetchone())
    assert day_shown() is None


def past_of(client: Client, path: str) -> int:
    answer = client.get(f"{path}?as_of={YESTERDAY}")
    b"".join(answer)  # a list that is sent as it is made holds its turn to the end
    return answer.status_code


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize(
    "path", ["/models/", "/models/xuanyuan/history/", "/charts/", "/claims.csv", "/api/v1/claims/"]
)
def test_a_large_past_takes_one_turn(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    settings.EXPORTS_AT_ONCE = 1
    monkeypatch.setattr("models_catalog.pages.http.as_of.LARGE", 0)
    client.get("/models/")
    monkeypatch.setattr("models_catalog.limits.files.FIRST", 0)
    assert (past_of(client, path), client.get("/models/").status_code) == (200, 200)
    with turn(turns.DEAR, 1):
        assert (past_of(client, path), client.get("/models/").status_code) == (503, 200)


def test_entries_stand_as_they_stood(changed: Entry) -> None:
    with standing_on(YESTERDAY):
        stood = Entry.objects.get()
        found = [str(sector) for sector in stood.sectors.all()], [str(row) for row in stood.developers.all()]
    assert found == (["金融"], ["度小满"])


def test_the_present_comes_back_afterwards(changed: Entry) -> None:
    with standing_on(YESTERDAY):
        assert day_shown() == YESTERDAY
    assert (Entry.objects.count(), day_shown()) == (2, None)


def test_before_the_first_day_there_was_nothing(changed: Entry) -> None:
    with standing_on(YESTERDAY - timedelta(days=30)):
        assert Entry.objects.count() == 0


def test_csv_shows_the_day(client: Client, changed: Entry) -> None:
    rows = table(client.get("/models.csv", {"as_of": YESTERDAY.isoformat()}))
    assert [(row["name_zh"], row["developers"], row["sectors"]) for row in rows] == [
        ("轩辕", "度小满", "金融")
    ]


def test_json_shows_the_day_under_a_filter(client: Client, changed: Entry) -> None:
    response = client.get("/models.json", {"as_of": YESTERDAY.isoformat(), "sector": "jinrong"})
    assert json.loads(b"".join(response))["count"] == 1


def test_the_list_shows_the_day(client: Client, changed: Entry) -> None:
    page = client.get("/models/", {"as_of": YESTERDAY.isoformat()}).content.decode()
    assert "轩辕" in page
    assert "新来" not in page


def test_the_next_request_sees_the_present(client: Client, changed: Entry) -> None:
    table(client.get("/models.csv", {"as_of": YESTERDAY.isoformat()}))
    assert len(table(client.get("/models.csv"))) == 2


def test_an_entry_page_shows_the_day(client: Client, changed: Entry) -> None:
    fresh = Entry.objects.get(name_zh="新来")
    answer = client.get(f"/zh{fresh.get_absolute_url()}", {"as_of": YESTERDAY.isoformat()})
    page = answer.content.decode()
    assert (answer.status_code, "那一天名录中还没有这一条目，如今已有。" in page) == (404, True)
    assert f'<a href="/zh{fresh.get_absolute_url()}">' in page


@pytest.mark.parametrize(
    "day", ["nonsense", "2999-01-01", "0000-00-00", "1999-12-31", "2026-13-01", "9" * 5000, "\0"]
)
@pytest.mark.parametrize("address", ["/models/", "/models.csv", "/models.json", "/models.xlsx"])
def test_a_day_that_is_none_is_refused(client: Client, address: str, day: str) -> None:
    assert client.get(address, {"as_of": day}).status_code == 400


@pytest.mark.parametrize(("day", "is_told"), [("2999-01-01", False), (YESTERDAY.isoformat(), True)])
def test_the_day_is_told_above_what_is_shown_of_it_alone(
    client: Client, changed: Entry, day: str, is_told: bool
) -> None:
    told = f"as it was at the end of {date.fromisoformat(day):%-d %B %Y} (China time)"
    assert (told in client.get(f"/en/models/?as_of={day}").content.decode()) == is_told


PAST = [
    "models.csv", "models.json", "models.xlsx", "models.parquet", "claims.csv", "claims.json", "claims.parquet",
    "models/", "models/xuanyuan/", "models/xuanyuan/history/", "models/xuanyuan/cite/", "models/xuanyuan/cite.bib", "api/v1/models/", "api/v1/claims/", "charts/",
    "charts/timeline/", "charts/timeline.json", "charts/timeline.csv", "charts/timeline.svg", "charts/timeline.png",
    "charts/timeline/cite.ris", "compare/suggest/", "api/v1/models/xuanyuan/",
]  # fmt: skip
PRESENT = [
    "", "developers/", "developers/duxiaoman/", "sectors/", "sources/", "sources/thepaper-2023/", "disputes/", "left-out/", "market/", "about/", "models/suggest/", "models/suggest.json", "data/",
    "data/baimo.zip", "data/datapackage.json", "data/api/", "releases/", "feeds/changes.atom", "feeds/changes.json",
    "models/xuanyuan/report/", "api/v1/", "api/v1/openapi.json", "api/v1/developers/",
    "api/v1/market-figures/", "sitemap.xml", "no/such/page/",
]  # fmt: skip


@pytest.mark.parametrize("path", ["models.parquet", "claims.parquet"])
def test_the_past_ends_before_a_whole_file_is_handed_on(path: str) -> None:
    """A server sends and closes it in another thread. The one that made it went on to show the past for the present, until
    its connection died, and all that it was asked was an error."""
    _make_changed()  # whose connection may be closed
    request = RequestFactory().get(f"/{path}?as_of={YESTERDAY}")
    response = resolve(f"/{path}").func(request)
    assert (response.status_code, bool(response.file_to_stream), day_shown()) == (200, True, None)
    response.close()


@pytest.mark.parametrize("path", ["compare/", "compare.csv", "compare.json"])
def test_comparison_stands_as_it_stood(client: Client, changed: Entry, path: str) -> None:
    query = f"model=xuanyuan&model=xinlai&as_of={YESTERDAY}"
    assert client.get(f"/{path}?{query}").status_code == 404  # the second came today


def test_moment_is_shown_as_it_was_then(client: Client, changed: Entry) -> None:
    query = {"as_of": f"{YESTERDAY}T12:00:00Z"}
    assert [row["name_zh"] for row in table(client.get("/models.csv", query))] == ["轩辕"]


@pytest.mark.parametrize(
    "moment", ["2026-11-22T", "2026-11-22T25:00:00Z", "2026-11-22T08:00:00", "2999-01-01T00:00:00Z"]
)
def test_what_is_no_moment_of_the_past_is_refused(client: Client, moment: str) -> None:
    assert client.get("/models.csv", {"as_of": moment}).status_code == 400


@pytest.mark.parametrize("path", PAST)
def test_what_shows_the_past_shows_no_later_day(client: Client, changed: Entry, path: str) -> None:
    response = client.get(f"/{path}", {"as_of": YESTERDAY.isoformat()})
    content = b"".join(response) if response.streaming else response.content
    assert (response.status_code, "新来".encode() in content) == (200, False)


@pytest.mark.parametrize("path", PRESENT)
def test_what_shows_the_present_alone_refuses_a_day(client: Client, changed: Entry, path: str) -> None:
    status = client.get(f"/{path}", {"as_of": YESTERDAY.isoformat()}).status_code
    assert status == (404 if path == "no/such/page/" else 400)


def test_the_refusal_says_why(client: Client, changed: Entry) -> None:
    page = client.get("/en/developers/", {"as_of": YESTERDAY.isoformat()}).content.decode()
    assert "This address shows the registry as it is today only." in page


def test_an_entry_is_cited_as_of_its_day(client: Client, changed: Entry) -> None:
    query = {"as_of": YESTERDAY.isoformat()}
    cited = client.get(f"{changed.get_absolute_url()}cite.txt", query).content.decode()
    page = client.get(changed.get_absolute_url(), query).content.decode()
    assert f"/models/xuanyuan/?as_of={YESTERDAY}" in cited
    assert f"/models/xuanyuan/cite.bib?as_of={YESTERDAY}" in page


def test_every_column_is_in_the_views() -> None:
    with standing_on(date(2026, 1, 1)):
        for model in EVENT_MODELS:
            assert list(model.objects.all()) == []


def test_a_day_ends_at_midnight_of_the_site() -> None:
    assert end_of(date(2026, 1, 31)).isoformat() == "2026-02-01T00:00:00+08:00"
