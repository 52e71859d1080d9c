"""What may be done with claims, entries, reports of readers and merges."""

from collections.abc import Callable
from typing import Any

from models_catalog.models import Claim, Developer, Entry, Merge, Report
from models_catalog.models.report import ReportStatus
from models_catalog.models.vocabulary import Basis, Field, Ruling, Status
from tests.factories import make_source
from tests.permissions.acts import Act, Case, typed
from tests.permissions.desk import entry, version_of_merge
from tests.permissions.table import ADMINS, CURATORS, EVERYONE

CLAIM, ENTRY = "admin:models_catalog_claim", "admin:models_catalog_entry"
REPORT, MERGE = "admin:models_catalog_report", "admin:models_catalog_merge"
QUEUE, DECIDE, TOGETHER = f"{CLAIM}_queue", f"{CLAIM}_decide", f"{CLAIM}_together"
KNOWN = {"answer": "value", "basis": Basis.CURATOR, "reason_zh": "公开资料", "reason_en": "Public knowledge"}


def naming(case: Case) -> dict[str, Any]:
    """A new entry's name, as an article states it."""
    words = {"text": "青鸾", "token": "zh", "line": "3", "start": "0", "end": "2"}
    return {"basis": "stated", "source": make_source().pk, **words}


def about_sector(case: Case) -> dict[str, Any]:
    return {"entry": case.ids["sized"], "field": Field.CATEGORY}


def proposed(case: Case) -> Any:
    claims = Claim.objects.filter(entry=case.ids["sized"], field=Field.CATEGORY)
    return claims.filter(status=Status.PROPOSED).exists()


def became(row: str, status: Status) -> Callable[[Case], bool]:
    """The claim has that status, and a reviewer."""
    return lambda case: Claim.objects.filter(pk=case.ids[row], status=status).exclude(reviewed_by="").exists()


def waits(row: str) -> Callable[[Case], bool]:
    return lambda case: Claim.objects.filter(pk=case.ids[row], status=Status.PROPOSED).exists()


def several(row: str, decision: str) -> Callable[[Case], dict[str, Any]]:
    """The address of the page that decides on that claim and might on more."""
    return lambda case: {"claim": case.ids[row], "decision": decision}


def settled(row: str, status: ReportStatus) -> Callable[[Case], bool]:
    return lambda case: Report.objects.get(pk=case.ids[row]).status == status


def size_is(words: str) -> Callable[[Case], bool]:
    return lambda case: entry(case, "sized").parameters_stated == words


def is_undone(row: str) -> Callable[[Case], bool]:
    return lambda case: Merge.objects.get(pk=case.ids[row]).undone_at is not None


def effects(response: Any) -> bool:
    return response.context["effects"] is not None


ENTRIES = [
    Act("propose an entry", f"{ENTRY}_add", CURATORS, fill=naming, press="_propose",
        does=lambda case: Entry.objects.filter(slug="qingluan", is_listed=False).exists()),
    Act("propose an entry and accept it", f"{ENTRY}_add", CURATORS, fill=naming, press="_accept",
        does=lambda case: Entry.objects.filter(slug="qingluan", is_listed=True).exists()),
]  # fmt: skip

CLAIMS = [
    Act("propose a claim", f"{CLAIM}_add", CURATORS, query=about_sector, press="_propose",
        fill=typed(**KNOWN, token="industry"), does=proposed),
    Act("propose a claim and accept it", f"{CLAIM}_add", CURATORS, query=about_sector, press="_accept",
        fill=typed(**KNOWN, token="industry"), does=lambda case: entry(case, "sized").category == "industry"),
    Act("see what a claim would do", f"{CLAIM}_add", CURATORS, method="GET", shows=effects,
        query=lambda case: {**about_sector(case), **KNOWN, "token": "industry", "_preview": "1"}),
    Act("correct a claim", f"{CLAIM}_change", CURATORS, row="size", press="_save",
        fill=typed(quotation="2600亿", stated="2600亿", end="5"), does=size_is("2600亿")),
    Act("see what a correction would do", f"{CLAIM}_change", CURATORS, row="size", method="GET", shows=effects,
        query=typed(**KNOWN, low="7", high="7", _preview="1")),
    Act("replace a value", f"{CLAIM}_replace", CURATORS, row="size", press="_save",
        fill=typed(value="64亿", reason="公开资料"),
        does=lambda case: Claim.objects.filter(entry=case.ids["sized"], number__startswith=64 * 10**8).exists()),
    Act("replace a value that a reader reports", f"{CLAIM}_replace", CURATORS, row="size", press="_save",
        query=lambda case: {"report": case.ids["waiting"]}, fill=typed(value="64亿"),
        does=settled("waiting", ReportStatus.HANDLED)),
    Act("find the words of a value", f"{CLAIM}_replace", CURATORS, row="said", press="_look", fill=typed(value="2600亿"),
        shows=lambda response: response.context["form"].places),
    Act("undo a replaced value", f"{CLAIM}_undo", CURATORS, row="replacing",
        does=lambda case: not Claim.objects.filter(pk=case.ids["replacing"]).exists()),
    Act("accept a claim", DECIDE, CURATORS, row="proposal", fill=typed(decision="accept"),
        does=became("proposal", Status.ACCEPTED)),
    Act("prefer a claim", DECIDE, CURATORS, row="proposal", fill=typed(decision="prefer"), does=size_is("1760亿")),
    Act("dispute a claim", DECIDE, CURATORS, row="proposal",
        fill=typed(decision="dispute", ruling=Ruling.BUILDER_FIRST), does=became("proposal", Status.DISPUTED)),
    Act("reject a claim", DECIDE, CURATORS, row="proposal", fill=typed(decision="reject", reason="no"),
        does=became("proposal", Status.REJECTED)),
    Act("take an accepted claim back", DECIDE, CURATORS, row="size", fill=typed(decision="reject", reason="no"),
        does=size_is("")),
    Act("dispute a claim that a reader reports", DECIDE, CURATORS, row="size", press="",
        query=lambda case: {"report": case.ids["waiting"]}, fill=typed(decision="dispute", ruling=Ruling.CURATOR),
        does=lambda case: became("size", Status.DISPUTED)(case) and settled("waiting", ReportStatus.HANDLED)(case)),
    Act("accept in the queue", DECIDE, CURATORS, row="proposal", page=QUEUE, press="decision=accept",
        does=became("proposal", Status.ACCEPTED)),
    Act("prefer in the queue", DECIDE, CURATORS, row="proposal", page=QUEUE, press="decision=prefer",
        does=size_is("1760亿")),
    Act("dispute in the queue", DECIDE, CURATORS, row="proposal", page=QUEUE, press="decision=dispute",
        fill=typed(ruling=Ruling.BUILDER_FIRST), does=became("proposal", Status.DISPUTED)),
    Act("reject a claim that a reader reports", DECIDE, CURATORS, row="size", press="",
        query=lambda case: {"report": case.ids["waiting"]}, fill=typed(decision="reject", reason="no"),
        does=lambda case: became("size", Status.REJECTED)(case) and settled("waiting", ReportStatus.HANDLED)(case)),
    Act("propose another claim than a reader reports", f"{CLAIM}_add", CURATORS, press="_propose",
        query=lambda case: {
            "entry": case.ids["sized"], "field": Field.PARAMETERS, "report": case.ids["waiting"]
        }, fill=typed(**KNOWN, low="7", high="7"),
        does=lambda case: Claim.objects.filter(entry=case.ids["sized"], basis=Basis.CURATOR).exists()),
    Act("see what a decision would do", DECIDE, CURATORS, row="proposal", method="GET",
        query=typed(decision="accept"), shows=effects),
    Act("see what a decision on several claims would do", TOGETHER, CURATORS, method="GET",
        query=several("proposal", "accept"), shows=lambda response: response.context["foreseen"]),
    Act("let a claim wait again", DECIDE, CURATORS, row="size", fill=typed(decision="reopen"), does=waits("size")),
    Act("accept several claims", TOGETHER, CURATORS, query=several("proposal", "accept"),
        does=became("proposal", Status.ACCEPTED)),
    Act("dispute several claims", TOGETHER, CURATORS, query=several("proposal", "dispute"),
        fill=typed(ruling=Ruling.CURATOR), does=became("proposal", Status.DISPUTED)),
    Act("reject several claims", TOGETHER, CURATORS, query=several("proposal", "reject"), fill=typed(reason="no"),
        does=became("proposal", Status.REJECTED)),
    Act("let several claims wait again", TOGETHER, CURATORS, query=several("size", "reopen"), does=waits("size")),
    Act("reject in the queue", DECIDE, CURATORS, row="proposal", page=QUEUE, press="decision=reject",
        fill=typed(reason="no"), does=became("proposal", Status.REJECTED)),
]  # fmt: skip

REPORTS = [
    Act("report a value", "report", EVERYONE,
        fill=typed(field="parameters", statement="应为二", source_url="https://example.org/a"),
        does=lambda case: Report.objects.filter(statement="应为二").exists()),
    Act("mark a report as handled", f"{REPORT}_change", CURATORS, row="waiting", press="status=handled",
        does=settled("waiting", ReportStatus.HANDLED)),
    Act("dismiss a report", f"{REPORT}_change", CURATORS, row="waiting", press="status=dismissed", page=QUEUE,
        fill=typed(reason="no"), does=settled("waiting", ReportStatus.DISMISSED)),
    Act("let a report wait again", f"{REPORT}_change", CURATORS, row="settled", press="status=proposed",
        does=settled("settled", ReportStatus.PROPOSED)),
    Act("mark selected reports as handled", f"{REPORT}_changelist", CURATORS, press="action=mark_handled",
        fill=lambda case: {"_selected_action": case.ids["waiting"]}, does=settled("waiting", ReportStatus.HANDLED)),
    Act("dismiss selected reports", f"{REPORT}_changelist", CURATORS, press="action=mark_dismissed",
        fill=lambda case: {"_selected_action": case.ids["waiting"]}, does=settled("waiting", ReportStatus.DISMISSED)),
]  # fmt: skip

MERGES = [
    Act("merge two entries", f"{ENTRY}_merge", ADMINS, row="lonely", query=lambda case: {"into": case.ids["sized"]},
        does=lambda case: entry(case, "lonely").merged_into_id == case.ids["sized"]),
    Act("merge two developers", "admin:models_catalog_developer_merge", ADMINS, row="unused",
        query=lambda case: {"into": case.ids["models_catalog_developer"]},
        does=lambda case: not Developer.objects.filter(pk=case.ids["unused"]).exists()),
    Act("undo a merge of developers", f"{MERGE}_undo", ADMINS, row="of-developers", page=f"{MERGE}_change",
        page_row="of-developers", does=is_undone("of-developers")),
    Act("undo a merge", f"{MERGE}_undo", ADMINS, page=f"{MERGE}_change",
        does=is_undone("models_catalog_merge")),
    Act("ask to undo a merge that was decided on", f"{MERGE}_undo", ADMINS, row="late", page=f"{MERGE}_change",
        page_row="late", shows=lambda response: response.context["since"].version),
    Act("undo it, and keep these decisions", f"{MERGE}_undo", ADMINS, row="late", page=None,
        fill=lambda case: {"despite": version_of_merge(case)}, does=is_undone("late")),
]  # fmt: skip

ACTS = [*ENTRIES, *CLAIMS, *REPORTS, *MERGES]
