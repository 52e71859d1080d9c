"""Tables as they are read: what is not stated, where a row begins, what stays together and what is in sight."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

PHONE: ViewportSize = {"width": 360, "height": 740}
TABLET: ViewportSize = {"width": 768, "height": 900}

STARTS = """() => [...document.querySelectorAll("main table.ledger tbody tr")].flatMap(row => {
  const starts = [...row.children].flatMap(cell => {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT, ({ data, parentElement }) =>
      data.trim() && !parentElement.closest(".visually-hidden, sup, svg") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP);
    const range = document.createRange();
    if (!walker.nextNode()) return [];
    range.selectNodeContents(walker.currentNode);
    const { top, height } = range.getClientRects()[0];
    return [top + height / 2];
  });
  return Math.max(...starts) - Math.min(...starts) > 3 ? [row.innerText.slice(0, 60)] : [];
})"""
"""Rows in which the first lines of two cells stand at different heights."""

PARTED = """() => [...document.querySelectorAll("main td.num")].filter(cell => {
  const [number, unit] = [cell.querySelector(".ledger__title"), cell.querySelector(".ledger__title ~ .muted")];
  return unit && Math.abs([...number.getClientRects()].at(-1).bottom - unit.getClientRects()[0].bottom) > 8;
}).map(cell => cell.innerText)"""


BESIDE = """() => [...document.querySelectorAll("main tbody td[data-label]")].filter(cell => cell.checkVisibility()).filter(cell => {
  const [first, ...others] = [...cell.children].map(one => one.getBoundingClientRect().left);
  return others.some(left => left < first - 1);
}).map(cell => cell.innerText)"""
"""Cells of cards of which a part stands below the label, not beside it."""


@pytest.mark.parametrize("path", ["/en/models/?q=hunyuan", "/en/developers/tencent/"])
def test_a_card_says_in_one_line_what_is_not_stated(page: Page, path: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(path)
    expect(page.locator("tbody th .on-cards").first).to_contain_text("Not stated: Parameters, Release date")
    expect(page.locator("tbody .state--unstated:visible")).to_have_count(0)


@pytest.mark.parametrize(
    "path", ["models/", "developers/", "left-out/", "market/", "releases/", "sources/thepaper-2023/"]
)
def test_all_of_a_cell_of_a_card_stands_beside_its_label(page: Page, path: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"/en/{path}")
    assert page.evaluate(BESIDE) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_columns_of_the_catalog_are_in_sight_on_a_tablet(page: Page, language: str) -> None:
    page.set_viewport_size(TABLET)
    page.goto(f"/{language}/models/")
    own = "() => [...document.querySelectorAll('thead th')].at(-1).getBoundingClientRect().right"
    assert page.evaluate(own) <= TABLET["width"]


def test_no_table_scrolls_down_by_itself(page: Page) -> None:
    page.set_viewport_size(TABLET)
    page.goto("/zh/compare/?model=chatglm-6b&model=wenxin-yiyan")
    own = "() => [...document.querySelectorAll('main .ledger-scroll')].filter(one => one.scrollHeight > one.clientHeight + 1).length"
    assert page.evaluate(own) == 0


@pytest.mark.parametrize("path", ["models/", "developers/baidu/", "developers/", "market/", "left-out/"])
def test_cells_of_a_row_begin_on_one_line(page: Page, path: str) -> None:
    page.goto(f"/en/{path}")
    found = page.evaluate(STARTS)
    page.set_viewport_size(TABLET)
    assert found + page.evaluate(STARTS) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_number_and_its_unit_stand_on_one_line(page: Page, language: str) -> None:
    page.goto(f"/{language}/market/")
    found = page.evaluate(PARTED)
    for size in (PHONE, TABLET):
        page.set_viewport_size(size)
        found += page.evaluate(PARTED)
    assert found == []
