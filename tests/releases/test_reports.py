"""“This value is wrong”, from a reader without an account."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone

from models_catalog.limits import senders
from models_catalog.limits.senders import MAX_OF_A_NETWORK, MAX_REPORTS, hashed
from models_catalog.models import Entry, Report, ReportTry
from tests.factories import make_entry

pytestmark = pytest.mark.django_db
PATH = "/en/models/wenxinyiyan/report/"
GOOD = {"field": "parameters", "statement": "Its builder says 100B.", "source_url": "https://example.org/a"}


@pytest.fixture(autouse=True)
def entry() -> Entry:
    return make_entry()


def test_report_waits_for_a_curator(client: Client, entry: Entry) -> None:
    response = client.post(PATH, GOOD)
    assert (response.status_code, response["Location"]) == (303, f"{PATH}?sent={Report.objects.get().pk}")
    assert list(Report.objects.values_list("entry", "field", "status")) == [
        (entry.pk, "parameters", "proposed")
    ]


def test_report_changes_nothing_by_itself(client: Client, entry: Entry) -> None:
    before = Entry.objects.filter(pk=entry.pk).values().get()
    client.post(PATH, GOOD)
    assert Entry.objects.filter(pk=entry.pk).values().get() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"field": "size"}, {"statement": ""}, {"statement": "x" * 1_001}, {"statement": "\0"}, {"source_url": ""},
        {"source_url": "javascript:alert(1)"}, {"source_url": "ftp://example.org/"}, {"source_url": "https://" + "a" * 500},
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_lost(client: Client, wrong: dict[str, str]) -> None:
    response = client.post(PATH, {**GOOD, **wrong})
    assert (response.status_code, Report.objects.count()) == (400, 0)
    assert "Your report was not sent" in response.content.decode()


def test_nothing_is_asked_that_a_reader_does_not_see(client: Client) -> None:
    """A hidden field would be filled by browsers that fill forms, and the report lost without a word."""
    page = client.get(PATH).content.decode()
    form = page[page.index('<form method="post" class="stack') :].partition("</form>")[0]
    names = re.findall(r'<(?:input|select|textarea)[^>]*name="([^"]+)"', form)
    assert names == ["csrfmiddlewaretoken", "field", "statement", "source_url"]
    assert "<script" not in form


INVISIBLE = [
    "a\u202eb", "a\u2066b", "a\u200fb", "a\x1b[31mb", "a\x07b", "a\x85b", "a\u2028b", "\ufeffa", "a\x7fb",
]  # fmt: skip


@pytest.mark.parametrize("text", INVISIBLE)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_nobody_can_see_is_refused(client: Client, text: str, language: str) -> None:
    response = client.post(PATH.replace("en", language, 1), {**GOOD, "statement": text})
    told = {"en": "contains invisible characters", "zh": "含有不可见字符"}[language]
    assert (response.status_code, told in response.content.decode(), Report.objects.count()) == (400, True, 0)


@pytest.mark.parametrize(
    "text",
    [
        "他说：“100亿”。\r\n第二行\t表",
        "naïve – “x” 🐼",
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "%00",
        "{{ 7*7 }}",
    ],
)
def test_what_a_reader_may_type_arrives_as_it_is(client: Client, text: str) -> None:
    assert client.post(PATH, {**GOOD, "statement": text}).status_code == 303
    assert Report.objects.get().statement == text


@pytest.mark.parametrize(
    "url",
    ["https://example.org/\u202egpj.exe", "https://example.org/\x00", "data:text/html,x", "https:///x",
     "http://", "https://exa mple.org/", "HTTPS://", "mailto:a@example.org", "file:///etc/passwd"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(client: Client, url: str) -> None:
    assert client.post(PATH, {**GOOD, "source_url": url}).status_code == 400
    assert Report.objects.count() == 0


def test_a_form_of_megabytes_is_refused(client: Client) -> None:
    assert client.post(PATH, {**GOOD, "statement": "x" * 6_000_000}).status_code in (400, 413)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.8", False), ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False), ("::ffff:203.0.113.7", "203.0.113.7", True), ("", "", True),
    ],
)  # fmt: skip
def test_addresses_of_one_household_count_together(client: Client, one: str, other: str, same: bool) -> None:
    for _ in range(MAX_REPORTS):
        client.post(PATH, GOOD, REMOTE_ADDR=one)
    assert client.post(PATH, GOOD, REMOTE_ADDR=other).status_code == (429 if same else 303)


@pytest.mark.parametrize(
    ("address", "other", "same"),
    [
        ("2001:db8:1:{:x}::1", "2001:db8:1:ffff::1", True), ("2001:db8:1:{:x}::1", "2001:db8:2::1", False),
        ("203.0.113.{}", "203.0.113.99", True), ("203.0.113.{}", "203.0.114.1", False),
    ],
)  # fmt: skip
def test_many_households_of_one_network_count_together(
    client: Client, address: str, other: str, same: bool
) -> None:
    for number in range(MAX_OF_A_NETWORK):
        client.post(PATH, GOOD, REMOTE_ADDR=address.format(number))
    assert client.post(PATH, GOOD, REMOTE_ADDR=other).status_code == (429 if same else 303)


def test_what_a_client_says_of_its_address_is_not_believed(client: Client) -> None:
    codes = [
        client.post(PATH, GOOD, headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code
        for number in range(MAX_REPORTS + 1)
    ]
    assert codes[-1] == 429


@pytest.mark.parametrize(
    ("proxies", "forwarded", "other"),
    [
        (1, "198.51.100.{}, 203.0.113.7", "203.0.113.8"),
        (2, "198.51.100.{}, 203.0.113.7, 10.0.0.2", "203.0.113.8, 10.0.0.2"),
        (2, "198.51.100.{}", "203.0.113.8, 10.0.0.2"),
        (1, "198.51.100.{}, unknown", "203.0.113.8"),
    ],
)
def test_behind_proxies_their_word_counts_and_no_other(
    client: Client, settings: Any, proxies: int, forwarded: str, other: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    codes = [
        client.post(PATH, GOOD, headers={"X-Forwarded-For": forwarded.format(number)}).status_code
        for number in range(MAX_REPORTS + 1)
    ]
    assert codes == [303] * MAX_REPORTS + [429]
    assert client.post(PATH, GOOD, headers={"X-Forwarded-For": other}).status_code == 303


def test_curators_meet_it_in_their_queue(client: Client) -> None:
    client.post(PATH, GOOD)
    client.force_login(User.objects.create_superuser("root"))
    assert (
        '<a href="/en/admin/models_catalog/claim/queue/">1</a>' in client.get("/en/admin/").content.decode()
    )
    queue = client.get("/en/admin/models_catalog/claim/queue/").content.decode()
    assert ("1 reader report to handle." in queue, GOOD["statement"] in queue) == (True, True)


def test_address_is_limited_by_the_hour(client: Client) -> None:
    codes = [client.post(PATH, GOOD).status_code for _ in range(MAX_REPORTS + 1)]
    assert codes == [303] * MAX_REPORTS + [429]


def test_limited_address_keeps_what_was_typed_and_learns_when_to_come_back(client: Client) -> None:
    for _ in range(MAX_REPORTS):
        client.post(PATH, GOOD)
    ReportTry.objects.update(at=timezone.now() - timedelta(minutes=50))
    response = client.post(PATH, GOOD)
    page = response.content.decode()
    assert (GOOD["statement"] in page, "send it again in 10 minutes" in page) == (True, True)
    assert 590 < int(response["Retry-After"]) <= 600


def test_after_the_hour_the_address_is_forgotten(client: Client) -> None:
    for _ in range(MAX_REPORTS):
        client.post(PATH, GOOD)
    ReportTry.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert (client.post(PATH, GOOD).status_code, ReportTry.objects.count()) == (303, 1)


def test_who_is_held_up_is_not_held_up_longer_for_trying(client: Client) -> None:
    for _ in range(MAX_REPORTS + 3):
        client.post(PATH, GOOD)
    assert (ReportTry.objects.count(), Report.objects.count()) == (MAX_REPORTS, MAX_REPORTS)


def test_no_address_is_kept(client: Client, settings: Any) -> None:
    client.post(PATH, GOOD, REMOTE_ADDR="203.0.113.7")
    sender = ReportTry.objects.get().sender
    settings.SECRET_KEY = "another"
    assert (len(sender), sender == hashed("report", "203.0.113.7")) == (64, False)


@pytest.mark.django_db(transaction=True)
def test_a_burst_over_many_threads_is_counted_together(entry: Entry) -> None:
    """As over many processes: what they share is the database."""
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda _: _post_and_hang_up(), range(MAX_REPORTS + 4)))
    assert (sorted(codes), Report.objects.count()) == ([303] * MAX_REPORTS + [429] * 4, MAX_REPORTS)


def _post_and_hang_up() -> int:
    try:
        return Client().post(PATH, GOOD).status_code
    finally:
        connection.close()


def test_many_reports_on_one_entry_shut_nobody_out(client: Client, entry: Entry) -> None:
    Report.objects.bulk_create(Report(entry=entry, **GOOD) for _ in range(50))
    assert client.post(PATH, GOOD).status_code == 303


def test_what_waits_is_bounded_over_all(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(senders, "MAX_WAITING", 1)
    first, second = client.post(PATH, GOOD), client.post(PATH, GOOD)
    assert (first.status_code, second.status_code, Report.objects.count()) == (303, 503, 1)
    assert "not taking reports for now" in second.content.decode()


def test_each_field_of_an_entry_leads_to_its_form(client: Client) -> None:
    page = client.get("/en/models/wenxinyiyan/").content.decode()
    assert re.findall(r'href="([^"]+/report/)\?claim=(\w+)-\d+" rel="nofollow">Report this value', page) == [
        (PATH, "kind"), (PATH, "name"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("parameters", ["Parameters: current value", "100"]),
        ("event", ["Release date: current value", "Not stated in our sources"]),
    ],
)
def test_form_names_the_field_and_shows_what_stands(client: Client, field: str, shown: list[str]) -> None:
    make_entry("轩辕", slug="xuanyuan", parameters="千亿级")
    page = client.get(f"/en/models/xuanyuan/report/?field={field}").content.decode()
    assert [words in page for words in shown] == [True, True]
    assert (f'<option value="{field}" selected>' in page, ">Event<" in page) == (True, False)


def test_form_without_a_field_it_knows_takes_the_size(client: Client) -> None:
    assert '<option value="parameters" selected>' in client.get(f"{PATH}?field=smell").content.decode()


def test_form_needs_its_token() -> None:
    assert Client(enforce_csrf_checks=True).post(PATH, GOOD).status_code == 403


@pytest.mark.parametrize("prefix", ["/zh", "/en"])
def test_form_and_thanks_are_pages(client: Client, prefix: str) -> None:
    path = f"{prefix}/models/wenxinyiyan/report/"
    assert 'name="statement"' in client.get(path).content.decode()
    sent = client.post(path, GOOD)["Location"]
    assert 'role="status"' in client.get(sent).content.decode()
