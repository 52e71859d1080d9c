"""Working on claims through the admin's pages."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from models_catalog.history.versions import version_of_claims
from models_catalog.intake.values import parse_number
from models_catalog.models import Claim, ClaimEvent, Entry
from models_catalog.models.vocabulary import Basis, Category, Field, Ruling, Status
from tests.factories import make_claim, make_source


@pytest.fixture
def proposal(entry: Entry) -> Claim:
    size = parse_number("parameters", "1760亿")
    return make_claim(entry, Field.PARAMETERS, words="1760亿", number=size, status=Status.PROPOSED)


def decide(client: Client, claim: Claim, **data: Any) -> Any:
    data.setdefault("version", version_of_claims(claim.entry))
    return client.post(reverse("admin:models_catalog_claim_decide", args=[claim.pk]), data)


def claim_address(entry: Entry, field: Field) -> str:
    return reverse("admin:models_catalog_claim_add") + f"?entry={entry.pk}&field={field}"


STATED = {"answer": "value", "basis": "stated", "line": "3", "start": "0", "end": "5"}


def test_the_entry_shows_each_field_with_its_claims(curator: Client, proposal: Claim) -> None:
    page = curator.get(reverse("admin:models_catalog_entry_change", args=[proposal.entry_id]))
    claims = dict(page.context["fields"])
    assert [claim.stated for claim in claims[Field.PARAMETERS]] == ["千亿级", "1760亿"]


def test_accepting_keeps_the_preferred_one(curator: Client, proposal: Claim) -> None:
    assert decide(curator, proposal, decision="accept").status_code == 302
    proposal.refresh_from_db()
    assert (proposal.status, proposal.preferred, proposal.entry.parameters_stated) == (
        "accepted",
        False,
        "千亿级",
    )


def test_preferring_fills_the_column(curator: Client, proposal: Claim) -> None:
    decide(curator, proposal, decision="prefer")
    assert Entry.objects.get().parameters_stated == "1760亿"


def test_disputing_names_the_ruling(curator: Client, proposal: Claim) -> None:
    decide(curator, proposal, decision="dispute", ruling=Ruling.BUILDER_FIRST)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.ruling) == ("disputed", "builder-first")


def test_rejecting_keeps_the_reason_in_the_history(curator: Client, proposal: Claim) -> None:
    decide(curator, proposal, decision="reject", reason="counts the tokens")
    latest = ClaimEvent.objects.filter(pgh_obj_id=proposal.pk).latest("pgh_id")
    assert (latest.status, latest.pgh_context.metadata["reason"]) == ("rejected", "counts the tokens")


@pytest.mark.parametrize(("decision", "field"), [("dispute", "ruling"), ("reject", "reason")])
def test_a_decision_without_its_grounds_is_refused(
    curator: Client, proposal: Claim, decision: str, field: str
) -> None:
    page = decide(curator, proposal, decision=decision)
    assert list(page.context["form"].errors) == [field]


def test_the_effect_is_shown_and_nothing_is_saved(curator: Client, proposal: Claim) -> None:
    address = reverse("admin:models_catalog_claim_decide", args=[proposal.pk])
    effects = curator.get(address, {"decision": "prefer"}).context["effects"]
    proposal.refresh_from_db()
    assert [(e.before, e.after) for e in effects] == [("千亿级 · 1000亿–1万亿", "1760亿")]
    assert proposal.status == Status.PROPOSED


def test_the_second_of_two_curators_is_told(curator: Client, proposal: Claim) -> None:
    seen = version_of_claims(proposal.entry)
    decide(curator, proposal, decision="reject", reason="first")
    page = decide(curator, proposal, decision="accept", version=seen)
    told = [str(message) for message in page.context["messages"]]
    proposal.refresh_from_db()
    assert proposal.status == Status.REJECTED
    assert "参数规模 “1760亿” · 状态：待审 → 已驳回" in told[-1]


def test_proposing_parses_the_words(curator: Client, entry: Entry) -> None:
    source = make_source()
    data = {**STATED, "source": source.pk, "quotation": "2600亿"}
    assert curator.post(claim_address(entry, Field.PARAMETERS), data).status_code == 302
    claim = Claim.objects.get(status=Status.PROPOSED)
    assert (claim.number, claim.stated, claim.key) == (
        parse_number("parameters", "2600亿"),
        "2600亿",
        claim.key,
    )


def test_words_that_state_no_size_are_refused(curator: Client, entry: Entry) -> None:
    data = {**STATED, "source": make_source().pk, "quotation": "很多参数"}
    page = curator.post(claim_address(entry, Field.PARAMETERS), data)
    assert "quotation" in page.context["form"].errors


def test_a_stated_size_is_not_typed(curator: Client, entry: Entry) -> None:
    data = {**STATED, "source": make_source().pk, "quotation": "2600亿", "low": "5", "high": "5"}
    curator.post(claim_address(entry, Field.PARAMETERS), data)
    assert Claim.objects.get(status=Status.PROPOSED).number == parse_number("parameters", "2600亿")


def test_curators_knowledge_needs_reasons(curator: Client, entry: Entry) -> None:
    data = {"answer": "value", "basis": Basis.CURATOR, "token": Category.INDUSTRY}
    page = curator.post(claim_address(entry, Field.CATEGORY), data)
    assert "reason_zh" in page.context["form"].errors


def test_proposing_and_accepting_in_one_step(curator: Client, entry: Entry) -> None:
    reasons = {"reason_zh": "公开资料", "reason_en": "Public knowledge"}
    data = {"answer": "value", "basis": Basis.CURATOR, "token": Category.INDUSTRY, "_accept": "1", **reasons}
    curator.post(claim_address(entry, Field.CATEGORY), data)
    assert Entry.objects.get().category == Category.INDUSTRY


@pytest.mark.parametrize("is_new", [True, False])
def test_an_effect_is_had_by_get_so_that_back_leads_to_it(
    curator: Client, proposal: Claim, is_new: bool
) -> None:
    entry, before = proposal.entry, Claim.objects.count()
    one = entry.claims.get(status=Status.ACCEPTED, field=Field.PARAMETERS)
    data: dict[str, Any] = {**STATED, "source": make_source().pk, "quotation": "2600亿", "_preview": "1"}
    address = reverse("admin:models_catalog_claim_change", args=[one.pk])
    if is_new:
        address, data = (
            reverse("admin:models_catalog_claim_add"),
            {**data, "entry": entry.pk, "field": "parameters"},
        )
    page = curator.get(address, data)
    assert (page.status_code, page.context["effects"] is not None) == (200, True)
    assert re.search(r'name="_preview"[^>]* formmethod="get"', page.content.decode())
    assert ('name="field" value="parameters"' in page.content.decode()) == is_new
    assert (Claim.objects.count(), page.context["form"]["quotation"].value()) == (before, "2600亿")


def test_what_is_sent_to_the_address_of_an_effect_is_saved(curator: Client, entry: Entry) -> None:
    data = {**STATED, "source": make_source().pk, "quotation": "2600亿"}
    curator.post(claim_address(entry, Field.PARAMETERS) + "&_preview=1&quotation=1%E4%BA%BF", data)
    assert Claim.objects.get(status=Status.PROPOSED).stated == "2600亿"


def test_a_viewer_is_shown_no_effect(viewer: Client, proposal: Claim) -> None:
    address = reverse("admin:models_catalog_claim_change", args=[proposal.pk])
    assert viewer.get(address, {"_preview": "1"}).status_code == 403


def test_history_and_messages_name_a_claim_by_field_and_value(curator: Client, entry: Entry) -> None:
    data = {**STATED, "source": make_source().pk, "quotation": "2600亿", "_accept": "1"}
    page = curator.post(claim_address(entry, Field.PARAMETERS), data, follow=True)
    assert "轩辕 · 参数规模 “2600亿”" in page.content.decode()
    lines = curator.get(reverse("admin:models_catalog_entry_history", args=[entry.pk])).context["lines"]
    assert "参数规模 “2600亿”" in {str(line.subject) for line in lines}
    at = Claim.objects.get(stated="2600亿").reviewed_at
    told = [change.after for line in lines for change in line.changes]
    assert at is not None
    assert f"{timezone.localtime(at):%Y年%-m月%-d日 %H:%M}" in told


def test_times_of_english_lists_are_in_the_form_of_all_others(curator: Client, proposal: Claim) -> None:
    Claim.objects.filter(pk=proposal.pk).update(reviewed_at=datetime(2026, 11, 22, 16, 28, tzinfo=UTC))
    assert "23 November 2026, 00:28" in curator.get("/en/admin/models_catalog/claim/").content.decode()


def test_correcting_a_claim_corrects_the_entry(curator: Client, entry: Entry) -> None:
    claim = entry.claims.get(field=Field.PARAMETERS)
    data = {**STATED, "source": claim.source_id, "quotation": "2600亿", "version": version_of_claims(entry)}
    curator.post(reverse("admin:models_catalog_claim_change", args=[claim.pk]), data)
    assert Entry.objects.get().parameters == parse_number("parameters", "2600亿")


def test_a_date_is_read_against_its_source(curator: Client, entry: Entry) -> None:
    data = {**STATED, "source": make_source().pk, "quotation": "3月16日", "event": "released", "_accept": "1"}
    curator.post(claim_address(entry, Field.EVENT), data)
    assert Entry.objects.get().released.lower.isoformat() == "2023-03-16"


def test_a_new_entry_comes_with_its_name(curator: Client) -> None:
    data = {
        **STATED,
        "source": make_source().pk,
        "quotation": "文心一言",
        "text": "文心一言",
        "token": "zh",
        "_accept": "1",
    }
    curator.post(reverse("admin:models_catalog_entry_add"), data)
    assert (Entry.objects.get().slug, Entry.objects.get().is_listed) == ("wenxinyiyan", True)


@pytest.mark.parametrize(("query", "count"), [({}, 1), ({"q": "轩辕"}, 1), ({"q": "文心"}, 0), ({"field": "sector"}, 0),
                                              ({"field": "nonsense"}, 0), ({"source": "no"}, 0)])  # fmt: skip
def test_the_queue_is_filtered(curator: Client, proposal: Claim, query: dict[str, str], count: int) -> None:
    page = curator.get(reverse("admin:models_catalog_claim_queue"), query)
    assert len(page.context["rows"]) == count


def test_the_queue_leads_back_to_itself(curator: Client, proposal: Claim) -> None:
    response = decide(curator, proposal, decision="accept", next="/admin/models_catalog/claim/queue/?q=x")
    assert response["Location"] == "/admin/models_catalog/claim/queue/?q=x"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x", "//[", "http://[", "//℀.example/",
    ],
)  # fmt: skip
def test_next_never_leaves_the_site(curator: Client, proposal: Claim, address: str) -> None:
    response = decide(curator, proposal, decision="accept", next=address)
    assert response["Location"] == reverse("admin:models_catalog_entry_change", args=[proposal.entry_id])
