"""A form of the workbench that comes with a stale token or without a session: nothing is done, nothing is lost."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from models_catalog.models import Claim
from models_catalog.models.vocabulary import Field
from models_catalog.roles import Role
from tests.admin.articles import ADDRESS, DETAILS, TEXT, card_of, read, registry
from tests.permissions.world import make_user

__all__ = ["registry"]  # a fixture

MARK = json.dumps([2, 0, "文心一言", "name", "", ""], ensure_ascii=False)


@pytest.fixture
def strict(db: None) -> Client:
    """A curator's browser, whose forms need their tokens."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("strict", Role.CURATOR))
    return client


def work(page: Any) -> dict[str, Any]:
    """The form with a name edited, a finding ticked, a mark, another event and another model, and *Propose* pressed."""
    name, event = card_of(page, Field.NAME, "青鸾"), card_of(page, Field.EVENT, "青鸾")
    group = next(group for group in page.context["groups"] if group.name == "青鸾")
    return {
        "_propose": "", "article": page.context["carried"], **DETAILS, "marked": [MARK],
        f"name-{group.key}": "青鸾甲", f"is-{group.key}": "member", f"of-{group.key}": "文心一言",
        f"take-{name.finding.key}": "1", f"event-{event.finding.key}": "planned", f"entry-{event.finding.key}": "别的",
    }  # fmt: skip


def fields(page: Any) -> dict[str, list[str]]:
    """What the page's form would send: its hidden fields, boxes and lists as they stand."""
    html = page.content.decode()
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        is_sent = 'type="checkbox"' not in tag or " checked" in tag
        if name and is_sent:
            found.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    for name_, body in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', html, re.DOTALL):
        found[name_] = re.findall(r'value="([^"]*)" selected', body)
    return found


def is_all_there(page: Any, sent: dict[str, Any]) -> bool:
    """Whether the page's form has the work; the signed article may be signed anew."""
    here = fields(page)
    wanted = {name: value for name, value in sent.items() if name not in ("article", "_propose")}
    lost = {
        name: (value, here.get(name))
        for name, value in wanted.items()
        if here.get(name) != (value if isinstance(value, list) else [value])
    }
    return lost == {} and "article" in here


def test_a_stale_token_brings_the_form_back_as_it_was(strict: Client) -> None:
    strict.handler.enforce_csrf_checks = False
    sent = work(read(strict))
    strict.handler.enforce_csrf_checks = True
    page = strict.post(ADDRESS, sent | {"csrfmiddlewaretoken": "x" * 64})
    assert (page.status_code, is_all_there(page, sent), Claim.objects.proposed().count()) == (403, True, 0)
    assert "nothing is lost" in page.content.decode()


def test_a_lost_session_keeps_the_form_until_it_is_sent_again(curator: Client, client: Client) -> None:
    sent = work(read(curator))
    held = client.post(ADDRESS, sent)
    assert (held.status_code, is_all_there(held, sent), "_propose" in fields(held)) == (403, True, False)
    again = curator.post(ADDRESS, {k: v for k, v in fields(held).items() if k != "csrfmiddlewaretoken"})
    assert (again.status_code, is_all_there(again, sent)) == (200, True)


def test_what_comes_back_can_be_proposed(strict: Client, curator: Client) -> None:
    page = read(curator)
    key = card_of(page, Field.NAME, "青鸾").finding.key
    sent = {"_propose": "", "article": page.context["carried"], **DETAILS, f"take-{key}": "1"}
    back = strict.post(ADDRESS, sent)
    answer = strict.post(ADDRESS, fields(back) | {"_propose": ""})
    assert (answer.status_code, Claim.objects.proposed().get().text) == (302, "青鸾")


def test_a_text_that_was_just_pasted_is_read_after_all(strict: Client, client: Client) -> None:
    held = client.post(ADDRESS, {"text": TEXT, **DETAILS})
    assert fields(held)["text"] == [TEXT]
    assert strict.post(ADDRESS, {"text": TEXT, **DETAILS}).context["article"].text == TEXT


def test_it_is_said_in_the_curators_language(strict: Client, client: Client) -> None:
    address = ADDRESS.replace("/en/", "/zh/")
    assert "会话已结束" in client.post(address, {"text": TEXT}).content.decode()
    assert "什么都没有丢失" in strict.post(address, {"text": TEXT, **DETAILS}).content.decode()


def test_a_form_of_another_site_is_not_shown(strict: Client) -> None:
    page = strict.post(ADDRESS, {"text": TEXT, **DETAILS}, headers={"origin": "https://elsewhere.example"})
    assert (page.status_code, TEXT in page.content.decode()) == (403, False)
