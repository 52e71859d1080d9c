"""The review queue in a browser: by keyboard, where the focus goes, and without script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from models_catalog.models import Claim
from models_catalog.models.vocabulary import Field
from models_catalog.roles import Role
from tests.browser.conftest import Complaints
from tests.decisions import reopen_claim
from tests.permissions.world import make_user

QUEUE = "/en/admin/models_catalog/claim/queue/"
WAITING = 5


@pytest.fixture(scope="module")
def claims(site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[Field, list[int]]]:
    """Some claims of two fields that wait, as the queue has them, and who decides on them: seen once committed."""
    with django_db_blocker.unblock():
        for field in (Field.OPENNESS, Field.CATEGORY):
            for claim in Claim.objects.accepted().filter(field=field, preferred=True)[:WAITING]:
                reopen_claim(claim=claim, reviewer="x")
        user = make_user("keys", Role.CURATOR)
        found = Claim.objects.proposed().in_reading_order()
        yield {
            field: list(found.filter(field=field).values_list("pk", flat=True))
            for field in (Field.OPENNESS, Field.CATEGORY)
        }
        user.delete()


def enter(page: Page, field: Field) -> None:
    page.goto(f"/en/admin/login/?next={QUEUE}?field={field}")
    page.locator("#id_username").fill("keys")
    page.locator("#id_password").fill("correct horse")
    page.locator("input[type=submit]").click()
    waiting(page, WAITING)
    page.wait_for_load_state()  # a key that comes before the script is nobody's


def waiting(page: Page, count: int) -> None:
    expect(page.locator("[data-claim]")).to_have_count(count)


def test_a_queue_is_worked_off_by_keyboard(
    page: Page, claims: dict[Field, list[int]], complaints: Complaints
) -> None:
    enter(page, Field.OPENNESS)
    first, second, third, fourth, *_others = claims[Field.OPENNESS]
    page.keyboard.press("j")
    expect(page.locator(f"#effect-{first}")).to_contain_text("Openness: not stated →")
    page.keyboard.press("a")
    waiting(page, 4)
    expect(page.locator(f"#claim-{second}")).to_be_focused()
    expect(page.locator("[data-announce]")).to_contain_text("Accepted:")
    page.keyboard.press("d")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    waiting(page, 3)
    page.keyboard.press("r")
    page.keyboard.type("no")
    page.keyboard.press("Enter")
    waiting(page, 2)
    expect(page.locator(f"#claim-{fourth}")).to_be_focused()
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="Save")).to_be_focused()
    page.keyboard.press("Enter")
    waiting(page, 3)
    expect(page.locator(f"#claim-{third}")).to_be_focused()
    for key in "xjxa":
        page.keyboard.press(key)
    expect(page.locator("#effects tbody tr")).to_have_count(2)
    page.get_by_role("button", name="Save all").press("Enter")
    waiting(page, 1)
    expect(page.locator("#claims")).to_be_focused()
    expect(page.locator("[data-announce]")).to_contain_text("Accepted: 2 claims.")
    page.keyboard.press("?")
    expect(page.locator("[data-keys] li").first).to_be_visible()
    assert complaints == []


def test_enter_that_ends_a_composition_decides_nothing(page: Page, claims: dict[Field, list[int]]) -> None:
    """An input method sends Enter while it turns pinyin into characters."""
    enter(page, Field.CATEGORY)
    for key in "jr":
        page.keyboard.press(key)
    page.keyboard.type("zhongwen")
    page.evaluate(
        """() => document.activeElement.dispatchEvent(
             new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }))"""
    )
    expect(page.locator("[data-reason]").first).to_have_value("zhongwen")
    waiting(page, WAITING)


def test_the_queue_needs_no_script(plain: Page, claims: dict[Field, list[int]]) -> None:
    enter(plain, Field.CATEGORY)
    first, second, *_others = claims[Field.CATEGORY]
    plain.locator(f"#claim-{first}").get_by_role("button", name="Accept").click()
    waiting(plain, 4)
    assert plain.url.endswith(f"#claim-{second}")
    expect(plain.locator(f"#claim-{second}")).to_be_focused()
    plain.locator(f"#claim-{second} summary").click()
    plain.locator(f"#claim-{second} select").select_option("curator")
    plain.locator(f"#claim-{second}").get_by_role("button", name="Dispute").click()
    waiting(plain, 3)
    plain.get_by_role("link", name="Select all on this page").click()
    plain.get_by_role("button", name="Reject the selected").click()
    plain.get_by_label("Reason").fill("no")
    plain.get_by_role("button", name="Save all").click()
    waiting(plain, 0)
    expect(plain.locator("#claims")).to_contain_text("No claim to review matches these filters.")
    plain.get_by_role("link", name="Undo").click()
    plain.get_by_role("button", name="Save all").click()
    waiting(plain, 3)
