"""The catalog in a browser: suggestions by keyboard, facets with and without script."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, Route, expect


def test_a_suggestion_is_chosen_by_keyboard(page: Page) -> None:
    page.goto("/models/")
    page.locator("#q").press_sequentially("wxyy")
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#q")).to_have_attribute("aria-activedescendant", "suggestion-1")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/models/wenxin-yiyan/")


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(page: Page) -> None:
    page.goto("/models/")
    page.locator("#q").press_sequentially("wx")
    expect(page.locator("[role=listbox]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[role=listbox]")).to_have_count(0)
    expect(page.locator("#q")).to_have_value("wx")


def test_a_facet_acts_at_once_and_keeps_its_focus(page: Page, complaints: list[str]) -> None:
    page.goto("/models/")
    page.locator("#developer-baidu").check()
    expect(page.locator(".chip")).to_have_count(2)
    expect(page).to_have_url("/models/?developer=baidu")
    expect(page.locator("#developer-baidu")).to_be_focused()
    assert complaints == []


def test_back_and_forward_are_exact(page: Page) -> None:
    page.goto("/models/")
    everything = page.locator("tbody tr").count()
    page.locator("#developer-baidu").check()
    expect(page.locator(".chip")).to_have_count(2)
    page.go_back()
    expect(page.locator("tbody tr")).to_have_count(everything)
    expect(page.locator("#developer-baidu")).not_to_be_checked()
    page.go_forward()
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator("#developer-baidu")).to_be_checked()


def test_the_form_works_without_script(plain: Page) -> None:
    plain.goto("/models/")
    plain.locator("#developer-baidu").check()
    plain.get_by_role("button", name="Apply filters").click()
    expect(plain.locator("tbody tr")).to_have_count(2)
    expect(plain.locator("#q")).to_have_value("")


def test_an_error_is_a_page_of_its_own_and_not_put_into_the_catalog(page: Page) -> None:
    page.goto("/models/")
    page.route(
        "**/models/?*",
        lambda route: route.fulfill(status=503, content_type="text/html", body="<h1>Away</h1>"),
    )
    page.locator("#developer-baidu").click()  # check() would look for the box on the page that comes
    expect(page.locator("h1")).to_have_text(["Away"])
    expect(page).to_have_url(re.compile(r"/models/\?.*developer=baidu"))


def test_a_lost_connection_is_said_until_the_site_answers_again(page: Page) -> None:
    page.goto("/en/models/")
    page.route("**/models/?*", lambda route: route.abort())
    page.locator("#developer-baidu").click()
    expect(page.get_by_role("status")).to_contain_text("the list may be out of date")
    page.unroute("**/models/?*")
    page.locator("#openness-open").click()
    expect(page.get_by_role("status")).not_to_contain_text("may be out of date")


def test_a_lost_connection_is_said_after_going_back_too(page: Page) -> None:
    page.goto("/en/models/")
    page.locator("#developer-baidu").check()
    expect(page.locator(".chip")).to_have_count(2)
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    page.route("**/models/?*", lambda route: route.abort())
    page.locator("#openness-open").click()
    expect(page.locator("#catalog-status")).to_contain_text("the list may be out of date")


def test_a_list_that_lets_one_wait_is_dimmed_and_says_so(page: Page) -> None:
    page.goto("/en/models/")
    held: list[Route] = []
    page.route("**/models/?*", lambda route: held.append(route))
    page.locator("#developer-baidu").click()
    expect(page.get_by_role("status")).to_have_text("Updating the list…")
    expect(page.locator("#catalog")).to_have_attribute("aria-busy", "true")
    held[0].continue_()
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator("#catalog[aria-busy]")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("2 entries")


def on_a_phone(page: Page) -> list[str]:
    """Open the filters on a phone; gives the addresses that are asked for from now on."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/en/models/")
    page.locator("#filter-panel > summary").click()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def test_on_a_phone_nothing_is_sent_before_the_results_are_wanted(page: Page) -> None:
    asked = on_a_phone(page)
    page.locator("#developer-sensetime").check()
    foot = page.locator("#filter-panel .toolbar .button")
    expect(foot).to_have_text("Show results (6)")
    assert asked == []
    foot.click()
    expect(page.locator("tbody tr")).to_have_count(6)
    expect(page.locator("#filter-panel")).not_to_have_attribute("open", "")
    assert page.evaluate("document.activeElement.id") == "results"


def test_the_foot_of_a_phone_gives_no_number_that_it_does_not_know(page: Page) -> None:
    on_a_phone(page)
    page.locator("#developer-sensetime").check()
    page.locator("#openness-open").check()
    foot = page.locator("#filter-panel .toolbar .button")
    expect(foot).to_have_text("Show results")
    page.locator("#openness-open").uncheck()
    page.locator("#developer-sensetime").uncheck()
    expect(foot).to_have_text("Show results (50)")


def test_the_sheet_of_a_phone_covers_the_page_and_keeps_its_foot_in_sight(page: Page) -> None:
    on_a_phone(page)
    box = page.locator("#filter-panel").bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 360, 740)
    expect(page.locator("#filter-panel .toolbar .button")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#filter-panel > summary")).to_be_focused()
    expect(page.locator("#filter-panel .toolbar")).to_be_hidden()


def test_a_box_far_down_leaves_the_rows_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 700})
    page.goto("/en/models/")
    page.locator("#sector-finance").check()
    expect(page.locator("tbody tr")).to_have_count(4)
    for row in page.locator("tbody tr").all():
        expect(row).to_be_in_viewport()
    expect(page.locator("#sector-finance")).to_be_focused()
    expect(page.locator(".chip").first).to_be_in_viewport()


@pytest.mark.parametrize(("address", "field"), [("/", "#home-q"), ("/en/nothing/", "#error-q")])
def test_suggestions_come_wherever_one_searches_and_are_counted(page: Page, address: str, field: str) -> None:
    page.goto(address)
    page.locator(field).press_sequentially("wxyy")
    expect(page.locator("[role=search] [role=status]")).to_contain_text("1 suggestion")
    page.keyboard.press("Escape")
    expect(page.locator("[role=listbox]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=listbox]")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/models/wenxin-yiyan/$"))


def test_a_chosen_language_is_remembered_without_its_address(page: Page, complaints: list[str]) -> None:
    page.goto("/about/")
    assert page.context.cookies() == []
    with page.expect_response("**/language/"):
        page.locator("[data-language=zh-hans]").click()
    expect(page).to_have_url("/zh/about/")
    page.goto("/about/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert complaints == []


def test_focus_stays_among_the_chips_when_one_is_removed(page: Page) -> None:
    page.goto("/en/models/?openness=open&category=general")
    page.locator(".chip").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/models/?openness=open")
    expect(page.locator(".chips .chip")).to_have_count(2)  # the one that is left, and the one for all
    assert page.evaluate("document.activeElement.matches('.chip')")


def test_a_value_is_excluded_at_its_chip(page: Page) -> None:
    page.goto("/en/models/?kind=application")
    page.locator(".exclude").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/en/models/?kind=-application")
    expect(page.locator(".chip").first).to_have_text("Remove filter: Kind of entry not Application")
    expect(page.locator(".chip").first).to_be_focused()


def test_the_heading_of_the_table_covers_no_row(page: Page) -> None:
    page.set_viewport_size({"width": 768, "height": 900})
    page.goto("/en/models/?sector=finance")
    page.locator("a.mark").first.click()
    expect(page.locator(".evidence-card")).to_be_visible()


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_a_hidden_column_is_not_shown(page: Page, medium: Literal["screen", "print"]) -> None:
    page.emulate_media(media=medium)
    page.goto("/en/models/?hide=stage")
    headings = page.locator(".ledger--entries thead th:visible")
    expect(headings).to_have_text(
        ["Name", "Developer", "Parameters", "Release date", "Openness", "Target industries"]
    )
    expect(page.locator(".ledger--entries tbody td:nth-child(5):visible")).to_have_count(0)


def test_the_skip_link_leads_to_the_results(page: Page) -> None:
    page.goto("/en/models/")
    page.locator("a.skip", has_text="Skip to the results").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "results"


INSIDE = "document.activeElement.closest('#filter-panel > :not(summary)') !== null"


def tab_to(page: Page, place: str) -> int:
    """Press Tab until the focus is at `place`; gives the number of stops before it."""
    stops = 0
    while not page.evaluate("place => document.activeElement.closest(place) !== null", place):
        page.keyboard.press("Tab")
        stops += 1
        assert stops < 200
    return stops - 1


@pytest.mark.parametrize("query", ["", "?sector=finance", "?sector=finance&developer=baidu&openness=open"])
def test_at_most_25_stops_come_before_the_results(page: Page, query: str) -> None:
    page.goto(f"/zh/models/{query}")
    assert tab_to(page, "#results") <= 25


def test_the_filters_are_one_stop_until_they_are_opened(page: Page) -> None:
    page.goto("/en/models/?sector=finance")
    tab_to(page, "#filter-panel")
    summary = page.locator("#filter-panel > summary")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#results') !== null")
    page.keyboard.press("Shift+Tab")
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#parameters_min")).to_be_focused()
    tab_to(page, "#developer-jd")
    page.keyboard.press("Space")
    expect(page.locator(".chip", has_text="JD")).to_have_count(1)
    page.keyboard.press("Tab")
    assert page.evaluate(INSIDE)


def test_who_clicks_among_the_filters_goes_on_by_keyboard(page: Page) -> None:
    page.goto("/en/models/")
    page.keyboard.press("Tab")
    page.locator("#sector-finance").check()
    expect(page.locator(".chip")).to_have_count(2)
    page.keyboard.press("Tab")
    assert page.evaluate(INSIDE)


def test_text_that_cannot_be_copied_is_selected_and_said(page: Page) -> None:
    page = page.context.new_page()
    page.add_init_script("delete Navigator.prototype.clipboard; document.execCommand = () => false")
    page.goto("/en/models/moss/cite/")
    page.locator("[data-copy=citation]").click()
    expect(page.locator("[data-copy=citation] [role=status]")).to_contain_text("Not copied")
    assert "Baimo" in page.evaluate("getSelection().toString()")
