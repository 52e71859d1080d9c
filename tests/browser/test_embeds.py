"""Charts in pages of another origin: framed the tenth time as the first, in the host's theme, at a height that fits."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from models_catalog.charts.registry import CHARTS
from tests.browser.conftest import Complaints

DRAWN = "[data-drawn]"
NEEDED = "chart => Math.ceil(chart.getBoundingClientRect().bottom + scrollY) + 16"
SLOW = 30_000
"""Milliseconds that a shared machine may take."""
EMPTY = 170
"""Pixels that may stay empty below a chart whose height was told beforehand."""

Host = Callable[[str], str]


@pytest.fixture
def host() -> Iterator[Host]:
    """Serves a page with the given body at another origin than the site; gives its address."""
    body = b""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>Host</title>" + body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()

    def serve(html: str) -> str:
        nonlocal body
        body = html.encode()
        return f"http://localhost:{server.server_port}/"

    yield serve
    server.shutdown()
    server.server_close()


def snippet(page: Page, name: str, code: str) -> str:
    """The code that the chart's page offers to copy."""
    page.goto(f"/en/charts/{name}/")
    return str(page.locator(f"#{code}").text_content())


def test_a_chart_is_framed_the_tenth_time_as_the_first(
    page: Page, complaints: Complaints, host: Host, settings: Any
) -> None:
    settings.PAGES_IN_MEMORY_BYTES = 10_000_000
    address = host(snippet(page, "stage", "embed-code"))
    for _view in range(10):
        page.goto(address)
        expect(page.frame_locator("iframe").locator(DRAWN)).to_be_visible(timeout=SLOW)
    assert complaints == []


def test_a_frame_with_the_script_takes_the_height_of_its_chart(page: Page, host: Host) -> None:
    page.goto(host(snippet(page, "stage", "embed-script").replace('height="', 'height="9')))
    expect(page.frame_locator("iframe").locator(DRAWN)).to_be_visible(timeout=SLOW)
    chart = page.frame_locator("iframe").locator("[data-embedded]")
    page.wait_for_function("document.querySelector('iframe').height < 2000")
    assert int(page.locator("iframe").get_attribute("height") or 0) == chart.evaluate(NEEDED)


def test_links_of_a_frame_open_in_a_tab_of_their_own(page: Page, host: Host) -> None:
    page.goto(host(snippet(page, "stage", "embed-code")))
    link = page.frame_locator("iframe").get_by_role("link", name="Baimo, an evidence-backed registry")
    with page.expect_popup() as opened:
        link.click()
    assert (opened.value.evaluate("opener"), "localhost" in page.url) == (None, True)


@pytest.mark.parametrize(("theme", "scheme"), [("dark", "light"), ("light", "dark")])
def test_the_host_chooses_the_theme(page: Page, theme: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/en/charts/stage/?embed=1&theme={theme}")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == theme


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_height_that_is_told_fits(page: Page, name: str, language: str) -> None:
    page.goto(f"/{language}/charts/{name}/")
    told = page.locator("[data-heights]").get_attribute("data-heights") or ""
    for width, height in zip((640, 360), map(int, told.split()), strict=True):
        page.set_viewport_size({"width": width, "height": 400})
        page.goto(f"/{language}/charts/{name}/?embed=1")
        page.wait_for_selector(DRAWN)
        needed = page.locator("[data-embedded]").evaluate(NEEDED)
        assert needed <= height <= needed + EMPTY, (width, needed, height)
