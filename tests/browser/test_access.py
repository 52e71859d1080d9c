"""Each page in both languages, both themes and three widths: nothing that axe finds, nothing that runs off the side."""

import pytest
from playwright.sync_api import Page

from tests.browser.axe import AXE, runs_off, violations_in_themes
from tests.browser.conftest import Complaints

WIDTHS = (360, 768, 1440)
PAGES = [
    "/",
    "/models/",
    "/models/?sector=finance&sort=-parameters",
    "/models/?q=nothing-like-this",
    "/models/?parameters_min=x",
    "/models/chatglm-6b/",
    "/models/shusheng/",
    "/developers/",
    "/developers/baidu/",
    "/sectors/",
    "/sectors/finance/",
    "/sources/",
    "/sources/yicai-2023/",
    "/market/",
    "/compare/?model=chatglm-6b&model=wenxin-yiyan&model=sensechat&model=moss",
    "/charts/",
    "/charts/parameters/",
    "/charts/coverage/",
    "/charts/stage/?q=nothing-like-this",
    "/charts/stage/?openness=maybe&parameters_min=x",
    "/compare/",
    "/data/",
    "/data/api/",
    "/releases/",
    "/releases/1/",
    "/models/wenxin-yiyan/report/",
    "/about/",
    "/about/dictionary/",
    "/nothing/",
]


@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible_everywhere(page: Page, complaints: Complaints, path: str) -> None:
    found = []
    for language in ("zh", "en"):
        page.goto(f"/{language}{path}")
        page.evaluate("() => document.querySelectorAll('details').forEach(part => { part.open = true })")
        page.locator("#changes > .toolbar").wait_for(state="detached")
        page.evaluate(AXE)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{language} {width}: runs off the side"] * runs_off(page)
            found += [f"{language} {width} {each}" for each in violations_in_themes(page)]
    expected = ["404"] if path == "/nothing/" else ["400"] if "min=x" in path else []
    assert found == []
    assert [text for text in complaints if not any(status in text for status in expected)] == []


def test_way_to_the_changes_can_be_hit_before_they_come(page: Page) -> None:
    page.route("**/history/", lambda route: None)
    page.goto("/en/models/shusheng/")
    page.locator("summary", has_text="Changes of this entry").click()
    box = page.locator("#changes a").bounding_box()
    page.unroute("**/history/")
    assert box is not None
    assert box["height"] >= 24


def test_pages_keep_inside_the_widths_of_common_desks(page: Page) -> None:
    wide = []
    for path in PAGES:
        page.goto(f"/en{path}")
        for width in (1024, 1200, 1280, 1366):
            page.set_viewport_size({"width": width, "height": 900})
            wide += [f"{path} at {width}"] * runs_off(page)
    assert wide == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_reflow_at_320_pixels_and_with_wide_text_spacing(page: Page, language: str) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    wide = []
    for path in PAGES:
        page.goto(f"/{language}{path}")
        wide += [path] * runs_off(page)
        page.evaluate(
            """() => {
              const sheet = new CSSStyleSheet();
              sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
                                 p { margin-block-end: 2em !important }`);
              document.adoptedStyleSheets.push(sheet);
            }"""
        )
        wide += [f"{path} with spacing"] * runs_off(page)
    assert wide == []


UNSEEN_STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
  .filter(one => {
    one.focus({ preventScroll: true });
    if (one.tabIndex < 0 || document.activeElement !== one) return false;
    const { width, height, right, bottom } = one.getBoundingClientRect();
    const isCut = (part) => part && (getComputedStyle(part).clipPath !== "none" || isCut(part.parentElement));
    return width < 2 || height < 2 || right <= 0 || bottom + scrollY <= 0 || isCut(one);
  }).map(one => one.outerHTML.slice(0, 99))"""
"""What takes the focus and has no place where a reader could see it, skip links in their own place included."""


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_that_cannot_be_seen_takes_the_focus(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    unseen = []
    for path in (
        "/",
        "/models/?sector=finance",
        "/models/chatglm-6b/",
        "/compare/?model=chatglm-6b&model=moss",
        "/charts/stage/",
    ):
        page.goto(f"/en{path}")
        unseen += [f"{path} {stop}" for stop in page.evaluate(UNSEEN_STOPS)]
    assert unseen == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_focus_is_seen_and_never_covered(page: Page, language: str) -> None:
    """Tab through a long page under its sticky header: each stop has an outline and can be hit at its centre."""
    page.goto(f"/{language}/developers/baidu/")
    page.set_viewport_size({"width": 1440, "height": 500})
    covered = []
    for _stop in range(40):
        page.keyboard.press("Tab")
        covered += page.evaluate(
            """() => {
              const stop = document.activeElement;
              if (stop === document.body) return [];
              const box = stop.getClientRects()[0];
              const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              const outlined = getComputedStyle(stop).outlineStyle !== "none";
              const clear = hit && (stop.contains(hit) || hit.contains(stop));
              return outlined && clear ? [] : [stop.outerHTML.slice(0, 120)];
            }"""
        )
    assert covered == []
