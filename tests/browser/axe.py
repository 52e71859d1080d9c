"""What axe finds on a page, asked for no oftener than it can have changed."""

from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

_PARTS = """;window.newLooks = seen => {
  const grounds = new Map([[document.documentElement.parentNode, ""]]);
  const found = new Map();
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT);
  for (let part = walker.currentNode; part; part = walker.nextNode()) {
    const style = getComputedStyle(part);
    const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.position, style.clipPath].join();
    const behind = grounds.get(part.parentNode);
    const ground = own === "rgba(0, 0, 0, 0),none,1,static,none" ? behind : `${behind}/${own}`;
    grounds.set(part, ground);
    if (!part.checkVisibility() || ![...part.childNodes].some(one => one.nodeType === 3 && one.data.trim())) continue;
    const around = part.parentElement ? getComputedStyle(part.parentElement).color : "";
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const type = [large, style.display === "inline", style.fontWeight, style.textDecorationLine, style.visibility];
    const look = [ground, part.localName, style.color, around, type].join();
    if (!found.has(look)) found.set(look, part);
  }
  for (const look of seen) found.delete(look);
  return found;
};
window.likeBefore = () => {
  const before = window.shape;
  const places = [...document.body.querySelectorAll("*")].map(part => {
    const { x, y, width, height } = part.getBoundingClientRect();
    return [x, y, width, height, part.checkVisibility()].join();
  });
  window.shape = document.documentElement.outerHTML.replace(/ (fill|stroke|style)="[^"]*"/g, "") + places.join(";");
  return window.shape === before;
};undefined"""
"""An element with text for each combination of colours, type and grounds behind that was not seen yet; and whether a page has
the content and the places that it had when this was last asked."""
AXE = (Path(__file__).parent / "axe-4.14.1.min.js").read_text("utf-8") + _PARTS
"""The script that a page is given before it is asked."""
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_COLOURS = {"color-contrast": "*", "link-in-text-block": "a[href]"}
"""The rules that colours and type alone can break, with what each looks at: a look that passed once passes everywhere."""
_ASK = """async ({ seen, tags, colours }) => {
  const same = likeBefore(), looks = newLooks(seen);
  if (same && !looks.size) return { violations: [], looks: [] };
  axe.configure({ rules: Object.entries(colours).map(([id, at]) => ({ id, selector: `${at}[data-new-look]` })) });
  looks.forEach(part => part.toggleAttribute("data-new-look", true));
  const only = same ? { type: "rule", values: Object.keys(colours) } : tags;
  const { violations } = await axe.run(document, { runOnly: only, resultTypes: ["violations"], preload: false, selectors: false });
  looks.forEach(part => part.toggleAttribute("data-new-look", false));
  return { violations: violations.flatMap(rule => rule.nodes.slice(0, 3).map(node => [rule.id, node.html])), looks: [...looks.keys()] };
}"""
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

_good: set[str] = set()
"""The looks that passed, on whatever page."""


def violations_in_themes(page: Page) -> list[str]:
    """What the rules find in each theme. The page has `AXE`."""
    found = []
    for scheme in THEMES:
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {each}" for each in _violations(page)]
    return found


def _violations(page: Page) -> list[str]:
    asked = {"seen": sorted(_good), "tags": _TAGS, "colours": _COLOURS}
    result: dict[str, Any] = page.evaluate(_ASK, asked)
    if not any(rule in _COLOURS for rule, _html in result["violations"]):
        _good.update(result["looks"])
    return [f"{rule} {html[:120]}" for rule, html in result["violations"]]


def runs_off(page: Page) -> bool:
    """Whether the page as a whole scrolls sideways; tables and charts may, inside their own frames."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
