"""Several claims are decided on at once, or none of them."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.claims.decide import MOST
from models_catalog.claims.decide import decide as decide_at_once
from models_catalog.claims.preview import foresee
from models_catalog.fields.columns import entry_text
from models_catalog.history.versions import version_of_claims
from models_catalog.models import Claim, ClaimEvent, Entry
from models_catalog.models.vocabulary import Field, Verdict
from tests.factories import make_entry, propose

QUEUE = "admin:models_catalog_claim_queue"
TOGETHER = "admin:models_catalog_claim_together"
SIZE = "1760亿"


def decide_on(client: Client, claims: list[Claim], decision: str, **data: Any) -> Any:
    seen = [f"{one.entry_id}:{version_of_claims(one.entry)}" for one in claims]
    form = {"decision": decision, "claim": [one.pk for one in claims], "seen": seen, **data}
    return client.post(reverse(TOGETHER), form)


def decide(client: Client, claim: Claim, **data: Any) -> Any:
    data.setdefault("version", version_of_claims(claim.entry))
    return client.post(reverse("admin:models_catalog_claim_decide", args=[claim.pk]), data)


def look_at(client: Client, ids: list[int], decision: str) -> Any:
    """The page on which several claims are decided on."""
    form: dict[str, Any] = {"decision": decision, "claim": ids}
    return client.get(reverse(TOGETHER), form)


def told(effects: Any) -> list[tuple[str, str, str]]:
    return [(str(one.heading), one.before, one.after) for one in effects]


@pytest.fixture
def several(entry: Entry) -> list[Claim]:
    """Two sizes of an entry without one, and a word of another."""
    bare = make_entry("文心")
    sizes = [propose(bare), propose(bare, words="2600亿")]
    return [*sizes, propose(entry, Field.OPENNESS, token="open")]


def statuses(claims: list[Claim]) -> list[str]:
    return [Claim.objects.get(pk=claim.pk).status for claim in claims]


def test_the_effects_of_all_are_shown_and_nothing_is_saved(curator: Client, several: list[Claim]) -> None:
    page = look_at(curator, [one.pk for one in several], "accept")
    shown = {str(one.entry): told(one.effects) for one in page.context["foreseen"]}
    assert shown == {"文心": [("参数规模", "", SIZE)], "轩辕": [("开源情况", "", "开源")]}
    assert statuses(several) == ["proposed"] * 3


def test_what_is_foreseen_of_several_is_what_happens(curator: Client, several: list[Claim]) -> None:
    entries = {one.entry.pk: one.entry for one in several}.values()
    before = {one.pk: entry_text(one) for one in entries}
    foreseen = {one.entry.pk: told(one.effects) for one in foresee(several, Verdict.ACCEPT)}
    decide_on(curator, several, "accept")
    after = {one.pk: entry_text(one) for one in entries}
    happened = {
        pk: [(name, before[pk][name], now) for name, now in text.items() if before[pk][name] != now]
        for pk, text in after.items()
    }
    assert happened == foreseen


@pytest.mark.parametrize(
    ("decision", "status", "grounds"),
    [("accept", "accepted", {}), ("dispute", "disputed", {"ruling": "curator", "reason": "why"}),
     ("reject", "rejected", {"reason": "why"})],
)  # fmt: skip
def test_several_get_one_decision_with_one_reason(
    curator: Client, several: list[Claim], decision: str, status: str, grounds: dict[str, str]
) -> None:
    answer = decide_on(curator, several, decision, next=reverse(QUEUE), **grounds)
    assert (answer["Location"], statuses(several)) == (reverse(QUEUE), [status] * 3)
    last = ClaimEvent.objects.filter(pgh_obj=several[0]).latest("pgh_id")
    reason = {"reason": "why"} if grounds else {}
    assert last.pgh_context is not None
    assert last.pgh_context.metadata == {"what": decision, "who": "the-curator", "together": 3, **reason}


def test_of_two_values_accepted_at_once_the_first_fills_the_column(
    curator: Client, several: list[Claim]
) -> None:
    decide_on(curator, several, "accept")
    assert [Claim.objects.get(pk=one.pk).preferred for one in several] == [True, False, True]


@pytest.mark.parametrize(("decision", "field"), [("dispute", "ruling"), ("reject", "reason")])
def test_several_are_decided_on_with_grounds_only(
    curator: Client, several: list[Claim], decision: str, field: str
) -> None:
    page = decide_on(curator, several, decision)
    assert (list(page.context["form"].errors), statuses(several)) == ([field], ["proposed"] * 3)
    page = look_at(curator, [one.pk for one in several], decision)
    assert page.context["form"].errors == {}


def test_if_somebody_decided_on_one_meanwhile_nothing_is_saved_and_it_is_named(
    curator: Client, several: list[Claim]
) -> None:
    seen = [f"{one.entry_id}:{version_of_claims(one.entry)}" for one in several]
    decide(curator, several[0], decision="reject", reason="first")
    page = decide_on(curator, several, "accept", seen=seen)
    said = str([*page.context["messages"]][-1])
    assert statuses(several) == ["rejected", "proposed", "proposed"]
    assert "文心 · 参数规模 “1760亿” · 状态：待审 → 已驳回" in said
    assert (page.context["unfit"], page.context["claims"]) == (several[:1], several[1:])


def test_what_remains_is_decided_on_knowingly(curator: Client, several: list[Claim]) -> None:
    decide(curator, several[0], decision="reject", reason="first")
    page = decide_on(curator, several, "accept", seen=[])
    seen = [f"{entry}:{version}" for entry, version in page.context["seen"]]
    decide_on(curator, page.context["claims"], "accept", seen=seen)
    assert statuses(several) == ["rejected", "accepted", "accepted"]


def test_a_claim_that_is_decided_on_already_stops_them_all(curator: Client, several: list[Claim]) -> None:
    decide(curator, several[0], decision="reject", reason="first")
    page = decide_on(curator, several, "accept")
    assert (list(page.context["form"].errors), statuses(several)[1:]) == (["decision"], ["proposed"] * 2)


def test_several_are_undone_at_once(curator: Client, several: list[Claim]) -> None:
    before = [entry_text(one.entry) for one in several]
    decide_on(curator, several, "accept", next=reverse(QUEUE))
    [address] = re.findall(r'<a href="([^"]+)" data-undo>', curator.get(reverse(QUEUE)).content.decode())
    page = curator.get(unescape(address))
    assert {str(one.entry): told(one.effects) for one in page.context["foreseen"]} == {
        "文心": [("参数规模", SIZE, "")], "轩辕": [("开源情况", "开源", "")],
    }  # fmt: skip
    decide_on(curator, page.context["claims"], "reopen")
    assert (statuses(several), [entry_text(one.entry) for one in several]) == (["proposed"] * 3, before)


@pytest.mark.parametrize(
    ("form", "status"),
    [({}, 400), ({"claim": ["0"]}, 400), ({"claim": ["x"]}, 400), ({"claim": ["1"] * 500}, 400),
     ({"claim": [str(n) for n in range(1, MOST + 2)]}, 400), ({"claim": ["1"], "seen": ["1:x"]}, 400)],
)  # fmt: skip
def test_a_form_without_claims_decides_nothing(curator: Client, form: dict[str, Any], status: int) -> None:
    page = curator.post(reverse(TOGETHER), {"decision": "accept", **form})
    assert page.status_code == status


def test_at_most_a_hundred_are_decided_on_at_once(curator: Client, entry: Entry) -> None:
    ids = [propose(entry, Field.MODALITY, token="text").pk for _n in range(MOST + 1)]
    page = look_at(curator, ids, "accept")
    assert page.context["form"].errors["claim"] == ["一次最多100条。"]
    assert len(look_at(curator, ids[:-1], "accept").context["claims"]) == MOST


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_of_several_takes_as_many_queries_however_many_they_are(
    curator: Client, django_assert_num_queries: Any, count: int
) -> None:
    claims = [
        propose(make_entry(f"模型{number}"), Field.OPENNESS, token="open").pk for number in range(count)
    ]
    look_at(curator, claims, "accept")
    with django_assert_num_queries(8):
        look_at(curator, claims, "accept")


def test_everything_is_selected_without_script(curator: Client, several: list[Claim]) -> None:
    page = curator.get(reverse(QUEUE), {"all": "1"}).content.decode()
    assert len(re.findall(r'name="claim" value="\d+" form="together" checked', page)) == 3


def test_of_several_preferred_at_once_the_last_fills_the_column(several: list[Claim]) -> None:
    first = decide_at_once(claims={several[0].pk}, verdict=Verdict.ACCEPT, by="li")[0]
    again = propose(first.entry, words="千亿级")
    done = decide_at_once(claims={several[1].pk, again.pk}, verdict=Verdict.PREFER, by="li")
    assert [(one.pk, one.preferred) for one in done] == [(several[1].pk, False), (again.pk, True)]
    assert not Claim.objects.get(pk=first.pk).preferred
