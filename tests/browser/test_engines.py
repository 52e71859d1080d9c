"""The main walks in Firefox and WebKitGTK: `make browsers` runs them, where these browsers are installed."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.browser.engines import SECONDS, Engine, firefox, webkit
from tests.needs import Need

ASKED = Need("Firefox and WebKitGTK", bool(os.environ.get("ENGINES")), "make browsers")
pytestmark = ASKED.mark
Start = Callable[[Path], AbstractContextManager[Engine]]


@pytest.fixture(scope="module", params=[firefox, webkit], ids=["firefox", "webkit"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    start: Start = request.param
    with start(tmp_path_factory.mktemp("engine")) as started:
        yield started


def until(engine: Engine, expression: str) -> Any:
    """The value of an expression once it is one; a page that is leaving answers nothing."""
    end, said = time.monotonic() + SECONDS, "nothing"
    while time.monotonic() < end:
        try:
            if value := engine.ask(expression):
                return value
        except (RuntimeError, OSError) as error:
            said = str(error)
        time.sleep(0.1)
    seen = engine.ask("[location.href, innerWidth, document.readyState, document.title]")
    raise AssertionError(f"{expression}: never; {said}; {seen}")


def press(engine: Engine, selector: str) -> None:
    until(engine, f"!!document.querySelector({json.dumps(selector)})")
    engine.ask(f"document.querySelector({json.dumps(selector)}).click()")


def fill(engine: Engine, **values: str) -> None:
    for name, value in values.items():
        engine.ask(f"document.querySelector('main [name={name}]').value = {json.dumps(value)}")


POINTED = """(async () => {
  const { x, y, width, height } = document.querySelector("[data-drawn] .point").getBoundingClientRect();
  const place = { clientX: x + width / 2, clientY: y + height / 2, bubbles: true, view: window, buttons: "KIND" == "mousedown" };
  document.querySelector("[data-drawn] .nsewdrag").dispatchEvent(new MouseEvent("KIND", place));
  await new Promise(done => setTimeout(done, 200));
  return "KIND" != "mousemove" || !!document.querySelector(".hoverlayer .hovertext");
})()"""


def test_search_from_the_start_page_finds_by_initials(engine: Engine, site: str) -> None:
    engine.open(f"{site}/en/")
    fill(engine, q="wxyy")
    press(engine, "main form button")
    until(engine, "location.pathname == '/en/models/' && document.body.innerText.includes('ERNIE Bot')")


def test_a_filter_narrows_the_list_and_its_file(engine: Engine, site: str) -> None:
    engine.open(f"{site}/en/models/")
    until(engine, "!!document.querySelector('#filters[data-htmx-powered]')")
    press(engine, "input[name=sector][value=finance]")
    until(engine, "location.search.includes('sector=finance')")
    link = until(engine, "document.querySelector('a[href*=\"models.csv?\"]')?.href")
    rows = engine.ask(
        f"fetch({json.dumps(link)}).then(answer => answer.text()).then(text => text.split('\\n').length)"
    )
    assert 2 < rows < 20


def test_a_mark_opens_the_words_in_place_and_the_name_leads_to_the_entry(engine: Engine, site: str) -> None:
    engine.open(f"{site}/en/models/?q=chatglm-6b")
    press(engine, "tbody a.mark")
    until(engine, "document.querySelector('#evidence').matches(':popover-open')")
    until(engine, "document.querySelector('#evidence mark')?.innerText")
    press(engine, "tbody th a")
    until(engine, "location.pathname.startsWith('/en/models/chatglm')")


def test_the_language_link_keeps_the_comparison(engine: Engine, site: str) -> None:
    engine.open(f"{site}/en/compare/?model=wenxin-yiyan&model=chatglm-6b")
    press(engine, "a[hreflang^=zh]")
    until(engine, "document.documentElement.lang == 'zh-Hans' && location.pathname == '/zh/compare/'")
    until(engine, "document.querySelector('main')?.innerText.includes('2600')")


def test_a_report_is_taken(engine: Engine, site: str) -> None:
    engine.open(f"{site}/en/models/wenxin-yiyan/report/")
    fill(engine, field="parameters", statement="It is 100B.", source_url="https://example.org/a")
    press(engine, "main form[method=post] button")
    until(engine, "document.querySelector('[role=status]')?.innerText.includes('A curator will check')")


def test_a_value_is_excluded_and_a_column_hidden(engine: Engine, site: str) -> None:
    engine.open(f"{site}/en/models/?sector=finance&hide=stage")
    until(engine, "!!document.querySelector('#filters[data-htmx-powered]')")
    press(engine, "a.exclude")
    until(engine, "location.search.includes('sector=-finance') && location.search.includes('hide=stage')")
    headings = (
        "[...document.querySelectorAll('.ledger--entries thead th')].filter(one => one.checkVisibility())"
    )
    assert until(engine, f"{headings}.map(one => one.innerText.trim()).join()").count(",") == 5


def test_a_point_of_a_chart_opens_its_words(engine: Engine, site: str) -> None:
    engine.open(f"{site}/en/charts/parameters/?q=chatglm-6b")
    until(engine, "!!document.querySelector('[data-drawn] .point')")
    engine.ask("document.querySelector('[data-drawn]').scrollIntoView({ behavior: 'instant' })")
    for kind in ("mousemove", "mousedown", "mouseup"):
        until(engine, POINTED.replace("KIND", kind))
    until(engine, "document.querySelector('#evidence').matches(':popover-open')")
    assert until(engine, "document.querySelector('#evidence mark')?.innerText") == "62亿"


def test_a_source_is_left_out_and_counted_again(engine: Engine, site: str) -> None:
    engine.open(f"{site}/en/models/?q=chatglm-6b&without=thepaper-2023")
    press(engine, "a.chip[rel=nofollow]")
    until(engine, "location.search == '?q=chatglm-6b' && !!document.querySelector('tbody th a')")


def test_nothing_is_wider_than_the_page(engine: Engine, site: str) -> None:
    paths = ("", "models/", "models/wenxin-yiyan/", "compare/", "charts/", "market/", "about/dictionary/")
    wide = []
    for path in paths:
        engine.open(f"{site}/zh/{path}")
        wide += [path] if engine.ask("document.documentElement.scrollWidth > innerWidth") else []
    assert wide == []
