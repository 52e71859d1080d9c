"""Readers who enlarge the page, or the text alone, or set it wider: nothing is cut off, covered, or off the side."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

PAGES = [
    "/",
    "/models/",
    "/models/?sector=finance&q=nothing-like-this",
    "/models/?parameters_min=x",
    "/models/chatglm-6b/",
    "/developers/baidu/",
    "/sources/yicai-2023/",
    "/market/",
    "/compare/?model=chatglm-6b&model=wenxin-yiyan&model=sensechat&model=moss",
    "/charts/parameters/",
    "/data/",
    "/about/",
    "/about/dictionary/",
]

TWICE = "() => { document.documentElement.style.fontSize = '200%' }"
WIDER = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
                     p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets.push(sheet);
}"""
OPEN = "() => document.querySelectorAll('details').forEach(part => { part.open = true })"
CLOSE = """() => {
  const sheet = document.querySelector("#filter-panel[open]");
  if (!sheet || getComputedStyle(sheet).position !== "fixed") return false;
  sheet.open = false;
  return true;
}"""

FAULTS = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = box => ["auto", "scroll"].includes(getComputedStyle(box).overflowX);
  const hides = box => ["hidden", "clip"].includes(getComputedStyle(box).overflowX);
  const within = (box, test) => { for (; box && box !== document.body; box = box.parentElement) if (test(box)) return box };
  const unseen = box => box.closest(".visually-hidden, .skip, svg, option") || within(box, one => getComputedStyle(one).clipPath !== "none");
  const words = [], found = [];
  const sheet = [...document.querySelectorAll("details[open]")].find(one => getComputedStyle(one).position === "fixed");
  const walker = document.createTreeWalker(sheet ?? document.body, NodeFilter.SHOW_TEXT);  // a sheet covers the page
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || unseen(parent) || !parent.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 2) continue;
      const told = `${parent.tagName}.${parent.className} ${node.data.trim().slice(0, 40)}`;
      const frame = within(parent, hides);
      if (frame && box.right > frame.getBoundingClientRect().right + 2) found.push(`cut off: ${told}`);
      const scroller = within(parent, scrolls)?.getBoundingClientRect();
      if (scroller && (box.right > scroller.right + 1 || box.bottom > scroller.bottom + 1)) continue;
      if (!scroller && (box.right > width + 1 || box.left < -1)) found.push(`off the side: ${told}`);
      // Glyphs fill the middle of their line; marks are raised into the line above on purpose.
      const rise = box.height * .25;
      if (!parent.closest("sup, thead, .site-header")) words.push({ told, left: box.left + 1, right: box.right - 1, top: box.top + rise, bottom: box.bottom - rise });
    }
  }
  words.sort((a, b) => a.top - b.top);
  words.forEach((one, place) => {
    for (let next = place + 1; next < words.length && words[next].top < one.bottom; next++) {
      const other = words[next];
      if (other.left < one.right && one.left < other.right) found.push(`covered: ${one.told} / ${other.told}`);
    }
  });
  if (document.documentElement.scrollWidth > width) found.push("the page runs off the side");
  return [...new Set(found)].slice(0, 9);
}"""


@pytest.fixture
def reader(browser: Browser, site: str) -> Any:
    """Makes a page in a window of a size, at a number of device pixels to each of its own."""
    contexts = []

    def make(width: int, height: int, scale: float = 1) -> Page:
        contexts.append(
            browser.new_context(
                base_url=site, viewport={"width": width, "height": height}, device_scale_factor=scale
            )
        )
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


def faults(page: Page, language: str, change: str = "() => {}") -> list[str]:
    found: list[str] = []
    for path in PAGES:
        page.goto(f"/{language}{path}")
        page.evaluate(OPEN)
        page.evaluate(change)
        found += [f"{path} {fault}" for fault in page.evaluate(FAULTS)]
        if page.evaluate(CLOSE):
            found += [f"{path} {fault}" for fault in page.evaluate(FAULTS)]
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_enlarged_twice_loses_nothing(reader: Callable[..., Page], language: str) -> None:
    """Zoom to 200 % in a window of 1280 pixels halves what is there of CSS's own."""
    assert faults(reader(640, 450, 2), language) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_text_twice_as_large_loses_nothing(reader: Callable[..., Page], language: str) -> None:
    assert faults(reader(1280, 900), language, TWICE) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [360, 1280])
def test_text_set_wider_loses_nothing(reader: Callable[..., Page], language: str, width: int) -> None:
    """WCAG 1.4.12: lines, paragraphs, letters and words further apart."""
    assert faults(reader(width, 900), language, WIDER) == []
