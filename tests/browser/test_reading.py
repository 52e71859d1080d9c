"""A curator reads an article: from pasting it to the value on the entry's page, with and without script."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from models_catalog.roles import Role
from tests.browser.axe import AXE, runs_off, violations_in_themes
from tests.browser.conftest import Complaints
from tests.browser.test_access import WIDTHS
from tests.permissions.world import make_user

DETAILS = {
    "name_zh": "百木大战", "name_en": "Battle of the trees", "publisher_zh": "木报", "publisher_en": "Wood Daily",
    "published": "2023-07-15",
}  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """A made-up article about a new model."""

    name: str
    slug: str

    @property
    def text(self) -> str:
        return (
            f"新(xīn)木(mù)报:7月10日,青木科技推出大模型“{self.name}”,参数超过1000亿,面向金融领域。\n"
            "文心一言的参数规模为2600亿。\n大家商量一下。"
        )


@pytest.fixture(scope="module")
def account(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Whom the running site lets in: made for all tests here, since the site sees only what is committed."""
    with django_db_blocker.unblock():
        user = make_user("reader", Role.CURATOR)
        yield user.username
        user.delete()


def enter(page: Page, account: str, language: str = "en") -> None:
    page.goto(f"/{language}/admin/login/?next=/{language}/admin/models_catalog/source/read/")
    page.locator("#id_username").fill(account)
    page.locator("#id_password").fill("correct horse")
    page.locator("input[type=submit]").click()


def paste(page: Page, sample: Sample) -> None:
    page.locator("[name=text]").fill(sample.text)
    for name, words in DETAILS.items():
        page.locator(f"[name={name}]").fill(words)
    page.locator(".submit-row input").click()
    expect(page.locator(".lines")).to_be_visible()


def walk(page: Page, account: str, sample: Sample) -> None:
    """Propose a new entry with its size, accept both, and see the size with its words where readers see it."""
    enter(page, account)
    paste(page, sample)
    for said in (sample.name, "≥100B"):
        page.locator(".card").filter(has=page.locator("strong", has_text=said)).get_by_role(
            "checkbox"
        ).check()
    page.get_by_role("button", name="Propose selected").click()
    expect(page.locator(".messagelist")).to_contain_text("1 new entry")
    for _claim in range(2):
        waiting = page.locator("[data-claim]").filter(has=page.locator("h2", has_text=sample.slug))
        listed = page.locator("[data-claim]").filter(has=page.locator("h2", has_text=sample.name))
        waiting.or_(listed).first.get_by_role("button", name="Accept").click()
    page.goto(f"/en/models/{sample.slug}/")
    expect(page.locator("h1")).to_contain_text(sample.name)
    expect(page.locator(".facts").first).to_contain_text("≥100B")
    expect(page.locator(".facts").first.locator("mark").first).to_have_text("超过1000亿")


def test_an_article_becomes_a_value_with_its_evidence(
    page: Page, account: str, complaints: Complaints
) -> None:
    walk(page, account, Sample("青鸾", "qingluan"))
    assert complaints == []


def test_it_does_so_without_script(plain: Page, account: str) -> None:
    walk(plain, account, Sample("白泽", "baize"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_are_accessible_everywhere(
    page: Page, account: str, complaints: Complaints, language: str
) -> None:
    enter(page, account, language)
    found = faults(page)
    paste(page, Sample("玄鸟", "xuanniao"))
    page.evaluate("() => document.querySelectorAll('details').forEach(part => { part.open = true })")
    assert found + faults(page) == []
    assert complaints == []


def faults(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: runs off the side"] * runs_off(page)
        found += [f"{width} {each}" for each in violations_in_themes(page)]
    return found


def test_marks_and_cards_are_reached_by_keyboard(page: Page, account: str) -> None:
    enter(page, account)
    paste(page, Sample("玄鸟", "xuanniao"))
    page.locator("#m1").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#f1")).to_be_in_viewport()
    page.keyboard.press("Tab")
    focused: Any = page.evaluate("document.activeElement.closest('.card')?.id")
    assert focused == "f1"
