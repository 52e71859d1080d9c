"""What README and the guides tell people to type, typed in a copy of the checkout that has only what a fresh clone has."""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from django.conf import settings

from tests.databases import empty_database, two_roles
from tests.deploy.proxied import free_port
from tests.migrated import Migrated
from tests.needs import CURL, GIT, MAKE
from tests.processes import clean
from tests.static import collected

ROOT: Path = settings.BASE_DIR
GUIDES = [
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
    ROOT / "fixtures/README.md",
    ROOT / "fixtures/README.zh.md",
    *sorted(ROOT.glob("docs/guides/*.md")),
]
BLOCK = re.compile(
    r"(?:^ *<!-- not run: (.+?) -->\n)?^( *)```(sh|python)\n(.*?)^ *```", re.MULTILINE | re.DOTALL
)


class Block(NamedTuple):
    """Lines to type."""

    document: str
    why_not: str
    language: str
    text: str


def blocks(path: Path) -> list[Block]:
    found = BLOCK.findall(path.read_text("utf-8"))
    return [
        Block(path.name, why, language, "".join(line.removeprefix(indent) for line in text.splitlines(True)))
        for why, indent, language, text in found
    ]


ALL = [block for path in GUIDES for block in blocks(path)]
RUN = list({block.text: block for block in ALL if not block.why_not}.values())


class Clone(NamedTuple):
    """A copy of the checkout, its site's port, and what the first start said."""

    folder: Path
    port: int
    environment: dict[str, str]
    said: str

    def type(self, block: Block) -> "subprocess.CompletedProcess[str]":
        shell = ["sh", "-e", "-c"] if block.language == "sh" else [sys.executable, "-c"]
        text = block.text.replace("127.0.0.1:8000", f"127.0.0.1:{self.port}")
        return subprocess.run(
            [*shell, text], cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )

    def ask(self, address: str) -> int:
        whole = f"http://127.0.0.1:{self.port}{quote(address, safe='/?=&%-')}"
        try:
            with urllib.request.urlopen(whole, timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code


def copy_of_the_checkout(folder: Path) -> None:
    """Every file that git has or would take, the packages, and the static files as they were collected."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.rstrip("\0").split("\0"):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for lock in folder.glob("requirements*.lock"):
        os.utime(lock, (0, 0))  # older than the packages, which need no second installation
    (folder / ".venv").symlink_to(ROOT / ".venv")
    (folder / ".data").mkdir()
    (folder / ".data/static").symlink_to(collected())
    shutil.copy(ROOT / ".data/static.digest", folder / ".data/static.digest")


@pytest.fixture(scope="module")
def clone(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clone]:
    folder, port = tmp_path_factory.mktemp("clone"), free_port()
    copy_of_the_checkout(folder)
    with empty_database(f"guides_{os.getpid()}", like=Migrated().name) as url:
        of_the_site = two_roles(url)["DATABASE_URL"]
        environment = clean(DATABASE_URL=of_the_site, DATABASE_OWNER_URL=url, WEB_WORKERS="1")
        del environment["ENV_FILE"]  # the first start makes .env
        command = ["make", "run", f"PORT={port}"]
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("Serving on"):
                break
        yield Clone(folder, port, environment, "".join(said))
        process.send_signal(signal.SIGTERM)
        process.stdout.close()
        process.wait(40)


@pytest.mark.server
@GIT.mark
@MAKE.mark
def test_a_fresh_clone_starts_as_the_readme_shows(clone: Clone) -> None:
    said = clone.said.replace(str(clone.port), "8000")
    shown = "\n".join(line[4:] for line in (ROOT / "README.md").read_text("utf-8").splitlines())
    lines = re.compile(r"^(?:models_catalog_|\d+ entries|Serving).*$", re.MULTILINE)
    assert lines.findall(said) == lines.findall(shown)


@pytest.mark.server
@GIT.mark
@MAKE.mark
@CURL.mark
@pytest.mark.parametrize("block", RUN, ids=[f"{block.document}-{n}" for n, block in enumerate(RUN)])
def test_what_is_told_to_be_typed_works(clone: Clone, block: Block) -> None:
    done = clone.type(block)
    assert (done.returncode, done.stdout + done.stderr if done.returncode else "") == (0, "")
    if "example-model" in block.text:
        assert ("51 entries listed." in done.stdout, clone.ask(TYPED)) == (True, 200)


TYPED = "/models/example-model/"
"""An address that is there once a block was typed."""
ADDRESS = re.compile(r"`(/(?!admin|etc|srv|var)[a-z]+/[^`…]*)`")


@pytest.mark.server
@GIT.mark
@MAKE.mark
def test_every_address_that_is_named_answers(clone: Clone) -> None:
    named = {found for path in GUIDES for found in ADDRESS.findall(path.read_text("utf-8"))}
    assert len(named) > 15
    assert {address: status for address in named - {TYPED} if (status := clone.ask(address)) != 200} == {}


def test_whatever_is_not_run_says_why() -> None:
    assert {block.why_not for block in ALL if block.why_not} == {
        "needs root and a bare machine",
        "needs the articles; tests/ingest runs it where they are",
        "reads the whole history of the repository",
        "the next block does",
        "tests/registry/test_messages.py does the same",
        "this is the clone; `make run` is run in a copy of it, on the tests' PostgreSQL",
    }


def typed(path: Path) -> list[str]:
    """The blocks of a guide without what is for one language."""
    blank = re.compile(r"<.*?>|/(?:en|zh)(?=/)|\.bib|\.gbt|not stated|来源未提及")
    return [blank.sub("", block.text) for block in blocks(path)]


@pytest.mark.parametrize("guide", sorted(ROOT.glob("docs/guides/*.zh.md")), ids=lambda path: path.name)
def test_a_guide_tells_the_same_to_type_in_both_languages(guide: Path) -> None:
    other = guide.with_name(guide.name.replace(".zh", ""))
    assert typed(guide) == typed(other)
