"""The words behind a source mark, opened where the mark stands."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Complaints

MARK = "a.mark[href$='/models/chatglm-6b/#parameters-1']"


def opened(page: Page, address: str = "/en/models/", mark: str = MARK) -> Locator:
    page.goto(address)
    page.locator(mark).first.click()
    card = page.locator("#evidence")
    expect(card).to_be_visible()
    return card


def test_mark_opens_the_words_in_place(page: Page, complaints: Complaints) -> None:
    card = opened(page)
    expect(card.locator("mark")).to_have_text(["62亿", "60亿"])
    expect(card.get_by_role("heading")).to_have_text("ChatGLM-6B · Parameters")
    assert page.url.endswith("/en/models/")
    assert complaints == []


def test_words_below_the_edge_of_the_window_are_brought_into_sight(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 600})
    page.goto("/en/models/?q=ChatGLM-6B")
    page.locator(MARK).first.click()
    expect(page.locator("#evidence mark").last).to_be_in_viewport()
    expect(page.locator("#evidence")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("how", ["Escape", "×", "outside"])
def test_it_closes_and_the_focus_returns(page: Page, how: str) -> None:
    card = opened(page)
    expect(card.get_by_role("button", name="Close")).to_be_focused()
    if how == "Escape":
        page.keyboard.press("Escape")
    elif how == "×":
        card.get_by_role("button", name="Close").click()
    else:
        page.locator("h1").click()
    expect(card).to_be_hidden()
    expect(page.locator(MARK).first).to_be_focused()


def test_it_stands_below_its_mark_and_inside_the_page(page: Page) -> None:
    card = opened(page).bounding_box()
    mark = page.locator(MARK).first.bounding_box()
    assert card
    assert mark
    assert 0 <= card["y"] - mark["y"] < 60
    assert 0 <= card["x"] <= 1440 - card["width"]


def test_on_a_phone_it_stands_at_the_foot(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    box = opened(page).bounding_box()
    assert box
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 360, 740)


def test_a_comparison_opens_them_too(page: Page) -> None:
    address = "/en/compare/?model=chatglm-6b&model=moss"
    card = opened(page, address, "summary[data-here*='chatglm-6b/claims/parameters']")
    expect(card.locator("mark")).to_have_text(["62亿", "60亿"])


def test_words_that_stand_on_the_page_are_led_to(page: Page) -> None:
    page.goto("/en/models/chatglm-6b/")
    page.locator(".lifecycle .mark").first.click()
    expect(page.locator("#evidence")).to_be_hidden()
    expect(page.locator(".claim:target")).to_be_in_viewport()


def test_what_the_site_does_not_give_is_the_link(page: Page) -> None:
    page.route("**/claims/**", lambda route: route.fulfill(status=503, body="<p>down</p>"))
    page.goto("/en/models/")
    page.locator(MARK).first.click()
    page.wait_for_url("**/en/models/chatglm-6b/#parameters-1")


def test_the_legend_stays_closed_where_a_reader_closed_it(page: Page) -> None:
    page.goto("/en/models/")
    legend = page.locator("#legend")
    expect(legend).to_contain_text("two that agree")
    legend.locator("summary").click()
    page.goto("/en/developers/baidu/")
    expect(legend).not_to_have_attribute("open", "")
    legend.locator("summary").click()
    page.reload()
    expect(legend).to_have_attribute("open", "")


def test_a_closed_legend_stays_so_after_a_list_without_one(page: Page) -> None:
    page.goto("/en/models/")
    page.locator("#legend summary").click()
    page.locator("#developer-baidu").check()
    expect(page.locator(".chip")).to_have_count(2)
    page.locator("#openness-open").evaluate("one => one.click()")
    expect(page.locator("#legend")).to_have_count(0)
    page.locator(".chip").first.click()
    expect(page.locator("#legend")).to_have_count(1)
    expect(page.locator("#legend[open]")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('legend')") == "closed"


def test_without_script_a_mark_is_a_link(plain: Page) -> None:
    plain.goto("/en/models/")
    plain.locator(MARK).first.click()
    assert plain.url.endswith("/en/models/chatglm-6b/#parameters-1")


def test_history_is_fetched_when_it_is_opened(page: Page) -> None:
    page.goto("/en/models/chatglm-6b/")
    expect(page.locator(".history")).to_have_count(0)
    page.get_by_text("Changes of this entry").click()
    expect(page.locator("#changes .history")).to_be_visible()


def test_a_citation_is_copied_from_where_it_opened(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = opened(page)
    card.get_by_role("button", name="Copy citation").click()
    expect(card.get_by_role("status")).to_contain_text("Copied")
    assert "62亿" in str(page.evaluate("navigator.clipboard.readText()"))
