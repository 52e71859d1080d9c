"""Verify a package of Baimo byte for byte. Needs only this file and Python:

python3 verify.py baimo-1-2026-11-22.zip [the expected SHA-256 of the whole file, or a SHA256SUMS file that lists it]

Without that hash, which /releases/ publishes, a file can only be checked against itself: a forger can rewrite its
checksums too.
"""

from __future__ import annotations

import json
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

DESCRIPTOR, SUMS = "datapackage.json", "SHA256SUMS"

MAX_BYTES = 2_000_000_000
"""Limit for all files unpacked; no release is larger."""

MAX_PROBLEM = 300
"""Characters of a problem that are printed: it names what the file says."""

BROKEN = (
    KeyError, TypeError, ValueError, EOFError, RuntimeError, struct.error, zlib.error, zipfile.BadZipFile,
)  # fmt: skip
"""Errors from reading a file that is no package; RuntimeError for encryption and unsupported compression."""


@dataclass
class PackageVerdict:
    """The identity of a package, and the problems found in it."""

    sha256: str
    version: str = ""
    files: int = 0
    rows: int = 0
    problems: list[str] = field(default_factory=list)
    is_package: bool = True

    @property
    def lines(self) -> list[str]:
        """A summary; empty for a file that is no package."""
        if not self.is_package:
            return []
        return [f"release {self.version}: {self.files} files, {self.rows} rows"]


def verify_package(path: Path) -> PackageVerdict:
    """Check every file of the zip at `path` against its checksum and the descriptor. OSError if it cannot be read."""
    content = path.read_bytes()
    verdict = PackageVerdict(sha256=sha256(content).hexdigest())
    try:
        files = _files(path)
        sums = _sums(files[SUMS])
        descriptor = json.loads(files[DESCRIPTOR])
        verdict.version = _version(descriptor)
        verdict.files = len(files)
        verdict.problems += map(_legible, (*_wrong_sums(files, sums), *_wrong_resources(files, descriptor)))
        verdict.rows = sum(text.count(b"\n") - 1 for name, text in files.items() if name.endswith(".csv"))
    except BROKEN as error:
        verdict.is_package = False
        verdict.problems.append(f"this is no package of the registry: {error!r}")
    return verdict


def only_itself(verdict: PackageVerdict) -> str:
    """The result for a file without an expected hash."""
    return (
        "The file agrees with itself, which a forged one does too: compare its SHA-256 with the one published at "
        f"/releases/{verdict.version}/"
    )


def published(name: str, sums: str) -> str:
    """The hash of the file `name` in the text of a SHA256SUMS. ValueError if it is not listed."""
    for line in sums.splitlines():
        digest, _blanks, named = line.partition("  ")
        if named.strip().rpartition("/")[2] == name:
            return digest.strip().lower()
    raise ValueError(f"{name} is not in the checksums")


def _legible(problem: str) -> str:
    """The problem on one line and without signs that no one sees, by which a forged file could write a verdict of its own."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in problem[:MAX_PROBLEM])


def _version(descriptor: dict[str, Any]) -> str:
    """The number of the release, or `current`. ValueError for any other text."""
    version = str(descriptor["version"])
    if version != "current" and not (version.isascii() and version.isdecimal() and len(version) < 7):
        raise ValueError("it gives no number of a release")
    return version


def _files(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if any(one.compress_type != zipfile.ZIP_STORED for one in members):
            raise ValueError("it is compressed, and no release is")
        if sum(one.file_size for one in members) > MAX_BYTES:
            raise ValueError("it unpacks to more than any release")
        names = archive.namelist()
        if len(names) != len(set(names)):
            raise ValueError("a file is in it twice")
        return {name: archive.read(name) for name in names}


def _sums(text: bytes) -> dict[str, str]:
    lines = (line.split("  ", 1) for line in text.decode().splitlines())
    return {name: digest for digest, name in lines}


def _wrong_sums(files: dict[str, bytes], sums: dict[str, str]) -> Iterator[str]:
    for name in sorted(sums.keys() - files.keys()):
        yield f"{name} is missing"
    for name in sorted(files.keys() - sums.keys() - {SUMS}):
        yield f"{name} has no checksum"
    for name in sorted(files.keys() & sums.keys()):
        if sha256(files[name]).hexdigest() != sums[name]:
            yield f"{name} is not what its checksum says"


def _wrong_resources(files: dict[str, bytes], descriptor: dict[str, Any]) -> Iterator[str]:
    for resource in descriptor["resources"]:
        content = files.get(resource["path"])
        if content is None:
            yield f"{resource['path']} is described but missing"
        elif (len(content), f"sha256:{sha256(content).hexdigest()}") != (resource["bytes"], resource["hash"]):
            yield f"{resource['path']} is not what {DESCRIPTOR} says"


def main(arguments: list[str]) -> int:
    """Print the verdict. Returns 0 if the file is as expected (or consistent, without an expected hash), 1 if not, 2 if
    it cannot be checked.
    """
    if len(arguments) not in (1, 2):
        sys.stdout.write(f"{__doc__}\n")
        return 2
    path = Path(arguments[0])
    try:
        expected = _expected(path, arguments[1]) if arguments[1:] else ""
        verdict = verify_package(path)
    except (OSError, ValueError) as error:
        sys.stdout.write(f"{path} cannot be checked: {error}\n")
        return 2
    if verdict.is_package and expected and expected != verdict.sha256:
        verdict.problems.append(f"the whole is not what was published: {expected}")
    good = "Every byte is as released." if expected else only_itself(verdict)
    heading = [f"{verdict.sha256}  {path}", *verdict.lines] if verdict.is_package else []
    sys.stdout.write("\n".join([*heading, *(verdict.problems or [good])]) + "\n")
    return 1 if verdict.problems else 0


def _expected(path: Path, given: str) -> str:
    """The expected hash: `given` itself, or the one that the SHA256SUMS file `given` lists for `path`."""
    is_hash = len(given) == 64 and not set(given.lower()) - set("0123456789abcdef")
    return given.lower() if is_hash else published(path.name, Path(given).read_text("utf-8"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
