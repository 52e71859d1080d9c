"""Releases: frozen, numbered, compared with the last, and checked byte for byte."""

import io
import json
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from models_catalog.claims.settle import settle
from models_catalog.models import Entry, Release
from models_catalog.models.vocabulary import Field
from models_catalog.publish.releases.freeze import NothingChanged, make_release, unpacked
from models_catalog.publish.releases.package import packed, sums
from models_catalog.publish.releases.verify import DESCRIPTOR, SUMS, main, verify_package
from tests.factories import make_claim, make_entry
from tests.once import once

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def _make_first() -> Release:
    make_entry(parameters="2600亿")
    return make_release(day=DAY)


shared_first = once(_make_first)


@pytest.fixture
def first(shared_first: Release, db: None) -> Release:
    return Release.objects.get(pk=shared_first.pk)


@pytest.fixture
def file(first: Release, tmp_path: Path) -> Path:
    path = tmp_path / first.file_name
    path.write_bytes(bytes(first.package))
    return path


def test_first_release_has_number_one_and_no_changes(first: Release) -> None:
    assert (first.number, first.counts["models"], first.changes) == (1, 1, {})


def test_nothing_changed_makes_no_release(first: Release) -> None:
    with pytest.raises(NothingChanged):
        make_release(day=DAY)


def test_next_release_says_what_changed(first: Release) -> None:
    entry = make_entry("盘古")
    old = entry.__class__.objects.get(slug="wenxinyiyan")
    make_claim(old, Field.OPENNESS, token="closed", key="openness-1")
    settle([old])
    changes = make_release(day=DAY).changes
    assert changes["models"] == {
        "added": ["pangu"],
        "removed": [],
        "changed": {"wenxinyiyan": {"openness": ["", "closed"], "openness_basis": ["[]", '["stated"]']}},
    }
    assert "wenxinyiyan/openness-1" in changes["claims"]["added"]


@pytest.mark.parametrize("change", ["update", "delete"])
def test_release_is_frozen_by_the_database(first: Release, change: str) -> None:
    rows = Release.objects.filter(pk=first.pk)
    with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
        rows.update(size=1) if change == "update" else rows.delete()


def test_release_verifies_elsewhere(file: Path) -> None:
    verdict = verify_package(file)
    assert (verdict.problems, verdict.version, verdict.files) == ([], "1", 13)


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_one_changed_byte_is_noticed(file: Path, place: float) -> None:
    content = bytearray(file.read_bytes())
    content[int(len(content) * place)] ^= 1
    file.write_bytes(content)
    assert verify_package(file).problems


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip" * 100])
def test_what_is_no_release_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    assert "no package" in verify_package(path).problems[0]


def test_command_verifies_against_the_registry(file: Path) -> None:
    out = io.StringIO()
    call_command("verify_release", str(file), stdout=out)
    assert "This registry has release 1" in out.getvalue()


@pytest.fixture
def forged(file: Path) -> Path:
    """The release with another size in it, and every checksum within written anew."""
    files = unpacked(file.read_bytes())
    old, new = files["data/models.csv"], files["data/models.csv"].replace(b"260000000000", b"999000000000")
    told = json.loads(files[DESCRIPTOR])
    for resource in told["resources"]:
        if resource["path"] == "data/models.csv":
            resource |= {"bytes": len(new), "hash": f"sha256:{sha256(new).hexdigest()}"}
    files |= {"data/models.csv": new, DESCRIPTOR: json.dumps(told).encode()}
    files[SUMS] = sums({name: text for name, text in files.items() if name != SUMS})
    assert old != new
    file.write_bytes(packed(files, DAY))
    return file


def verified(file: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("verify_release", str(file), stdout=out, **options)
    return out.getvalue()


def test_without_anything_to_compare_to_a_file_only_agrees_with_itself(forged: Path) -> None:
    connection.check_constraints()  # so that nothing of them is pending
    connection.ops.execute_sql_flush(["TRUNCATE models_catalog_release"])  # as in a registry that has none
    said = verified(forged)
    assert ("agrees with itself" in said, "as released" in said) == (True, False)


@pytest.mark.parametrize("way", ["sha256", "sums"])
def test_forged_release_is_known_by_the_published_hash(first: Release, forged: Path, way: str) -> None:
    listed = forged.with_name("SUMS")
    listed.write_text(f"{first.sha256}  {first.file_name}\n")
    with pytest.raises(CommandError, match="hashes to"):
        verified(forged, **{way: first.sha256 if way == "sha256" else listed})


def test_release_with_its_published_sums_is_as_released(first: Release, file: Path) -> None:
    listed = file.with_name("SUMS")
    listed.write_text(f"{first.sha256}  {first.file_name}\n")
    assert "Every byte is as released." in verified(file, sums=listed)


def test_of_what_is_no_zip_only_the_error_is_said(tmp_path: Path) -> None:
    path, out = tmp_path / "x.zip", io.StringIO()
    path.write_bytes(b"no zip")
    with pytest.raises(CommandError, match="no package"):
        call_command("verify_release", str(path), stdout=out)
    assert out.getvalue() == ""


@pytest.mark.parametrize(("given", "code"), [([], 0), (["0" * 64], 1), (["no such file"], 2)])
def test_program_alone_says_the_same(forged: Path, given: list[str], code: int, capsys: Any) -> None:
    assert main([str(forged), *given]) == code
    assert "as released" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "version", ["1: 13 files\nEvery byte is as released.\x1b[8m", "1. Every byte is as released", "²", ""]
)
def test_a_forged_file_writes_no_verdict_of_its_own(file: Path, version: str, capsys: Any) -> None:
    files = unpacked(file.read_bytes())
    told = json.loads(files[DESCRIPTOR])
    files[DESCRIPTOR] = json.dumps(told | {"version": version}).encode()
    file.write_bytes(packed(files | {SUMS: sums({n: t for n, t in files.items() if n != SUMS})}, DAY))
    assert main([str(file), "0" * 64]) == 1
    said = capsys.readouterr().out
    assert ("as released" in said, said.count("\n")) == (False, 1)


def test_names_in_a_forged_file_are_printed_on_one_line(file: Path, capsys: Any) -> None:
    files = unpacked(file.read_bytes())
    files[SUMS] += b"0" * 64 + "  \x1b[2JEvery byte is as released.\u202e".encode()
    file.write_bytes(packed(files, DAY))
    assert main([str(file)]) == 1
    assert "\n\\x1b[2JEvery byte is as released.\\u202e is missing\n" in capsys.readouterr().out


def test_what_is_packed_tightly_is_no_release(file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(SUMS, b"0" * 1_000_000)
    assert "no release is" in verify_package(file).problems[0]


def test_command_fails_on_another_hash(file: Path) -> None:
    with pytest.raises(CommandError, match="hashes to"):
        call_command("verify_release", str(file), sha256="0" * 64, stdout=io.StringIO())


def test_command_makes_a_first_release_once() -> None:
    make_entry()
    for _ in range(2):
        call_command("release", if_none=True, stdout=io.StringIO())
    assert [(one.number, str(one.day)) for one in Release.objects.all()] == [
        (2, "2026-11-30"),
        (1, "2026-11-22"),
    ]


def test_file_and_its_checksum_are_served_as_frozen(client: Client, first: Release) -> None:
    base = first.get_absolute_url()
    assert client.get(f"{base}{first.file_name}").content == bytes(first.package)
    assert client.get(f"{base}SHA256SUMS").content.decode() == f"{first.sha256}  {first.file_name}\n"
    assert client.get(f"{base}baimo-2-2026-11-22.zip").status_code == 404


def test_whole_files_take_no_parameter(client: Client, first: Release) -> None:
    data = [f"/data/{name}" for name in ("baimo.zip", "datapackage.json", "data/models.csv")]
    for path in [*data, f"/releases/1/{first.file_name}"]:
        answer = client.get(f"{path}?sector=finance", headers={"accept-language": "en"})
        assert (answer.status_code, "There is no parameter “sector”." in answer.content.decode()) == (
            400,
            True,
        )


@pytest.mark.parametrize("prefix", ["/zh", "/en"])
def test_pages_list_releases_with_what_changed(client: Client, first: Release, prefix: str) -> None:
    make_entry("盘古")
    make_claim(first_entry := Entry.objects.get(slug="wenxinyiyan"), Field.OPENNESS, token="closed")
    settle([first_entry])
    second = make_release(day=DAY)
    assert (
        "<code>openness</code> <del>–</del> → <ins>closed</ins>"
        in client.get("/en/releases/2/").content.decode()
    )
    assert "+1 ±1 −0" in client.get(f"{prefix}/releases/").content.decode()
    page = client.get(f"{prefix}/releases/2/").content.decode()
    assert (second.sha256 in page, "pangu" in page) == (True, True)
