"""What is served beside the pages: pinned by hash, light, and without a line of inline style or script."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from models_catalog.intake.fixtures.load import load_fixtures

STATIC = settings.BASE_DIR / "static"
MANIFESTS = [STATIC / "vendor/README.md", settings.BASE_DIR / "tests/browser/README.md"]
_ROW = re.compile(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", re.MULTILINE)
VENDORED = [
    (manifest.parent / name, digest)
    for manifest in MANIFESTS
    for name, digest in _ROW.findall(manifest.read_text())
]

PAGES = [
    "/zh/",
    "/en/models/chatglm-6b/",
    "/zh/developers/",
    "/en/sources/thepaper-2023/",
    "/zh/market/",
    "/en/about/",
    "/en/about/dictionary/",
    "/zh/models/",
    "/en/compare/?model=chatglm-6b&model=wenxin-yiyan",
]


def weight(data: bytes) -> int:
    return len(gzip.compress(data, 9))


@pytest.mark.parametrize(("path", "digest"), VENDORED, ids=lambda value: getattr(value, "name", ""))
def test_vendored_file_is_the_one_that_was_reviewed(path: Path, digest: str) -> None:
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest


def test_every_vendored_file_is_in_the_manifest() -> None:
    there = {path for path in (STATIC / "vendor").rglob("*") if path.is_file()}
    listed = {path for path, _digest in VENDORED}
    assert {path for path in there - listed if path.name not in {"README.md", "LICENSE"}} == set()


def test_all_styles_together_are_light() -> None:
    assert sum(weight(path.read_bytes()) for path in (STATIC / "css").glob("*.css")) <= 15_000


@pytest.mark.django_db
def test_pages_are_light_and_hold_nothing_inline(client: Client) -> None:
    load_fixtures(settings.CATALOG_FIXTURES_DIR)
    for path in PAGES:
        html = client.get(path).content
        linked = re.findall(rb'(?:src|href)="/static/([^"]+\.(?:css|js))"', html)
        total = weight(html) + sum(weight((STATIC / name.decode()).read_bytes()) for name in set(linked))
        assert total <= 60_000, path
        assert re.findall(rb"<style|\sstyle=|\son[a-z]+=|javascript:", html) == [], path
        assert re.findall(rb"<script(?![^>]*(?:src=|ld\+json))", html) == [], path
