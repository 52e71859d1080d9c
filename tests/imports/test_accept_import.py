"""Accepting an import as a whole: what becomes public is shown, then it is done by one decision, and can be taken back."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from models_catalog.intake.tables.accept import Concern, Scope, decide_on_import, outlook
from models_catalog.intake.tables.apply import PlanChanged
from models_catalog.intake.tables.runs import carry_out
from models_catalog.intake.tables.undo import since_applied, undo_import
from models_catalog.models import Claim, Entry, ImportBatch, ImportRun
from models_catalog.models.vocabulary import Category, Status
from tests.checksums import checksums
from tests.decisions import accept_claim, reject_claim
from tests.factories import make_developer, make_entry
from tests.imports.test_import import apply, batch_of

pytestmark = pytest.mark.django_db
TABLE = "公司,大模型,参数量,类别\n度小满,轩辕,70亿,通用\n好未来,MathGPT,很大,通用\n达观数据,曹植,7B,通用\n"


def proposed(text: str = TABLE) -> ImportBatch:
    return apply(batch_of(text, Status.PROPOSED))


def page(batch: ImportBatch, name: str = "accept") -> str:
    return reverse(f"admin:models_catalog_importbatch_{name}", args=[batch.pk])


def posted(client: Client, batch: ImportBatch, **data: str) -> Any:
    """Look at the effect, and confirm it."""
    seen = client.get(page(batch), data).context["seen"].version
    return client.post(page(batch), {"version": seen, **data}, headers={"Accept-Language": "en"})


def names() -> list[str]:
    return sorted(Entry.objects.filter(is_listed=True).values_list("name_zh", flat=True))


def test_what_becomes_public_is_counted_and_shown(admin_client: Client) -> None:
    batch = proposed()
    shown = admin_client.get(page(batch), {"scope": "all"}).context
    counts = {field.value: numbers for field, *numbers in shown["seen"].fields}
    assert (len(shown["seen"].claims), shown["seen"].listed) == (11, 3)
    assert counts == {
        "name": [3, 0, 0],
        "developer": [3, 0, 0],
        "category": [3, 0, 0],
        "parameters": [2, 0, 0],
    }
    assert {one.effects[1].after for one in shown["foreseen"]} == {"轩辕", "MathGPT", "曹植"}


def test_all_of_it_is_accepted_and_can_be_taken_back(admin_client: Client) -> None:
    batch = proposed()
    before = checksums()
    posted(admin_client, batch, scope="all")
    assert (names(), Claim.objects.proposed().count()) == (["MathGPT", "曹植", "轩辕"], 0)
    posted(admin_client, batch, undo="1")
    assert checksums() == before


def test_only_what_nothing_is_noted_of_is_accepted(admin_client: Client) -> None:
    posted(admin_client, proposed(), scope="clear")
    assert names() == ["曹植", "轩辕"]


def test_what_contradicts_waits_unless_all_is_accepted() -> None:
    make_entry("轩辕", developers=["度小满"], category=Category.INDUSTRY)
    batch = proposed()
    clear, everything = (outlook(batch, scope) for scope in (Scope.CLEAR, Scope.ALL))
    assert {c.token for c in everything.claims if c not in clear.claims and c.entry.name_zh == "轩辕"} == {
        "general"
    }
    counts = {field.value: numbers for field, *numbers in everything.fields}
    assert (counts["name"], counts["category"]) == ([2, 1, 0], [2, 0, 1])


def test_the_message_offers_the_undo_and_the_history_names_the_file(admin_client: Client) -> None:
    batch = proposed()
    answer = posted(admin_client, batch, scope="all")
    told = " ".join(str(one) for one in get_messages(answer.wsgi_request))
    assert f"{page(batch)}?undo=1" in told
    assert "11" in told


def test_undo_leaves_what_was_decided_since() -> None:
    batch = proposed()
    decide_on_import(batch=batch, by="curator", seen=outlook(batch, Scope.ALL).version)
    batch.refresh_from_db()
    later = Claim.objects.get(field="parameters", entry__name_zh="曹植")
    reject_claim(claim=later, reviewer="other", reason="no")
    done = decide_on_import(batch=batch, by="curator", seen=outlook(batch, Scope.ACCEPTED).version)
    later.refresh_from_db()
    assert (len(done), later.status) == (10, Status.REJECTED)


def test_what_changed_since_it_was_shown_is_not_done(admin_client: Client) -> None:
    batch = proposed()
    seen = outlook(batch, Scope.ALL).version
    accept_claim(claim=Claim.objects.get(text="轩辕"), reviewer="other")
    with pytest.raises(PlanChanged):
        decide_on_import(batch=batch, by="curator", seen=seen)
    answer = admin_client.post(page(batch), {"version": seen, "scope": "all"})
    assert (answer.status_code, Claim.objects.proposed().count()) == (200, 10)


def test_an_accepted_import_is_undone_without_a_trace() -> None:
    before, batch = checksums(), proposed()
    decide_on_import(batch=batch, by="curator", seen=outlook(batch, Scope.ALL).version)
    batch.refresh_from_db()
    undo_import(batch=batch, by="curator", seen=since_applied(batch).version)
    assert checksums() == before


@pytest.mark.django_db(transaction=True)
def test_a_large_one_is_worked_on_by_a_process() -> None:
    batch = proposed()
    run = ImportRun.objects.create(
        batch=batch,
        what=ImportRun.What.DECIDE,
        started_by="curator",
        expected=outlook(batch, Scope.ALL).version,
    )
    assert carry_out(run).outcome == ImportRun.Outcome.DONE
    assert len(names()) == 3


def test_the_message_after_applying_says_what_waits_and_where(admin_client: Client) -> None:
    batch = batch_of(TABLE, Status.PROPOSED)
    shown = admin_client.get(page(batch, "change"))
    answer = admin_client.post(
        page(batch, "apply"), {"fingerprint": shown.context["fingerprint"]}, headers={"Accept-Language": "en"}
    )
    told = " ".join(str(one) for one in get_messages(answer.wsgi_request))
    assert "11 claims" in told
    assert "public yet" in told
    assert f"{reverse('admin:models_catalog_claim_queue')}?batch={batch.pk}" in told


@pytest.mark.parametrize(
    ("concern", "waits"),
    [("none", 8), ("left-out", 3), ("near-developer", 4), ("asked", 0), ("conflict", 0)],
)
def test_the_queue_is_filtered_by_what_is_to_be_looked_at(
    concern: str, waits: int, admin_client: Client
) -> None:
    make_developer("达观")
    batch = proposed()
    asked = {"batch": str(batch.pk), "concern": concern}
    shown = admin_client.get(reverse("admin:models_catalog_claim_queue"), asked)
    expected = waits - 4 if concern == "none" else waits
    assert (shown.status_code, shown.context["shown"].paginator.count) == (200, expected)
    assert Concern(concern).label


def test_what_is_to_be_looked_at_belongs_to_an_import(admin_client: Client) -> None:
    answer = admin_client.get(reverse("admin:models_catalog_claim_queue"), {"concern": "asked"})
    assert answer.status_code == 400


@pytest.mark.parametrize("rows", [3, 300])
def test_the_effect_is_asked_for_in_as_many_queries(
    rows: int, admin_client: Client, django_assert_num_queries: Any
) -> None:
    text = "公司,大模型\n" + "".join(f"度小满,轩辕{n}\n" for n in range(rows))
    batch = proposed(text)
    with django_assert_num_queries(11):
        shown = admin_client.get(page(batch), {"scope": "all"})
    assert len(shown.context["seen"].claims) == 2 * rows


@pytest.mark.parametrize("rows", [3, 300])
def test_deciding_on_an_import_asks_as_often(rows: int, django_assert_num_queries: Any) -> None:
    text = "公司,大模型\n" + "".join(f"度小满,轩辕{n}\n" for n in range(rows))
    batch = proposed(text)
    seen = outlook(batch, Scope.ALL).version
    with django_assert_num_queries(33):
        decide_on_import(batch=batch, by="curator", seen=seen)
