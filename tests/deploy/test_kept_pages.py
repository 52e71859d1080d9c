"""Pages that nginx keeps with `deploy/pages.conf`: those that belong to nobody, for a second, and under the state that a reader saw."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.proxied import Behind, Front, behind, nginx
from tests.needs import NGINX, OPENSSL

pytestmark = [pytest.mark.server, NGINX.mark, OPENSSL.mark]
PUBLIC = {"Cache-Control": "public, no-cache", "ETag": 'W/"1"'}
OLD, NEW = "a" * 32, "b" * 32
COOKIE = f"seen={OLD}.7; expires=Mon, 30 Nov 2026 16:58:30 GMT; HttpOnly; Max-Age=3600; Path=/; SameSite=Lax; Secure"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Front, Behind]]:
    told = Behind()
    with behind(told) as port, nginx(tmp_path_factory.mktemp("pages"), port, keeps_pages=True) as front:
        yield front, told


@pytest.fixture
def front(both: tuple[Front, Behind]) -> Front:
    return both[0]


@pytest.fixture
def site(both: tuple[Front, Behind]) -> Behind:
    both[1].headers, both[1].content, both[1].status = dict(PUBLIC), b"made", 200
    both[1].asked.clear()
    return both[1]


def test_a_page_of_all_is_asked_for_once(front: Front, site: Behind) -> None:
    assert [front.ask("/zh/").headers["x-cache"] for _ in range(2)] == ["MISS", "HIT"]
    assert len(site.asked) == 1


def test_the_site_is_asked_whether_an_old_page_holds(front: Front, site: Behind) -> None:
    front.ask("/zh/asked/")
    while (last := front.ask("/zh/asked/")).headers["x-cache"] == "HIT":
        pass
    assert (last.content, [headers.get("if-none-match") for _, headers, _ in site.asked]) == (
        b"made",
        [None, 'W/"1"'],
    )


@pytest.mark.parametrize(
    "headers",
    [{"Cache-Control": "private, no-cache"}, {"Cache-Control": "no-store"}, {"Cache-Control": "public, max-age=300"}, {},
     PUBLIC | {"Set-Cookie": "__Host-csrf=x"}, PUBLIC | {"Set-Cookie": f"{COOKIE}, __Host-csrf=x"}, PUBLIC | {"Vary": "Cookie, Accept"}],
)  # fmt: skip
def test_what_belongs_to_somebody_is_not_kept(front: Front, site: Behind, headers: dict[str, str]) -> None:
    site.headers = headers
    path = f"/zh/not-kept/?{sorted(headers.items())}".replace(" ", "")
    assert [front.ask(path).content for _ in range(2)] == [b"made", b"made"]
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "cookie", ["__Host-session=x", "language=en", f"seen={OLD}.7; __Host-session=x", "seen=x"]
)
def test_who_has_a_cookie_of_his_own_is_answered_by_the_site(front: Front, site: Behind, cookie: str) -> None:
    front.ask("/zh/own/")
    answers = [front.ask("/zh/own/", Cookie=cookie, If_None_Match='W/"1"') for _ in range(2)]
    assert [answer.status for answer in answers] == [304, 304]
    assert [headers.get("cookie") for _, headers, _ in site.asked[-2:]] == [cookie, cookie]


@pytest.mark.parametrize(
    ("path", "control"), [("/zh/state/", "public, no-cache"), ("/state.csv", "public, max-age=60")]
)
def test_readers_of_one_state_share_what_is_kept_and_no_others(
    front: Front, site: Behind, path: str, control: str
) -> None:
    site.headers["Cache-Control"] = control
    for cookie in ("", f"seen={OLD}.7", f"seen={OLD}.9", f"seen={NEW}.9"):
        front.ask(path, Cookie=cookie)
    asked = [headers.get("cookie") or None for _, headers, _ in site.asked]
    assert asked == [None, f"seen={OLD}.7", f"seen={NEW}.9"]


def test_a_kept_page_says_which_state_it_shows(front: Front, site: Behind) -> None:
    site.headers = PUBLIC | {"Set-Cookie": COOKIE, "Vary": "Accept-Language, Cookie, Accept-Encoding"}
    assert [front.ask("/zh/says/").headers["set-cookie"] for _ in range(2)] == [COOKIE, COOKIE]
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "name", ["Accept_Language", "Accept_Encoding", "HX_Request", "HX_History_Restore_Request"]
)
def test_each_form_of_a_page_is_kept_apart(front: Front, site: Behind, name: str) -> None:
    forms: list[dict[str, str]] = [{}, {name: "gzip"}]
    for form in forms * 2:
        front.ask(f"/zh/{name}/", "GET", None, **form)
    assert len(site.asked) == 2


def test_a_fragment_is_not_kept_for_a_whole_page(front: Front, site: Behind) -> None:
    for name in ("HX_Request", "HX_History_Restore_Request"):
        front.ask("/zh/part/", "GET", None, **{name: "true"})
    assert len(site.asked) == 2


def test_a_form_that_is_sent_reaches_the_site(front: Front, site: Behind) -> None:
    for cookie in ("", "__Host-csrf=x"):
        assert front.ask("/zh/sent/", "POST", b"a=b", Cookie=cookie).status == 200
    assert [length for _path, _headers, length in site.asked] == [3, 3]


def test_a_reader_is_given_the_kept_page_where_the_site_has_none(front: Front, site: Behind) -> None:
    front.ask("/zh/stale/")
    site.status, site.headers, site.content = 503, {"Retry-After": "5"}, b"down"
    while (last := front.ask("/zh/stale/")).headers["x-cache"] == "HIT":
        pass
    assert (last.status, last.content, last.headers["x-cache"]) == (200, b"made", "STALE")
    assert front.ask("/zh/never-seen/").status == 503


def test_both_files_name_the_same_place() -> None:
    folder = Path(__file__).resolve().parents[2] / "deploy"
    assert "include /etc/baimo/pages*.conf;" in (folder / "nginx.conf").read_text("utf-8")
    assert "/etc/baimo/pages.conf" in (folder / "pages.conf").read_text("utf-8")
