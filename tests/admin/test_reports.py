"""Readers' reports in the curators' review queue."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from models_catalog.claims.reports import SHOWN_TOGETHER
from models_catalog.history.changes import changed_after
from models_catalog.history.version import version
from models_catalog.history.versions import version_of_claims
from models_catalog.models import Claim, ClaimEvent, Entry, Report
from models_catalog.models.history import ReportEvent
from models_catalog.models.vocabulary import Field, Status
from tests.factories import make_entry

QUEUE = "admin:models_catalog_claim_queue"
LINK = "https://example.org/a?b=1&c=<script>"


@pytest.fixture
def size(entry: Entry) -> Claim:
    return entry.claims.get(field=Field.PARAMETERS)


def make_report(entry: Entry, field: Field = Field.PARAMETERS, **columns: Any) -> Report:
    row = {"statement": "It is <b>100B</b>.\nSays who built it.", "source_url": LINK, **columns}
    return Report.objects.create(entry=entry, field=field, **row)


@pytest.fixture
def report(entry: Entry) -> Report:
    return make_report(entry)


def decide(client: Client, claim: Claim, report: Report, decision: str = "dispute", **data: Any) -> Any:
    data = {"version": version_of_claims(claim.entry), "reason": "said", "ruling": "curator", **data}
    return client.post(
        reverse("admin:models_catalog_claim_decide", args=[claim.pk]),
        {"decision": decision, "report": report.pk, **data},
    )


def settle(client: Client, report: Report, **data: Any) -> Any:
    return client.post(reverse("admin:models_catalog_report_change", args=[report.pk]), data)


def state(report: Report) -> tuple[str, str, str]:
    report.refresh_from_db()
    return report.status, report.handled_by, report.reason


def test_a_report_stands_in_the_queue_beside_the_claim_that_it_disputes(
    curator: Client, size: Claim, report: Report
) -> None:
    page = curator.get(reverse(QUEUE))
    assert [(row.report, row.claims) for row in page.context["reports"]] == [(report, [size])]
    assert page.context["waiting"] == 1


def test_a_readers_words_and_link_are_escaped(curator: Client, report: Report) -> None:
    page = curator.get(reverse(QUEUE)).content.decode()
    assert "It is &lt;b&gt;100B&lt;/b&gt;.<br>" in page
    assert (
        'href="https://example.org/a?b=1&amp;c=&lt;script&gt;" rel="nofollow noopener noreferrer ugc"' in page
    )


@pytest.mark.parametrize("place", ["queue", "entry", "report"])
def test_a_viewer_sees_reports_and_is_offered_nothing(viewer: Client, report: Report, place: str) -> None:
    address = {
        "queue": reverse(QUEUE),
        "entry": reverse("admin:models_catalog_entry_change", args=[report.entry_id]),
        "report": reverse("admin:models_catalog_report_change", args=[report.pk]),
    }[place]
    page = viewer.get(address).content.decode()
    assert ("It is &lt;b&gt;100B" in page, "data-dispute" in page, "data-reject" in page) == (
        True,
        False,
        False,
    )


def test_a_viewer_settles_nothing(viewer: Client, size: Claim, report: Report) -> None:
    codes = decide(viewer, size, report).status_code, settle(viewer, report, status="handled").status_code
    assert (codes, state(report)) == ((403, 403), ("proposed", "", ""))


def test_a_report_leads_to_a_dispute_with_its_reason(curator: Client, size: Claim, report: Report) -> None:
    address = reverse("admin:models_catalog_claim_decide", args=[size.pk])
    assert f"{address}?report={report.pk}" in curator.get(reverse(QUEUE)).content.decode()
    form = curator.get(address, {"report": report.pk}).context["form"]
    assert (form["decision"].value(), form["reason"].value()) == (
        "dispute", f"{LINK} It is <b>100B</b>. Says who built it.",
    )  # fmt: skip


@pytest.mark.parametrize(("decision", "status"), [("dispute", Status.DISPUTED), ("reject", Status.REJECTED)])
def test_what_overturns_the_claim_handles_the_report(
    curator: Client, size: Claim, report: Report, decision: str, status: Status
) -> None:
    assert decide(curator, size, report, decision).status_code == 302
    size.refresh_from_db()
    assert (size.status, state(report)) == (status, ("handled", "the-curator", ""))


def test_the_history_names_the_report_and_who_followed_it(
    curator: Client, size: Claim, report: Report
) -> None:
    decide(curator, size, report)
    last = ClaimEvent.objects.filter(pgh_obj=size).latest("pgh_id")
    assert last.pgh_context is not None
    assert last.pgh_context.metadata == {
        "what": "dispute", "who": "the-curator", "report": report.pk, "reason": "said"
    }  # fmt: skip


def test_a_decision_that_fails_leaves_the_report_waiting(
    curator: Client, size: Claim, report: Report
) -> None:
    decide(curator, size, report, version=0)
    size.refresh_from_db()
    assert (size.status, state(report)) == (Status.ACCEPTED, ("proposed", "", ""))


def test_a_report_that_another_settled_disputes_nothing(curator: Client, size: Claim, report: Report) -> None:
    settle(curator, report, status="dismissed", reason="no")
    page = decide(curator, size, report)
    size.refresh_from_db()
    assert (page.status_code, size.status) == (200, Status.ACCEPTED)
    assert state(report) == ("dismissed", "the-curator", "no")


def test_accepting_the_claim_leaves_the_report_waiting(curator: Client, size: Claim, report: Report) -> None:
    decide(curator, size, report, "accept")
    assert state(report) == ("proposed", "", "")


@pytest.mark.parametrize("words", ["0", "x", "9" * 30, "-1", "\0"])
def test_a_report_that_is_not_there_is_not_found(curator: Client, size: Claim, words: str) -> None:
    address = reverse("admin:models_catalog_claim_decide", args=[size.pk])
    assert curator.get(address, {"report": words}).status_code in (400, 404)


def test_a_report_on_another_field_disputes_no_claim(curator: Client, entry: Entry, size: Claim) -> None:
    other = make_report(entry, Field.NAME)
    assert (decide(curator, size, other).status_code, state(other)[0]) == (404, "proposed")


def test_another_claim_is_proposed_beside_the_readers_words(
    curator: Client, entry: Entry, report: Report
) -> None:
    address = (
        f"{reverse('admin:models_catalog_claim_add')}?entry={entry.pk}&field=parameters&report={report.pk}"
    )
    assert address.replace("&", "&amp;") in curator.get(reverse(QUEUE)).content.decode()
    page = curator.get(address)
    assert (page.context["report"], page.context["claim"].field) == (report, "parameters")


def test_a_report_is_dismissed_with_a_reason(curator: Client, report: Report) -> None:
    assert (settle(curator, report, status="dismissed").status_code, state(report)[0]) == (400, "proposed")
    response = settle(curator, report, status="dismissed", reason="No source.", next=reverse(QUEUE))
    assert (response["Location"], state(report)) == (
        reverse(QUEUE), ("dismissed", "the-curator", "No source."),
    )  # fmt: skip


def test_a_settled_report_can_wait_again(curator: Client, report: Report) -> None:
    settle(curator, report, status="handled")
    settle(curator, report, status="proposed")
    assert state(report) == ("proposed", "", "")


def test_many_reports_on_one_field_bury_no_other(curator: Client, entry: Entry) -> None:
    for _report in range(SHOWN_TOGETHER + 4):
        make_report(entry)
    other = make_report(make_entry("文心一言"), Field.NAME)
    page = curator.get(reverse(QUEUE))
    assert [row.more for row in page.context["reports"]] == [0, 0, 4, 0]
    assert (page.context["reports"][-1].report, page.context["waiting"]) == (other, 8)


@pytest.mark.parametrize(
    ("query", "count"),
    [({"field": "parameters"}, 1), ({"field": "name"}, 0), ({"q": "轩辕"}, 1), ({"q": "文心"}, 0),
     ({"basis": "stated"}, 0), ({"field": "nonsense"}, 0)],
)  # fmt: skip
def test_the_filters_of_the_queue_choose_reports_too(
    curator: Client, report: Report, query: dict[str, str], count: int
) -> None:
    assert len(curator.get(reverse(QUEUE), query).context["reports"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_reports_take_as_many_queries_however_many_they_are(
    curator: Client, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make_report(make_entry(f"模型{number}", parameters="千亿级"))
    curator.get(reverse(QUEUE))
    with django_assert_num_queries(12):
        curator.get(reverse(QUEUE))


def test_a_report_is_called_by_its_entry_and_field(curator: Client, entry: Entry) -> None:
    report = make_report(entry, Field.EVENT)
    page = curator.get(f"/en/admin/models_catalog/report/{report.pk}/change/")
    assert page.context["title"] == "轩辕: Release date"


def test_the_entry_shows_its_waiting_reports_only(curator: Client, entry: Entry, report: Report) -> None:
    settle(curator, make_report(entry), status="handled")
    page = curator.get(reverse("admin:models_catalog_entry_change", args=[entry.pk]))
    assert [row.report for row in page.context["reports"]] == [report]


def test_the_history_of_a_report_says_who_did_what_and_when(curator: Client, report: Report) -> None:
    settle(curator, report, status="dismissed", reason="No source.")
    settle(curator, report, status="proposed")
    page = curator.get(reverse("admin:models_catalog_report_history", args=[report.pk]))
    told = [(line.who, str(line.action), line.reason) for line in page.context["lines"]]
    assert told == [("the-curator", "重新待审", ""), ("the-curator", "不采纳", "No source."), ("", "", "")]


def test_a_readers_report_is_in_its_history_from_the_first(client: Client, entry: Entry) -> None:
    words = {"field": "parameters", "statement": "It is 100B.", "source_url": "https://example.org/"}
    client.post(reverse("report", args=[entry.slug]), words)
    event = ReportEvent.objects.select_related("pgh_context").get()
    assert (event.pgh_label, event.statement, event.pgh_context.metadata) == (
        "insert", "It is 100B.", {"what": "report value", "who": ""},
    )  # fmt: skip


def test_reports_move_nothing_that_readers_are_told_of(curator: Client, report: Report) -> None:
    before, moment = version(), timezone.now()
    settle(curator, report, status="handled")
    assert (version(), changed_after(moment)) == (before, False)
