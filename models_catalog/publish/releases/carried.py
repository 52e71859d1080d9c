"""Releases shipped with the fixtures as the original bytes: `fixtures/releases/` and its SHA256SUMS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from models_catalog.models import Release
from models_catalog.publish.releases.edition import Edition
from models_catalog.publish.releases.freeze import counts_of, differences, unpacked
from models_catalog.publish.releases.package import members
from models_catalog.publish.releases.verify import SUMS, verify_package

LINE = re.compile(r"([0-9a-f]{64})  (baimo-(\d{1,6})-(\d{4}-\d\d-\d\d)\.zip)")


class Uncarried(ValueError):
    """A shipped release is missing or does not match its checksum."""


@dataclass(frozen=True)
class Carried:
    """A release in the folder whose bytes match its checksum."""

    number: int
    day: date
    sha256: str
    path: Path

    @property
    def line(self) -> str:
        return f"{self.sha256}  {self.path.name}\n"


def carried(folder: Path) -> list[Carried]:
    """The releases listed in SHA256SUMS, from 1 without a gap; [] without the list. Raises `Uncarried`."""
    if not (folder / SUMS).exists():
        return []
    lines = (folder / SUMS).read_text("utf-8").splitlines()
    found = sorted((_checked(folder, line) for line in lines), key=lambda one: one.number)
    if [one.number for one in found] != list(range(1, len(found) + 1)):
        raise Uncarried(f"{SUMS} must list the releases from 1 on, each once.")
    return found


@transaction.atomic
def install_carried(folder: Path) -> list[Release]:
    """Store each shipped release that this registry lacks, byte for byte. Returns the new ones.

    If the registry has made other releases under any of these numbers, it keeps them and gets none: a release never
    changes.
    """
    releases = carried(folder)
    known = dict(Release.objects.values_list("number", "sha256"))
    if any(known.get(one.number, one.sha256) != one.sha256 for one in releases):
        return []
    return [_stored(one, newest=releases[-1]) for one in releases if one.number not in known]


def carry(release: Release, folder: Path) -> Path:
    """Write a release into the folder and its SHA256SUMS. Raises `Uncarried` if another one has its number there."""
    others = carried(folder)
    own = Carried(release.number, release.day, release.sha256, folder / release.file_name)
    if release.number > len(others) + 1:
        raise Uncarried(f"Release {len(others) + 1} is not carried yet: begin with it.")
    if release.number <= len(others) and others[release.number - 1] != own:
        raise Uncarried(f"{others[release.number - 1].path.name} is carried already, with other bytes.")
    folder.mkdir(exist_ok=True)
    own.path.write_bytes(bytes(release.package))
    (folder / SUMS).write_text("".join(dict.fromkeys(one.line for one in [*others, own])), "utf-8")
    return own.path


def _checked(folder: Path, line: str) -> Carried:
    parts = LINE.fullmatch(line)
    if parts is None:
        raise Uncarried(f"{SUMS}: {line!r} is not a checksum and the name of a release.")
    sha, name, number, day = parts.groups()
    try:
        verdict = verify_package(folder / name)
        found = Carried(int(number), date.fromisoformat(day), sha, folder / name)
    except (OSError, ValueError) as error:
        raise Uncarried(f"{name} cannot be read: {error}") from error
    if verdict.sha256 != sha:
        raise Uncarried(f"{name} hashes to {verdict.sha256}, not to {sha} as {SUMS} says.")
    if verdict.problems or verdict.version != number:
        raise Uncarried(f"{name} is not release {number}: {'; '.join(verdict.problems) or verdict.version}")
    return found


def _stored(one: Carried, newest: Carried) -> Release:
    package = one.path.read_bytes()
    files = unpacked(package)
    last = Release.objects.filter(number=one.number - 1).first()
    # The newest release counts as the current state only if the registry holds exactly its rows; otherwise its state
    # is older than this database.
    is_present = one == newest and not differences(files, members(Edition(one.number, one.day)))
    midnight = timezone.make_aware(datetime.combine(one.day, time.min))
    return Release.objects.create(
        number=one.number,
        day=one.day,
        sha256=one.sha256,
        size=len(package),
        counts=counts_of(files),
        changes=differences(unpacked(bytes(last.package)), files) if last else {},
        package=package,
        created_at=timezone.now() if is_present else midnight,
    )
