"""The comparison as a reader meets it: edges that stay, a set in the address, ticks that are kept."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints

FIVE = "/compare/?" + "&".join(
    f"model={slug}" for slug in ("wenxin-yiyan", "chatglm-6b", "sensechat", "xulie-houzi", "drivegpt")
)


def place(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"], box["y"]


@pytest.mark.parametrize("width", [768, 1440])
def test_header_and_first_column_stay(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"/en{FIVE}")
    table = page.locator(".compare")
    table.evaluate("table => scrollTo(0, table.offsetTop + 900)")
    page.wait_for_timeout(200)
    expect(page.locator(".compare thead th").last).to_be_in_viewport()
    within = table.evaluate("table => [table.scrollWidth <= innerWidth, table.parentElement.scrollTop]")
    assert within == [True, 0]


def test_sizes_say_in_words_how_exact_they_are(page: Page) -> None:
    page.goto(f"/en{FIVE}")
    lines = page.locator(".scale__line:not(.scale__axis)").all_inner_texts()
    assert [" ".join(line.split()) for line in lines] == [
        "ERNIE Bot 260B exact figure",
        "ChatGLM-6B 6.2B exact figure 6B disputed, exact figure",
        "SenseChat 100B–1T order of magnitude only",
        "Sequence Monkey 20B–100B “several”, no figure",
        "DriveGPT Xuehu·Hairuo 120B exact figure",
    ]


def test_marks_of_one_scale_stand_in_order(page: Page) -> None:
    """62亿 before 几百亿 before 1200亿 before 2600亿, within one drawing; 几百亿 ends where 千亿级 begins."""
    page.goto(f"/en{FIVE}")
    marks = page.locator(".scale__mark").evaluate_all(
        "marks => marks.map(mark => mark.getBoundingClientRect()).map(box => [box.left, box.right])"
    )
    exact, small, disputed, order, several, driving = marks
    assert disputed[0] < small[0] < several[0] < driving[0] < exact[0]
    assert abs(several[1] - order[0]) < 4


def test_evidence_opens_to_the_words(page: Page) -> None:
    page.goto(f"/en{FIVE}")
    cell = page.get_by_role("row", name="Parameters").get_by_role("cell").nth(2)
    cell.locator("summary").click()
    expect(cell.locator("mark")).to_have_text("千亿级")


def test_switch_to_differences_acts_at_once_and_back_undoes_it(page: Page, complaints: Complaints) -> None:
    page.goto(f"/en{FIVE}")
    rows = page.locator(".compare__row").count()
    page.get_by_label("Only differences").check()
    page.wait_for_url("**only=differences*")
    assert 0 < page.locator(".compare__row").count() < rows
    page.go_back()
    assert page.locator(".compare__row").count() == rows
    assert complaints == []


def test_set_is_made_without_script(plain: Page) -> None:
    """Find, add, add, move, remove: each step is an address."""
    plain.goto("/en/compare/")
    for q in ("wxyy", "ChatGLM-6B"):
        plain.get_by_role("searchbox").fill(q)
        plain.get_by_role("button", name="Find and add").click()
        plain.get_by_role("link", name="Add ").first.click()
    plain.get_by_role("link", name="Move ERNIE Bot towards the end").click()
    assert plain.url.endswith("/en/compare/?model=chatglm-6b&model=wenxin-yiyan")
    plain.get_by_role("link", name="Remove ChatGLM-6B").click()
    assert plain.url.endswith("/en/compare/?model=wenxin-yiyan")


def test_suggestions_add_by_keyboard(page: Page, complaints: Complaints) -> None:
    page.goto("/en/compare/?model=chatglm-6b")
    page.get_by_label("Search for an entry to add").press_sequentially("wxyy")
    expect(page.locator(".listbox [role=option]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/compare/?model=chatglm-6b&model=wenxin-yiyan")
    assert complaints == []


def test_catalog_ticks_are_a_form_without_script(plain: Page) -> None:
    plain.goto("/en/models/")
    plain.get_by_label("Compare ERNIE Bot").check()
    plain.get_by_label("Compare ChatGLM-6B").check()
    plain.get_by_role("button", name="Compare selected").click()
    assert plain.url.endswith("/en/compare/?model=chatglm-6b&model=wenxin-yiyan")


def test_ticks_are_kept_over_filters_and_pages(page: Page, complaints: Complaints) -> None:
    page.goto("/en/models/")
    expect(page.locator("#picks")).to_be_hidden()
    page.get_by_label("Compare ERNIE Bot").check()
    page.locator("#facet-category > summary").click()
    page.locator("#category-industry").check()
    page.wait_for_url("**category=industry*")
    page.goto("/en/models/?q=chatglm")
    page.get_by_label("Compare ChatGLM-6B").check()
    page.get_by_role("button", name="Compare selected").click()
    assert page.url.endswith("/en/compare/?model=wenxin-yiyan&model=chatglm-6b")
    assert complaints == []


def test_rows_are_cards_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"/zh{FIVE}")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    cell = page.locator(".compare td").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"文心一言"'
