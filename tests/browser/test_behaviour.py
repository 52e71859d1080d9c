"""What the pages do: keyboard, theme, languages, print, and everything without script."""

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Complaints

NARROW: ViewportSize = {"width": 800, "height": 900}
"""Of a page that has no room for the words beside the value."""


def test_first_stop_skips_to_the_content(page: Page) -> None:
    page.goto("/en/about/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_header_is_read_in_order(page: Page) -> None:
    page.goto("/en/about/")
    stops = []
    for _stop in range(4):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.innerText.trim().split(/\\s*[\\n百]/)[0]"))
    assert stops == ["Skip to content", "Baimo", "Models", "Developers"]


def test_theme_is_kept_and_set_before_anything_is_painted(page: Page, complaints: Complaints) -> None:
    page.goto("/en/about/")
    page.get_by_label("Theme").select_option("dark")
    assert _ground(page) == "rgb(20, 23, 26)"
    page.goto("/en/sources/", wait_until="commit")
    page.wait_for_selector("body", state="attached")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.get_by_label("Theme").select_option("system")
    page.reload()
    assert _ground(page) == "rgb(251, 250, 247)"
    assert complaints == []


def _ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_language_link_keeps_page_and_query(page: Page) -> None:
    page.goto("/en/models/chatglm-6b/?sector=education&sort=name")
    page.get_by_role("link", name="简体中文").click()
    assert page.url.endswith("/zh/models/chatglm-6b/?sector=education&sort=name")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"


def test_words_stand_beside_the_value_on_a_wide_page(page: Page) -> None:
    page.goto("/en/models/chatglm-6b/")
    fact = page.locator(".fact", has_text="Parameters").first
    value, words = fact.locator(".fact__value").bounding_box(), fact.locator(".quote").first.bounding_box()
    assert value
    assert words
    assert words["x"] >= value["x"] + value["width"]
    assert abs(words["y"] - value["y"]) < 40
    expect(fact.locator("summary")).to_be_hidden()


def test_words_are_one_tap_away_on_a_narrow_page(page: Page) -> None:
    page.set_viewport_size(NARROW)
    page.goto("/en/models/chatglm-6b/")
    fact = page.locator(".fact", has_text="Parameters").first
    expect(fact.locator(".quote").first).to_be_hidden()
    fact.locator("summary").click()
    expect(fact.locator(".quote").first).to_be_visible()


def test_link_to_a_claim_opens_its_evidence(page: Page) -> None:
    page.set_viewport_size(NARROW)
    page.goto("/en/models/chatglm-6b/")
    key = (page.locator(".fact__value .mark").first.get_attribute("href") or "")[1:]
    target = page.locator(f"[id='{key}']")
    expect(target).to_be_hidden()
    page.goto(f"/en/models/chatglm-6b/#{key}")
    expect(target).to_be_in_viewport()


def test_evidence_opens_without_script(plain: Page) -> None:
    plain.set_viewport_size(NARROW)
    plain.goto("/en/models/chatglm-6b/")
    evidence = plain.locator(".fact", has_text="Parameters").locator("details").first
    expect(evidence.locator(".quote").first).to_be_hidden()
    evidence.locator("summary").first.click()
    expect(evidence.locator(".quote").first).to_be_visible()


def test_search_from_the_start_page_works_without_script(plain: Page) -> None:
    plain.goto("/en/")
    plain.get_by_role("searchbox").fill("wxyy")
    plain.get_by_role("button", name="Search").click()
    expect(plain.get_by_role("link", name="ERNIE Bot").first).to_be_visible()


def test_switches_that_need_script_are_not_shown_without(plain: Page) -> None:
    plain.goto("/en/models/chatglm-6b/")
    expect(plain.locator("[data-theme-switch]")).to_be_hidden()
    expect(plain.locator("[data-copy]")).to_be_hidden()


def test_paper_has_the_evidence_and_the_address_but_no_chrome(page: Page) -> None:
    page.goto("/en/models/chatglm-6b/")
    page.emulate_media(media="print")
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator(".fact .quote").first).to_be_visible()
    expect(page.locator(".print-only")).to_contain_text("/en/models/chatglm-6b/")


def test_back_and_forward_are_exact(page: Page) -> None:
    page.goto("/en/sectors/")
    page.get_by_role("link", name="Finance").first.click()
    there = page.url
    page.go_back()
    page.go_forward()
    assert page.url == there


def test_a_reader_without_a_script_reports_a_value(plain: Page) -> None:
    plain.goto("/en/models/wenxin-yiyan/report/")
    plain.get_by_label("Which value").select_option("parameters")
    plain.get_by_label("What is wrong, and what is right").fill("Its builder says 100B.")
    plain.get_by_label("Where it is said").fill("https://example.org/a")
    plain.get_by_role("button", name="Send").click()
    assert "A curator will check your report" in plain.get_by_role("status").inner_text()


def test_quotation_marks_of_english_are_no_wider_than_its_letters(page: Page) -> None:
    page.goto("/en/")
    widths = page.evaluate(
        """() => ["“", "n", "”"].map(letter => {
          const one = document.querySelector("main").appendChild(document.createElement("span"));
          one.textContent = letter;
          return one.getBoundingClientRect().width;
        })"""
    )
    assert max(widths) == widths[1]
