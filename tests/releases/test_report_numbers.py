"""A report of who says that we misread, its status as curators set it, and the number by which readers look it up."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.test import Client

from models_catalog.claims.reports import settle_report
from models_catalog.models import Entry, Report
from models_catalog.models.report import ReportStatus
from models_catalog.models.vocabulary import Field
from models_catalog.roles import Role
from tests.factories import make_claim, make_entry
from tests.releases.test_reports import GOOD, PATH

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def entry() -> Entry:
    return make_entry()


def test_who_says_that_we_misread_needs_no_address(client: Client, entry: Entry) -> None:
    claim = make_claim(entry, Field.PARAMETERS, key="size", words="2600亿", number=NumericRange(1, 2))
    path = f"{PATH}?claim={claim.key}"
    assert '<option value="parameters" selected>' in client.get(path).content.decode()
    assert client.post(path, {**GOOD, "source_url": ""}).status_code == 303
    assert Report.objects.get().source_url == "http://testserver/en/sources/thepaper-2023/#wenxinyiyan.size"


@pytest.mark.parametrize("key", ["", "nothing", "size"])
def test_without_words_of_an_article_an_address_is_asked_for(client: Client, entry: Entry, key: str) -> None:
    make_claim(entry, Field.PARAMETERS, key="size", status="proposed", reviewed_by="", reviewed_at=None)
    assert client.post(f"{PATH}?claim={key}", {**GOOD, "source_url": ""}).status_code == 400


def test_number_is_given_once_for_a_report_that_was_sent(client: Client, entry: Entry) -> None:
    sent = client.post(PATH, GOOD)["Location"]
    number = Report.objects.get().pk
    assert f"Its number is {number}." in client.get(sent).content.decode()
    assert "Its number is" not in client.get(f"{PATH}?sent={number + 1}").content.decode()


def test_its_status_is_public_and_names_nobody(client: Client, entry: Entry) -> None:
    report = Report.objects.create(entry=entry, **GOOD)
    settle_report(report=report, by="the-curator", status=ReportStatus.DISMISSED, reason="not so")
    text = client.get(f"/en/reports/?number={report.pk}").content.decode()
    shown = [words in text for words in ("ERNIE", "文心一言", "Parameters", "Not accepted")]
    hidden = [words in text for words in ("the-curator", "not so", GOOD["statement"], GOOD["source_url"])]
    assert (any(shown[:2]), shown[2:], hidden) == (True, [True, True], [False] * 4)


@pytest.mark.parametrize(
    ("number", "status"), [("", 200), ("999999999", 404), ("x", 400), ("0", 400), ("9" * 40, 400)]
)
def test_a_number_that_is_none_is_said_to_be_none(client: Client, number: str, status: int) -> None:
    assert client.get(f"/en/reports/?number={number}").status_code == status


def test_curator_marks_a_report_as_handled(client: Client, entry: Entry) -> None:
    report = Report.objects.create(entry=entry, **GOOD)
    curator = User.objects.create_user("a-curator", password="x", is_staff=True)
    curator.groups.add(Group.objects.get(name=Role.CURATOR))
    client.force_login(curator)
    client.post(
        "/en/admin/models_catalog/report/", {"action": "mark_handled", "_selected_action": [report.pk]}
    )
    report.refresh_from_db()
    assert (report.status, report.handled_by) == (ReportStatus.HANDLED, "a-curator")


def test_report_can_wait_again(entry: Entry) -> None:
    report = Report.objects.create(entry=entry, **GOOD)
    settle_report(report=report, by="a", status=ReportStatus.DISMISSED)
    again = settle_report(report=report, by="a", status=ReportStatus.PROPOSED)
    assert (again.handled_by, again.handled_at) == ("", None)


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({"statement": ""}, "report_says_something"),
        ({"source_url": "javascript:1"}, "report_source_is_on_the_web"),
        ({"field": "size"}, "report_field_is_known"),
        ({"status": "handled"}, "report_handled_by_someone"),
        ({"status": "new"}, "report_handled_by_someone|report_status_is_known"),
    ],
)
def test_database_refuses_a_broken_report(entry: Entry, columns: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Report.objects.create(entry=entry, **{**GOOD, **columns})
