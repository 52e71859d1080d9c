"""What the pages offer: no link and no button to somebody who may not use it, and no button without its row."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from models_catalog.curation.review.claim_forms import Decision
from models_catalog.models import HISTORIES
from tests.permissions.acts import Request, request_of
from tests.permissions.desk import Desk, given_back
from tests.permissions.every_act import ACTS, WHERE, who_may
from tests.permissions.pages import Form, Page, name_of
from tests.permissions.table import NOBODY, STAFF, TABLE, Who

pytestmark = pytest.mark.django_db
NO_PAGE = ("_export", "_rows", "jsi18n", "_picture")
"""Ends of the names of addresses that answer with no page."""
MORE = {
    "entry_change": ("sized", "lonely"), "claim_change": ("proposal",), "claim_decide": ("proposal",),
    "claim_history": ("proposal",), "claim_undo": ("replacing",), "merge_change": ("of-developers",), "report_change": ("settled", "waiting"),
    "importbatch_change": ("mapped", "asked", "near", "applied", "decided", "together"),
    "importbatch_accept": ("applied", "together"),
}  # fmt: skip
"""Rows whose pages show more than those of the usual ones."""


def addresses(desk: Desk, who: Who) -> Iterator[str]:
    """Every page of the admin that `who` may read, and a reader's page with a form."""
    for name, rule in TABLE.items():
        if name.startswith("admin:") and who in rule.read and not name.endswith(NO_PAGE):
            yield reverse(name, args=rule.args(desk.world))
            if name.endswith("_near"):
                yield f"{reverse(name)}?apart=1"
    for table, rows in MORE.items():
        name = f"admin:models_catalog_{table}"
        yield from (reverse(name, args=[desk.world.ids[row]]) for row in rows if who in TABLE[name].read)
    yield reverse("report", args=TABLE["report"].args(desk.world))


def pages(desk: Desk, who: Who) -> Iterator[Page]:
    """Those pages as `who` sees them, and what each action answers that shows something."""
    client = desk.client(who)
    case, opener = desk.case(Who.SUPERUSER), desk.client(Who.SUPERUSER)
    shown = [act for act in ACTS if not act.does and who in act.by and act.method == "POST"]
    asked = [Request("GET", address) for address in addresses(desk, who)]
    for request in asked + [request_of(act, case, opener) for act in shown]:
        with given_back():
            response = request.send(client)
            if response.status_code == 200 and "html" in response["Content-Type"]:
                yield Page(response.content.decode(), response.wsgi_request.get_full_path())
            elif response.streaming:
                b"".join(response.streaming_content)  # what is not read is not closed


def presses(form: Form) -> list[tuple[str, str]]:
    """What can be pressed in a form, as (address, button); of a list's form each of its actions."""
    at = name_of(form.action)
    if "action" in form.choices:
        return [(at, f"action={value}") for value in form.choices["action"] if value]
    return [(at, button) for button in form.buttons]


@pytest.mark.parametrize("who", sorted(STAFF))
def test_pages_offer_only_what_one_may_use(who: Who, desk: Desk) -> None:
    wrong: set[tuple[str, ...]] = set()
    unlisted: set[tuple[str, str]] = set()
    for page in pages(desk, who):
        names = {name_of(link) for link in page.links}
        wrong |= {(page.address, name) for name in names & {*TABLE} if who not in TABLE[name].read}
        for form in page.forms:
            for at, button in presses(form) if form.method == "post" else []:
                allowed = who_may(at, button)
                unlisted |= {(at, button)} if not allowed else set()
                wrong |= {(page.address, at, button)} if allowed and who not in allowed else set()
    assert unlisted == set(), f"buttons without a row. {WHERE}"
    assert wrong == set(), f"offered to a {who} who may not use it"


def test_every_action_of_a_list_has_its_row(rf: RequestFactory, desk: Desk) -> None:
    request: Any = rf.get("/")
    request.user = desk.world.users[Who.SUPERUSER]
    offered = {
        (f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", f"action={action}")
        for model, own in admin.site._registry.items()
        for action in own.get_actions(request)
    }
    listed = {(act.at, act.press) for act in ACTS if act.press.startswith("action=")}
    assert offered - listed == set(), WHERE
    assert listed - offered == set(), "rows of actions that there are no more"


@pytest.mark.parametrize("name", [name for name, rule in TABLE.items() if rule.write])
def test_every_address_that_takes_a_post_has_its_row(name: str) -> None:
    """And the two tables agree on who may."""
    who = frozenset[Who]().union(*(act.by for act in ACTS if act.at == name and act.method == "POST"))
    assert who, f"{name} has no row. {WHERE}; or let it take no POST (`require_safe`)"
    assert who == TABLE[name].write


def test_every_decision_on_a_claim_has_its_row(desk: Desk) -> None:
    case = desk.case(Who.CURATOR)
    rows = [act for act in ACTS if act.at == "admin:models_catalog_claim_decide"]
    listed = {act.fill(case).get("decision") or act.press.removeprefix("decision=") for act in rows}
    choices: Any = Decision.base_fields["decision"]
    assert {value for value, _label in choices.choices} - listed == set(), WHERE


def test_history_is_no_table_of_the_admin() -> None:
    """So that nobody edits or deletes it by a page; that the database refuses, too, is tests/history's."""
    assert {*HISTORIES.values()} & {*admin.site._registry} == set()


def test_no_address_edits_history(desk: Desk) -> None:
    histories = {name: rule for name, rule in TABLE.items() if "history" in name or name.endswith("_atom")}
    assert {name for name, rule in histories.items() if rule.write != NOBODY} == set()


def test_each_post_needs_its_token(desk: Desk) -> None:
    """All but the choice of a language, by pages that carry no cookie and so no token."""
    answers = {}
    case, opener = desk.case(Who.SUPERUSER), desk.client(Who.SUPERUSER)
    for act in (act for act in ACTS if act.method == "POST" and act.at != "language"):
        with given_back():
            request = request_of(act, case, opener)
            client = Client(enforce_csrf_checks=True)
            client.cookies = desk.client(Who.SUPERUSER).cookies
            answers[act.what] = request.send(client).status_code
    assert {what: status for what, status in answers.items() if status != 403} == {}
