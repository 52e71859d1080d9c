"""Charts in a real browser: they draw under the site's policy, for every reader, and ask nobody else for anything."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from models_catalog.charts.registry import CHARTS
from tests.browser.conftest import Complaints

DRAWN = "[data-drawn]"
LABELS = """plot => [...plot.querySelectorAll('.ytick text, .xtick text, .annotation text')].map(label => {
  const box = label.getBoundingClientRect();
  return [label.textContent, Math.round(box.left), Math.round(box.right)];
})"""
OVERLAPS = """plot => {
  const boxes = [...plot.querySelectorAll('.xtick text')].map(label => label.getBoundingClientRect());
  return boxes.slice(1).filter((box, place) => box.left < boxes[place].right - 1).length;
}"""


def open_chart(page: Page, name: str, language: str = "en", query: str = "") -> None:
    page.goto(f"/{language}/charts/{name}/{query}")
    page.wait_for_selector(DRAWN)


@pytest.mark.parametrize("name", CHARTS)
def test_chart_draws_without_a_complaint_or_a_request_elsewhere(
    page: Page, complaints: Complaints, name: str
) -> None:
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    for language, scheme in (("zh", "light"), ("en", "dark")):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        open_chart(page, name, language)
        assert page.locator(f"{DRAWN} .points path, {DRAWN} .point path").count() > 0
    assert (complaints, hosts) == ([], {"127.0.0.1"})


@pytest.mark.parametrize("name", CHARTS)
def test_chart_is_readable_on_a_phone(page: Page, name: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    for language in ("zh", "en"):
        open_chart(page, name, language)
        outside = [label for label in page.locator(DRAWN).evaluate(LABELS) if label[1] < 0 or label[2] > 360]
        assert outside == []
        if name != "coverage":  # its labels stand upright there
            assert page.locator(DRAWN).evaluate(OVERLAPS) == 0


def test_all_charts_draw_on_one_page(page: Page, complaints: Complaints) -> None:
    page.goto("/zh/charts/")
    for name in CHARTS:
        page.locator(f"#{name}").scroll_into_view_if_needed()
        page.wait_for_selector(f"#{name} {DRAWN}")
    assert complaints == []


def test_bar_leads_to_its_rows(page: Page) -> None:
    open_chart(page, "openness")
    box = page.locator(f"{DRAWN} .bars .point path").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".hoverlayer .hovertext")).to_have_count(1)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/en/models/?openness=open")


def test_a_point_opens_the_words_behind_it(page: Page) -> None:
    open_chart(page, "parameters", query="?q=chatglm-6b")
    box = page.locator(f"{DRAWN} .point").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".hoverlayer .hovertext")).to_have_text("ChatGLM-6B: 6.2B (“62亿”)")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#evidence mark")).to_have_text(["62亿", "60亿"])
    assert "/en/charts/parameters/" in page.url


def test_the_table_of_a_chart_opens_them_by_keyboard(page: Page) -> None:
    open_chart(page, "parameters", query="?q=chatglm-6b")
    page.get_by_text("Table", exact=True).click()
    link = page.get_by_role("link", name="62亿")
    link.press("Enter")
    expect(page.locator("#evidence")).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_theme_switch_recolours_the_chart(page: Page) -> None:
    open_chart(page, "stage")
    fill = "label => getComputedStyle(label).fill"
    label = page.locator(f"{DRAWN} .ytick text").first
    assert label.evaluate(fill) == "rgb(27, 31, 36)"
    page.get_by_label("Theme").select_option("dark")
    page.wait_for_timeout(300)
    assert page.locator(f"{DRAWN} .ytick text").first.evaluate(fill) == "rgb(230, 228, 223)"


def test_filters_go_along_to_the_data(page: Page) -> None:
    with page.expect_response("**/charts/stage.json*") as answer:
        open_chart(page, "stage", query="?developer=baidu")
    assert answer.value.url.endswith("/en/charts/stage.json?developer=baidu")


def test_nothing_is_offered_to_be_sent_away(page: Page) -> None:
    open_chart(page, "stage")
    page.locator(DRAWN).hover()
    assert page.locator(".modebar-btn").count() == 0


def test_table_stands_there_without_script(plain: Page) -> None:
    plain.goto("/en/charts/stage/")
    expect(plain.get_by_role("table")).to_be_visible()


def test_picture_stands_there_without_script(plain: Page) -> None:
    plain.goto("/en/charts/stage/")
    own = "one => one.decode().then(() => one.naturalWidth, () => 0)"
    if not plain.locator(".chart__plot img").evaluate(own):  # all turns were taken, and it was 503
        plain.reload()
    assert plain.locator(".chart__plot img").evaluate(own) > 600


def test_table_is_one_step_away_with_script(page: Page) -> None:
    open_chart(page, "stage")
    expect(page.get_by_role("table")).to_be_hidden()
    page.get_by_text("Table", exact=True).click()
    expect(page.get_by_role("table")).to_be_visible()


@pytest.mark.parametrize("lost", ["**/plotly-basic*", "**/charts/stage.json*"])
def test_table_stays_when_the_chart_fails(page: Page, lost: str) -> None:
    page.route(lost, lambda route: route.abort())
    page.goto("/en/charts/stage/")
    expect(page.locator(".notice[data-failed]")).to_be_visible()
    expect(page.get_by_role("table")).to_be_visible()


@pytest.fixture
def elsewhere() -> Iterator[Callable[[str], str]]:
    """Serves a page of another origin that frames the given address; gives its own."""
    servers = []

    def serve(url: str) -> str:
        body = f'<!doctype html><iframe src="{url}" width="700" height="600"></iframe>'.encode()

        class Framing(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Framing)
        Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://localhost:{server.server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def test_embedded_chart_draws_in_a_page_elsewhere(
    page: Page, site: str, elsewhere: Callable[[str], str]
) -> None:
    page.goto(elsewhere(f"{site}/en/charts/stage/?embed=1"))
    inside = page.frame_locator("iframe")
    expect(inside.locator(DRAWN)).to_be_visible()
    expect(inside.get_by_role("banner")).to_have_count(0)


def test_no_other_page_can_be_framed(page: Page, site: str, elsewhere: Callable[[str], str]) -> None:
    page.goto(elsewhere(f"{site}/en/charts/stage/"))
    page.wait_for_timeout(1_000)
    assert page.frame_locator("iframe").locator("#main").count() == 0


def test_chart_is_not_drawn_before_it_is_near(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 600})
    page.goto("/en/charts/")
    page.wait_for_selector(f"#timeline {DRAWN}")
    assert page.locator(f"#coverage {DRAWN}").count() == 0


def test_print_shows_the_table_and_not_the_plot(page: Page) -> None:
    open_chart(page, "stage")
    page.emulate_media(media="print")
    expect(page.locator(DRAWN)).to_be_hidden()
    expect(page.get_by_role("table")).to_be_visible()
