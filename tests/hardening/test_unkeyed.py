"""What a cache may keep for everybody is the same whatever else a request says: only headers that `Vary` names change an answer."""

from datetime import timedelta

import pytest
from django.test import Client

from models_catalog.history import changes
from tests.factories import make_entry

pytestmark = pytest.mark.django_db
ASKED = [
    "/models/?q=文心", "/zh/models/?q=文心", "/models.csv?q=文心", "/models.json?q=文心", "/api/v1/models/?q=文心",
    "/feeds/changes.atom?q=文心", "/compare/?model=wenxin", "/models/wenxin/", "/data/datapackage.json",
    "/models/wenxin.md", "/models/cite.bib?q=文心", "/llms.txt", "/sitemap.xml",
]  # fmt: skip
CLAIMED = ["gb18030", "koi8-r", "utf-7", "latin-1", "hex", "idna", "undefined", "no-such"]
SAID: dict[str, str] = {
    **{f"Content-Type#{name}": f"text/plain; charset={name}" for name in CLAIMED},
    "Content-Type#form": "application/x-www-form-urlencoded; charset=gbk",
    "X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil", "X-Forwarded-For": "6.6.6.6", "X-Forwarded-Port": "1",
    "X-Forwarded-Proto": "http", "X-Original-URL": "/about/", "X-Rewrite-URL": "/about/", "X-HTTP-Method-Override": "DELETE",
    "X-Method-Override": "HEAD", "Forwarded": "host=evil.example", "X-Host": "evil.example", "Script-Name": "/evil",
    "Accept": "application/json", "Accept-Charset": "gbk", "Referer": "https://evil.example/", "Origin": "https://evil.example",
    "User-Agent": "curl/8", "X-Requested-With": "XMLHttpRequest", "Authorization": "Basic eDp4", "Prefer": "return=minimal",
    "Save-Data": "on", "DNT": "1", "Sec-Fetch-Mode": "navigate", "Purpose": "prefetch", "Max-Forwards": "0",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "SETTLING", timedelta(seconds=-1))  # else the feed tells of it while we look
    make_entry("文心", slug="wenxin")


@pytest.mark.parametrize("path", ASKED)
def test_no_header_that_vary_leaves_out_changes_what_may_be_kept(client: Client, path: str) -> None:
    plain = client.get(path)
    content = plain.getvalue()  # once: a stream has no more
    kept = {name.strip().lower() for name in plain.headers.get("Vary", "").split(",")}
    assert plain.status_code in (200, 404)
    for name, value in SAID.items():
        header = name.partition("#")[0]
        if header.lower() not in kept:
            said = client.get(path, headers={header: value})
            assert (said.status_code, said.getvalue()) == (plain.status_code, content), name


@pytest.mark.parametrize("path", ["/models/?q=文心", "/models/wenxin/cite/", "/models/wenxin/history/"])
def test_an_empty_header_is_none_since_caches_keep_both_as_one(client: Client, path: str) -> None:
    plain, empty = (client.get(path, headers=said) for said in ({}, {"HX-Request": ""}))
    assert (empty.content, empty["ETag"]) == (plain.content, plain["ETag"])
    fragment = {"HX-Request": "true"}
    parts = [client.get(path, headers=fragment | more) for more in ({}, {"HX-History-Restore-Request": ""})]
    assert parts[0].content == parts[1].content != plain.content
