"""Releases that travel with the fixtures: stored as they are, whatever the registry holds by now."""

import io
import shutil
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from models_catalog.claims.settle import settle
from models_catalog.models import Claim, Release
from models_catalog.models.vocabulary import Field
from models_catalog.publish.releases.carried import carried, install_carried
from models_catalog.publish.releases.freeze import make_release
from models_catalog.publish.releases.verify import SUMS
from tests.factories import make_claim, make_entry

pytestmark = pytest.mark.django_db
CARRIED = Path(settings.CATALOG_FIXTURES_DIR) / "releases"
FIRST = "cabfa68e772cd7a049c0ab835a42adf1004088aa9c6869a300bff2451687af1f"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the carried releases, to be damaged."""
    return Path(shutil.copytree(CARRIED, tmp_path / "releases"))


def command(**options: object) -> str:
    out = io.StringIO()
    call_command("release", stdout=out, **options)
    return out.getvalue()


def forget_releases() -> None:
    """As in a registry that has none."""
    connection.check_constraints()  # so that nothing of them is pending
    connection.ops.execute_sql_flush(["TRUNCATE models_catalog_release"])


def test_first_release_has_the_bytes_that_it_always_had() -> None:
    assert carried(CARRIED)[0].sha256 == FIRST


def test_fresh_site_stores_the_carried_bytes_and_makes_none() -> None:
    """Of an empty registry nothing like them could be made."""
    command(if_none=True)
    stored = [sha256(bytes(one.package)).hexdigest() for one in Release.objects.order_by("number")]
    assert stored == [one.sha256 for one in carried(CARRIED)]


def test_second_start_stores_nothing_more() -> None:
    first, second = command(if_none=True), command(if_none=True)
    assert (FIRST in first, second) == (True, "")


def test_stored_release_counts_its_own_rows() -> None:
    install_carried(CARRIED)
    release = Release.objects.get(number=1)
    counts = {"models": 50, "claims": 430, "developers": 37, "sectors": 22, "sources": 4}
    assert (release.day, release.changes) == (date(2026, 11, 22), {})
    assert counts.items() <= release.counts.items()


def test_release_is_checked_after_it_was_stored(client: Client) -> None:
    command(if_none=True)
    out = io.StringIO()
    call_command("verify_release", str(carried(CARRIED)[0].path), stdout=out)
    assert "Every byte is as released." in out.getvalue()
    assert client.get("/releases/1/SHA256SUMS").content.decode().startswith(FIRST)


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_another_byte_stores_nothing(folder: Path, place: float) -> None:
    path = carried(folder)[0].path
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 1
    path.write_bytes(content)
    with pytest.raises(CommandError, match="hashes to"):
        command(if_none=True, folder=folder)
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("sums", "said"),
    [
        ("x  baimo-1-2026-11-22.zip\n", "not a checksum"),
        (f"{FIRST}  baimo-1-2026-13-22.zip\n", "cannot be read"),
        (f"{FIRST}  baimo-2-2026-11-22.zip\n", "cannot be read"),
        (f"{FIRST}  baimo-1-2026-11-22.zip\n" * 2, "each once"),
    ],
)
def test_list_that_is_wrong_is_told(folder: Path, sums: str, said: str) -> None:
    (folder / SUMS).write_text(sums)
    with pytest.raises(CommandError, match=said):
        command(if_none=True, folder=folder)


def test_release_under_another_number_is_refused(folder: Path) -> None:
    path = carried(folder)[0].path
    path.rename(path.with_name("baimo-2-2026-11-22.zip"))
    (folder / SUMS).write_text(f"{FIRST}  baimo-2-2026-11-22.zip\n")
    with pytest.raises(CommandError, match="not release 2"):
        command(if_none=True, folder=folder)


def test_registry_with_a_first_release_of_its_own_keeps_it() -> None:
    make_entry()
    own = make_release()
    assert (install_carried(CARRIED), Release.objects.get().sha256) == ([], own.sha256)


def test_fixtures_that_carry_none_let_the_first_be_frozen(tmp_path: Path) -> None:
    make_entry()
    command(if_none=True, folder=tmp_path)
    assert (Release.objects.get().number, Release.objects.get().sha256 == FIRST) == (1, False)


def test_release_is_carried_and_stored_elsewhere(tmp_path: Path) -> None:
    """Of one registry, as release 2 of the next: the way that data go."""
    entry = make_entry()
    make_release(day=date(2026, 11, 22))
    make_claim(entry, Field.OPENNESS, token="closed")
    settle([entry])
    second = make_release(day=date(2026, 11, 30))
    for number in (1, 2, 2):
        command(carry=number, folder=tmp_path)
    assert [(one.number, one.sha256) for one in carried(tmp_path)][1] == (2, second.sha256)
    assert (tmp_path / second.file_name).read_bytes() == bytes(second.package)


def test_carried_release_says_what_it_changed(tmp_path: Path) -> None:
    test_release_is_carried_and_stored_elsewhere(tmp_path)
    made = {one.number: (one.counts, one.changes) for one in Release.objects.all()}
    forget_releases()
    stored = install_carried(tmp_path)
    assert {one.number: (one.counts, one.changes) for one in stored} == made


def test_carried_release_is_not_overwritten(folder: Path) -> None:
    make_entry()
    make_release()
    with pytest.raises(CommandError, match="with other bytes"):
        command(carry=1, folder=folder)
    with pytest.raises(CommandError, match="no release 7"):
        command(carry=7, folder=folder)


def test_release_of_other_rows_is_older_than_this_registry() -> None:
    """So that no citation of what the registry holds now names it."""
    entry = make_entry()
    install_carried(CARRIED)
    assert Release.objects.get(number=1).created_at == datetime(2026, 11, 21, 16, tzinfo=UTC)
    assert Claim.objects.filter(entry=entry).exists()


def test_release_of_these_very_rows_is_cited_for_them(tmp_path: Path, client: Client) -> None:
    make_entry()
    command(if_none=True, folder=tmp_path)
    command(carry=1, folder=tmp_path)
    forget_releases()
    command(if_none=True, folder=tmp_path)
    assert "release 1" in client.get("/data/cite.txt").content.decode()
