"""What every data address carries: leave for other sites, validators that move with the data, the language it is in."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from models_catalog.history.version import version
from models_catalog.models import Developer, Entry, Sector, Source
from models_catalog.models.vocabulary import Field
from models_catalog.pages.http import sharing
from models_catalog.publish.releases.freeze import make_release
from tests.decisions import reject_claim
from tests.factories import make_claim, make_entry, make_figure, make_omission
from tests.once import once

pytestmark = pytest.mark.django_db

FILES = [
    "models.csv", "models.json", "models.xlsx", "models.parquet", "claims.csv", "claims.json", "claims.parquet",
    "charts/timeline.json", "charts/timeline.csv", "charts/timeline.svg", "charts/timeline.png", "data/baimo.zip",
    "data/datapackage.json",
]  # fmt: skip
ANSWERS = [
    "compare.csv?model=wenxinyiyan&model=pangu", "compare.json?model=wenxinyiyan&model=pangu", "api/v1/models/",
    "api/v1/models/wenxinyiyan/", "api/v1/claims/", "feeds/changes.json", "feeds/changes.atom",
]  # fmt: skip
FROZEN = ["releases/1/baimo-1-2026-11-22.zip", "releases/1/SHA256SUMS", "api/v1/openapi.json"]
DATA = [*FILES, *ANSWERS, *FROZEN]
PAGES = ["", "models/", "models/wenxinyiyan/", "data/", "releases/1/", "charts/timeline/", "models/wenxinyiyan/report/",
         "admin/login/", "models/suggest.json?q=x"]  # fmt: skip


def _make_entry() -> Entry:
    made = make_entry(
        developers=["百度"], sectors=["金融"], parameters="2600亿", released="2023-03", aliases=["文心"]
    )
    make_entry("盘古", parameters="千亿级")
    make_release(day=date(2026, 11, 22))
    return made


shared_entry = once(_make_entry)


@pytest.fixture(autouse=True)
def entry(shared_entry: Entry, db: None) -> Entry:
    return Entry.objects.get(pk=shared_entry.pk)


def get(client: Client, path: str, **headers: str) -> Any:
    """The answer, read to its end."""
    response: Any = client.get(f"/{path}", headers=headers)
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    return response


@pytest.mark.parametrize("path", DATA)
def test_data_is_open_to_scripts_of_other_sites(client: Client, path: str) -> None:
    response = get(client, path, origin="https://example.org")
    names = ("Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy")
    assert (response.status_code, *(response.get(name) for name in names)) == (200, "*", "cross-origin")
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize("path", DATA)
def test_scripts_may_ask_beforehand(client: Client, path: str) -> None:
    response = client.options(
        f"/{path}", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    )
    assert (response.status_code, response["Access-Control-Allow-Methods"], response.content) == (
        204,
        "GET, HEAD, OPTIONS",
        b"",
    )


@pytest.mark.parametrize("path", DATA)
def test_what_is_sent_to_data_is_refused_and_not_opened(path: str) -> None:
    response = Client(enforce_csrf_checks=True).post(f"/{path}", headers={"origin": "https://example.org"})
    assert (response.status_code, response.get("Access-Control-Allow-Origin")) == (405, None)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_not_opened(client: Client, path: str) -> None:
    client.force_login(User.objects.create_superuser("root"))
    for response in (get(client, path), client.options(f"/{path}")):
        assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize(
    "path", ["models.csv?sectr=x", "models.json?sort=x", "charts/timeline.csv?q=%00", "models.parquet?page=x"]
)
def test_scripts_may_read_why_they_are_refused(client: Client, path: str) -> None:
    response = get(client, path)
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (400, "*")
    assert "ETag" not in response.headers


@pytest.mark.parametrize("path", DATA)
def test_who_has_it_gets_nothing(client: Client, path: str) -> None:
    first = get(client, path)
    again = get(client, path, if_none_match=first["ETag"])
    assert (again.status_code, again.body, again["ETag"]) == (304, b"", first["ETag"])
    assert (again["Access-Control-Allow-Origin"], again["Cache-Control"]) == ("*", first["Cache-Control"])


@pytest.mark.parametrize("path", [*FILES, *ANSWERS])
def test_unmodified_since_is_not_sent_again(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(sharing, "SETTLED", timedelta(0))
    moment = get(client, path)["Last-Modified"]
    earlier = http_date(timezone.now().timestamp() - 100)
    found = [get(client, path, if_modified_since=since).status_code for since in (moment, earlier)]
    assert found == [304, 200]


@pytest.mark.parametrize("path", [*FILES, *ANSWERS])
def test_a_change_of_the_last_minute_is_not_dated(client: Client, path: str) -> None:
    make_omission()
    response = get(client, path, if_modified_since=http_date(timezone.now().timestamp() + 10))
    assert (response.status_code, "Last-Modified" in response.headers) == (200, False)


CHANGES: dict[str, Callable[[Entry], object]] = {
    "developer": lambda entry: Developer.objects.update(name_zh="百度公司"),
    "sector": lambda entry: Sector.objects.update(name_en="Money"),
    "source": lambda entry: Source.objects.update(name_zh="另一篇"),
    "claim": lambda entry: reject_claim(claim=entry.claims.get(text="文心"), reviewer="editors"),
    "claim's words": lambda entry: entry.claims.filter(field=Field.PARAMETERS).update(said_by_zh="百度"),
    "new claim": lambda entry: make_claim(entry, Field.SECTOR, answer="undisclosed"),
    "entry": lambda entry: make_entry("混元"),
    "figure": lambda entry: make_figure(),
    "omission": lambda entry: make_omission(),
    "link": lambda entry: entry.sectors.clear(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_version_moves_with_every_published_row(entry: Entry, change: str) -> None:
    before = version()
    assert version() == before
    CHANGES[change](entry)
    assert version() != before


@pytest.mark.parametrize("change", ["developer", "sector", "source", "claim"])
@pytest.mark.parametrize("path", FILES)
def test_a_changed_file_is_sent_again(client: Client, entry: Entry, path: str, change: str) -> None:
    first = get(client, path)
    CHANGES[change](entry)
    assert get(client, path, if_none_match=first["ETag"]).status_code == 200


def test_the_package_follows_the_registry(client: Client) -> None:
    first = get(client, "data/baimo.zip").body
    assert get(client, "data/baimo.zip").body == first
    Developer.objects.update(name_zh="百度公司")
    assert "百度公司".encode() in get(client, "data/baimo.zip").body


@pytest.mark.parametrize("path", ["charts/timeline.json", "feeds/changes.atom"])
def test_each_language_is_a_file_of_its_own(client: Client, path: str) -> None:
    tags = {get(client, path, accept_language=language)["ETag"] for language in ("en", "zh")}
    assert len(tags) == 2
    vary = {name.strip() for name in get(client, path)["Vary"].split(",")}
    assert {"Accept-Language", "Cookie"} <= vary
    assert "Cookie" not in get(client, f"en/{path}").get("Vary", "")


@pytest.mark.parametrize("path", ["models.csv", "models.json", "claims.csv"])
def test_a_file_is_the_same_for_whoever_asks(client: Client, path: str) -> None:
    chinese, english = (get(client, path, accept_language=language) for language in ("zh", "en"))
    assert (chinese.body, chinese["ETag"]) == (english.body, english["ETag"])
    assert "Cookie" not in english.get("Vary", "")
    assert english["Content-Language"] == "zh-hans"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("models.csv", "models.csv?q=x"),
        ("models.csv?sort=name", "models.csv?sort=-name"),
        ("models.csv", "models.json"),
    ],
)
def test_each_address_has_a_name_of_its_own(client: Client, one: str, other: str) -> None:
    assert get(client, one)["ETag"] != get(client, other)["ETag"]
