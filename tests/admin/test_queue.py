"""The review queue: what each claim would do is shown with it, and a decision goes on to the next and can be undone."""

import re
from datetime import timedelta
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from models_catalog.curation.review.queue import CLAIMS_A_PAGE
from models_catalog.fields.columns import entry_text
from models_catalog.history.versions import version_of_claims
from models_catalog.models import Claim, ClaimEvent, Entry, ImportBatch, Report, Source
from models_catalog.models.vocabulary import Field, Status
from tests.decisions import accept_claim, reopen_claim
from tests.factories import make_developer, make_entry, make_source, propose

QUEUE = "admin:models_catalog_claim_queue"
SIZE = "1760亿"


def decide(client: Client, claim: Claim, **data: Any) -> Any:
    data.setdefault("version", version_of_claims(claim.entry))
    return client.post(reverse("admin:models_catalog_claim_decide", args=[claim.pk]), data)


def told(effects: Any) -> list[tuple[str, str, str]]:
    return [(str(one.heading), one.before, one.after) for one in effects]


def test_the_queue_shows_what_each_claim_would_do(curator: Client, entry: Entry) -> None:
    beside, other = propose(entry), propose(entry, Field.OPENNESS, token="open")
    page = curator.get(reverse(QUEUE))
    shown = {row.claim: row.prospect for row in page.context["rows"]}
    assert told(shown[beside].accepted) == []
    assert told(shown[beside].preferred) == [("参数规模", "千亿级 · 1000亿–1万亿", SIZE)]
    assert told(shown[other].accepted) == [("开源情况", "", "开源")]
    text = " ".join(re.sub("<[^>]+>", "", page.content.decode()).split())
    assert "若采纳： 开源情况：未提及 → 开源" in text
    assert "若设为首选： 参数规模：千亿级 · 1000亿–1万亿 → 1760亿" in text


def test_an_entry_without_a_name_is_called_by_one_that_waits(curator: Client, entry: Entry) -> None:
    nameless = Entry.objects.create(slug="qingyan")
    maker = propose(nameless, Field.OPENNESS, token="open")
    propose(nameless, Field.NAME, text="清言", token="zh")
    rows = {row.claim: row.claim.entry.label for row in curator.get(reverse(QUEUE)).context["rows"]}
    assert rows[maker] == "清言"


def test_a_viewer_sees_the_effects_and_is_offered_nothing(viewer: Client, entry: Entry) -> None:
    propose(entry)
    page = viewer.get(reverse(QUEUE)).content.decode()
    assert ("若采纳" in page, "data-accept" in page, "data-pick" in page) == (True, False, False)


@pytest.mark.parametrize("count", [1, 4])
def test_the_queue_takes_as_many_queries_however_long_it_is(
    curator: Client, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        entry = make_entry(f"模型{number}", parameters="千亿级", developers=[f"公司{number}"])
        propose(entry)
        propose(entry, Field.PARENT, parent=make_entry(f"上级{number}"))
        Report.objects.create(entry=entry, field="name", statement="错", source_url="https://example.org/")
    curator.get(reverse(QUEUE))
    with django_assert_num_queries(17):  # one of them for the kept texts of the page's sources
        curator.get(reverse(QUEUE))


def test_a_decision_goes_on_to_the_next_claim(curator: Client, entry: Entry) -> None:
    claims = [propose(entry, Field.MODALITY, token=token) for token in ("text", "image", "video")]
    page = curator.get(reverse(QUEUE), {"q": "轩辕"})
    assert [row.goes_on for row in page.context["rows"]] == [
        f"claim-{claims[1].pk}", f"claim-{claims[2].pk}", f"claim-{claims[1].pk}",
    ]  # fmt: skip
    going = re.findall(r'name="next" value="([^"]+)"', page.content.decode())
    assert unescape(going[2]).endswith(f"claim/queue/?q=%E8%BD%A9%E8%BE%95#claim-{claims[1].pk}")


def test_the_last_claim_of_a_page_goes_on_to_the_first_of_the_next(curator: Client, entry: Entry) -> None:
    claims = [propose(entry, Field.MODALITY, token="text") for _n in range(CLAIMS_A_PAGE + 1)]
    first, second = curator.get(reverse(QUEUE)), curator.get(reverse(QUEUE), {"p": 2})
    assert first.context["rows"][-1].goes_on == f"claim-{claims[-1].pk}"
    assert [(row.claim, row.goes_on) for row in second.context["rows"]] == [(claims[-1], "claims")]


def test_the_words_are_shown_in_their_line_where_the_article_is_at_hand(
    curator: Client, entry: Entry, settings: Settings, tmp_path: Path
) -> None:
    settings.CATALOG_SOURCES_DIR = tmp_path
    text = "头\n它的参(cān)数超1760亿,更多。"
    (tmp_path / "thepaper-2023.txt").write_text(text)
    claim = propose(entry, line=2, start=10, end=15)
    Source.objects.update(sha256=sha256(text.encode()).hexdigest())
    line = curator.get(reverse(QUEUE)).context["rows"][0].line
    assert (line.before, line.stated, line.after) == ("它的参数超", SIZE, ",更多。")
    Claim.objects.filter(pk=claim.pk).update(start=9, end=14)
    assert curator.get(reverse(QUEUE)).context["rows"][0].line is None


@pytest.mark.parametrize(
    ("query", "count"),
    [({}, 2), ({"developer": "duxiaoman"}, 1), ({"developer": "no"}, 0), ({"q": "baidu"}, 1), ({"q": "wenxin"}, 1),
     ({"age": "day"}, 1), ({"age": "over-month"}, 1), ({"age": "over-week"}, 1), ({"age": "x"}, 0),
     ({"basis": "stated"}, 2), ({"basis": "curator"}, 0), ({"batch": "0"}, 0), ({"batch": "own"}, 1),
     ({"developer": "baidu", "age": "day"}, 0), ({"entry": "xuanyuan"}, 1), ({"entry": "no"}, 0)],
)  # fmt: skip
def test_the_queue_is_narrowed_down(curator: Client, entry: Entry, query: dict[str, str], count: int) -> None:
    propose(entry)
    old = propose(
        make_entry("文心", developers=[make_developer("百度", name_en="Baidu")]), Field.OPENNESS, token="open"
    )
    Claim.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))
    batch = ImportBatch.objects.create(
        file_name="a.csv", text="", uploaded_by="x", state="applied", applied_by="x", applied_at=timezone.now(),
        made={"claims": [old.pk]},
    )  # fmt: skip
    query = {name: str(batch.pk) if value == "own" else value for name, value in query.items()}
    assert len(curator.get(reverse(QUEUE), query).context["rows"]) == count


@pytest.mark.parametrize(
    ("query", "said"), [({}, "没有待审的陈述。"), ({"q": "none"}, "没有符合这些筛选条件的待审陈述。")]
)
def test_an_empty_queue_says_why(curator: Client, query: dict[str, str], said: str) -> None:
    page = curator.get(reverse(QUEUE), query).content.decode()
    assert (said in page, "清除全部筛选" in page) == (True, bool(query))


def test_a_page_that_is_not_there_is_said(curator: Client, entry: Entry) -> None:
    propose(entry)
    answer = curator.get(reverse(QUEUE), {"p": "99"})
    assert (answer.status_code, "列表没有第99页" in answer.content.decode()) == (404, True)


def test_who_decided_on_the_last_of_a_page_comes_to_the_one_before(curator: Client, entry: Entry) -> None:
    claim = [propose(entry, Field.MODALITY, token="text") for _n in range(CLAIMS_A_PAGE + 1)][-1]
    decide(curator, claim, decision="accept", next=f"{reverse(QUEUE)}?p=2")
    answer = curator.get(reverse(QUEUE), {"p": "2"})
    assert (answer.status_code, answer.context["shown"].number) == (200, 1)


@pytest.mark.parametrize(
    ("query", "said"),
    [({"sectr": "1"}, "没有名为“sectr”的参数"), ({"p": "abc"}, "“abc”不是页码"), ({"field": "nope"}, "nope")],
)
def test_what_the_queue_does_not_know_is_refused_in_words(
    curator: Client, query: dict[str, str], said: str
) -> None:
    answer = curator.get(reverse(QUEUE), query)
    assert (answer.status_code, said in answer.content.decode()) == (400, True)


def test_what_preferring_adds_is_told_alone(curator: Client) -> None:
    entry = make_entry("轩辕", parameters="千亿级")
    claim = propose(entry, source=make_source("yicai-2023"))
    [row] = curator.get(reverse(QUEUE)).context["rows"]
    assert [heading for heading, *_values in told(row.prospect.accepted)] == ["来源"]
    assert [heading for heading, *_values in told(row.prospect.preferred)] == ["参数规模"]
    assert row.claim == claim


# --- Grounds -----------------------------------------------------------------------------------------------------------


def test_a_reason_that_is_too_long_is_refused_and_kept(curator: Client, entry: Entry) -> None:
    claim, reason = propose(entry), "长" * 301
    page = decide(curator, claim, decision="reject", reason=reason).content.decode()
    claim.refresh_from_db()
    assert (claim.status, "300" in page, reason in page) == (Status.PROPOSED, True, True)


def test_no_box_for_a_reason_cuts_what_is_typed(curator: Client, entry: Entry) -> None:
    claim = propose(entry)
    Report.objects.create(entry=entry, field="name", statement="错", source_url="https://example.org/")
    ids: dict[str, Any] = {"decision": "reject", "claim": claim.pk}
    addresses = [QUEUE, "admin:models_catalog_claim_together"]
    pages = [curator.get(reverse(name), ids if "together" in name else {}) for name in addresses]
    pages.append(curator.get(reverse("admin:models_catalog_claim_decide", args=[claim.pk])))
    boxes = [re.findall(r'<input[^>]* name="reason"[^>]*>', page.content.decode()) for page in pages]
    assert [len(found) for found in boxes] == [2, 1, 1]
    assert not any("maxlength" in box for found in boxes for box in found)


def test_a_dismissal_that_is_too_long_is_kept(curator: Client, entry: Entry) -> None:
    report = Report.objects.create(
        entry=entry, field="name", statement="错", source_url="https://example.org/"
    )
    address = reverse("admin:models_catalog_report_change", args=[report.pk])
    page = curator.post(address, {"status": "dismissed", "reason": "长" * 301})
    assert (page.status_code, "长" * 301 in page.content.decode()) == (400, True)


# --- Undoing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "grounds"),
    [("accept", {}), ("dispute", {"ruling": "curator"}), ("reject", {"reason": "no"})],
)
def test_a_decision_is_undone_by_the_way_that_its_message_shows(
    curator: Client, entry: Entry, decision: str, grounds: dict[str, str]
) -> None:
    claim, before = propose(entry, Field.OPENNESS, token="open"), entry_text(entry)
    decide(curator, claim, decision=decision, next=reverse(QUEUE), **grounds)
    message = curator.get(reverse(QUEUE)).content.decode()
    [address] = re.findall(r'<a href="([^"]+)" data-undo>', message)
    page = curator.get(unescape(address))
    assert (page.context["effects"] != []) == (decision == "accept")
    undone = decide(curator, claim, decision="reopen", next=page.context["next"])
    claim.refresh_from_db()
    assert (claim.status, claim.reviewed_by, claim.reviewed_at) == (Status.PROPOSED, "", None)
    assert (entry_text(entry), undone["Location"]) == (before, f"{reverse(QUEUE)}#claim-{claim.pk}")


def test_the_history_says_that_it_waits_again(entry: Entry) -> None:
    claim = propose(entry)
    reopen_claim(claim=accept_claim(claim=claim, reviewer="a"), reviewer="b")
    event = ClaimEvent.objects.filter(pgh_obj=claim).latest("pgh_id")
    assert event.pgh_context is not None
    assert event.pgh_context.metadata == {"what": "reopen", "who": "b"}


def test_what_took_anothers_place_is_undone_on_a_page_of_its_own(curator: Client, entry: Entry) -> None:
    claim = propose(entry)
    decide(curator, claim, decision="prefer", next=reverse(QUEUE))
    undo = reverse("admin:models_catalog_claim_undo", args=[claim.pk])
    assert f'<a href="{undo}" data-undo>' in curator.get(reverse(QUEUE)).content.decode()


def test_a_claim_that_waits_cannot_be_let_wait_again(curator: Client, entry: Entry) -> None:
    page = decide(curator, propose(entry), decision="reopen")
    assert list(page.context["form"].errors) == ["decision"]


@pytest.mark.parametrize("decision", ["dispute", "reject"])
def test_the_effect_is_shown_before_the_grounds_are_typed(
    curator: Client, entry: Entry, decision: str
) -> None:
    claim = entry.claims.get(field=Field.PARAMETERS)
    page = curator.get(reverse("admin:models_catalog_claim_decide", args=[claim.pk]), {"decision": decision})
    assert told(page.context["effects"]) == [("参数规模", "千亿级 · 1000亿–1万亿", "")]
    assert page.context["form"].errors == {}
    claim.refresh_from_db()
    assert claim.status == Status.ACCEPTED


def test_an_entry_without_a_name_is_called_by_its_address(curator: Client) -> None:
    propose(Entry.objects.create(slug="xuanyuan"), Field.OPENNESS, token="open")
    assert re.search(r"<a href=[^>]+>xuanyuan</a> · ", curator.get(reverse(QUEUE)).content.decode())
