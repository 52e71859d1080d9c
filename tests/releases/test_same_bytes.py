"""A release has the same bytes wherever it is made, and is checked wherever it is taken to."""

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from models_catalog.intake.fixtures.claims import REVIEWED
from models_catalog.intake.fixtures.load import load_fixtures
from models_catalog.models import EVENT_MODELS, Claim, Release
from models_catalog.publish.releases.edition import Edition
from models_catalog.publish.releases.freeze import day_of_the_data, make_release
from models_catalog.publish.releases.package import members, packed
from models_catalog.publish.releases.verify import __file__ as verifier
from tests.factories import make_entry
from tests.needs import SHA256SUM
from tests.processes import clean
from tests.served import empty_the_catalog

EDITION = Edition(1, date(2026, 11, 22))
MAKE = (
    "import django, hashlib, datetime; django.setup();"
    "from models_catalog.publish.releases.package import *;"
    "e = Edition(1, datetime.date(2026, 11, 22));"
    "print(hashlib.sha256(packed(members(e), e.day)).hexdigest())"
)
ELSEWHERE = [
    {"TZ": "America/Los_Angeles", "LANG": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "Pacific/Kiritimati", "LANG": "zh_CN.UTF-8", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4711"},
    {"TZ": "", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONHASHSEED": "0", "PYTHONOPTIMIZE": "1"},
]


@pytest.fixture(scope="module")
def curated(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[bytes]:
    """The curated registry, committed, as the package of this process."""
    with django_db_blocker.unblock():
        load_fixtures(settings.CATALOG_FIXTURES_DIR)
        yield packed(members(EDITION), EDITION.day)
        empty_the_catalog()


@pytest.mark.django_db
def test_first_release_has_the_day_of_the_decisions(curated: bytes) -> None:
    """Not that of loading the fixtures, on which the name and the bytes would depend."""
    Claim.objects.update(created_at=timezone.now() + timedelta(days=9))
    assert day_of_the_data() == date.fromisoformat(REVIEWED)


def address() -> str:
    """Of the tests' own database, for another process."""
    known = connection.settings_dict
    host = str(known["HOST"]).replace("/", "%2F")
    user = f"{known['USER']}:{known['PASSWORD']}@" if known["USER"] else ""
    return f"postgresql://{user}{host}{':' if known['PORT'] else ''}{known['PORT']}/{known['NAME']}"


@pytest.mark.server
@pytest.mark.django_db
@pytest.mark.parametrize("place", ELSEWHERE, ids=lambda place: place["TZ"] or "nowhere")
def test_another_machine_makes_the_same_bytes(curated: bytes, tmp_path: Path, place: dict[str, str]) -> None:
    own = {"DJANGO_SETTINGS_MODULE": "registry.settings", "SECRET_KEY": "x" * 50, "DATABASE_URL": address()}
    environment = clean(**own) | place
    made = subprocess.run(
        [sys.executable, "-c", MAKE], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )  # fmt: skip
    (tmp_path / "x.zip").write_bytes(curated)
    told = subprocess.run([sys.executable, verifier, "x.zip", made.stdout.strip()], cwd=tmp_path, check=False)
    assert told.returncode == 0


@pytest.mark.django_db
def test_rows_that_lie_otherwise_make_the_same_bytes(curated: bytes) -> None:
    chance = random.Random(7)
    with connection.cursor() as cursor:
        for model in EVENT_MODELS:
            keys = list(model.objects.values_list("pk", flat=True))
            chance.shuffle(keys)
            for key in keys[: len(keys) // 2]:
                # Written anew it lies last in its table, and a plan that reads it whole meets it last.
                cursor.execute(f"UPDATE {model._meta.db_table} SET id = id WHERE id = %s", [key])
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    assert packed(members(EDITION), EDITION.day) == curated


@pytest.mark.django_db
def test_the_reader_of_the_moment_changes_nothing(curated: bytes, client: Client) -> None:
    for language in ("en", "zh"):
        client.get(f"/{language}/data/")
        assert packed(members(EDITION), EDITION.day) == curated


# --- Checked anywhere --------------------------------------------------------------------------------------------------


@pytest.fixture
def taken(db: None, client: Client, tmp_path: Path) -> Release:
    """A release, its checksum and the program that checks it, in a folder that knows nothing else."""
    make_entry(parameters="2600亿")
    release = make_release(day=EDITION.day)
    base = release.get_absolute_url()
    for name, path in (("SHA256SUMS", base), (release.file_name, base), ("verify.py", "/releases/")):
        (tmp_path / name).write_bytes(client.get(f"{path}{name}").content)
    return release


def checked(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """By a Python that has nothing but its standard library."""
    command = [sys.executable, "-I", "-S", "verify.py", *words]
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, check=False)


def test_python_alone_checks_a_release(taken: Release, tmp_path: Path) -> None:
    done = checked(tmp_path, taken.file_name, taken.sha256)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Every byte is as released.")


def test_python_alone_takes_the_published_checksums(taken: Release, tmp_path: Path) -> None:
    assert checked(tmp_path, taken.file_name, "SHA256SUMS").stdout.endswith("Every byte is as released.\n")


def test_python_alone_notices_another_byte(taken: Release, tmp_path: Path) -> None:
    content = bytearray(bytes(taken.package))
    content[len(content) // 2] ^= 1
    (tmp_path / taken.file_name).write_bytes(content)
    assert checked(tmp_path, taken.file_name).returncode == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [(["none.zip"], 2), ([], 2), (["verify.py"], 1), (["SHA256SUMS", "x"], 2), (["a", "b", "c"], 2)],
)
def test_python_alone_says_what_is_no_release(
    taken: Release, tmp_path: Path, words: list[str], code: int
) -> None:
    done = checked(tmp_path, *words)
    assert (done.returncode, done.stderr) == (code, "")


@SHA256SUM.mark
def test_sha256sum_checks_a_release_outside_and_inside(taken: Release, tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    shutil.unpack_archive(tmp_path / taken.file_name, inside)
    for folder, files in ((tmp_path, 1), (inside, 12)):
        done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=False)
        assert (done.returncode, done.stdout.count(b": OK")) == (0, files)


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["/zh", "/en"])
def test_the_page_says_how_with_addresses_that_work(taken: Release, client: Client, prefix: str) -> None:
    page = client.get(f"{prefix}/releases/1/").content.decode()
    told = [line.split()[-1] for line in page.splitlines() if "curl -O http" in line]
    assert [client.get(one).status_code for one in told] == [200, 200, 200]
    assert f"python3 verify.py {taken.file_name} {taken.sha256}" in page
