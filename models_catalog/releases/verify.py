"""Checking a package of Baimo byte for byte. It needs nothing but this file and Python:

python3 verify.py baimo-1-2026-11-22.zip [the SHA-256 that the whole must have]
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
"""Of all files unpacked: more than this is no release of ours."""

BROKEN = (
    KeyError, TypeError, ValueError, EOFError, RuntimeError, struct.error, zlib.error, zipfile.BadZipFile,
)  # fmt: skip
"""What a file that is no package makes of reading it; RuntimeError for encryption and compression that nobody asked for."""


@dataclass
class Verdict:
    """What a package is and what is wrong with it."""

    sha256: str
    version: str = ""
    files: int = 0
    rows: int = 0
    problems: list[str] = field(default_factory=list)


def verify_package(path: Path) -> Verdict:
    """Hold every file of the zip at `path` against its checksum and its descriptor. Raises `OSError` if it cannot be read."""
    content = path.read_bytes()
    verdict = Verdict(sha256=sha256(content).hexdigest())
    try:
        files = _files(path)
        sums = _sums(files[SUMS])
        descriptor = json.loads(files[DESCRIPTOR])
        verdict.version = str(descriptor["version"])
        verdict.files = len(files)
        verdict.problems += [*_wrong_sums(files, sums), *_wrong_resources(files, descriptor)]
        verdict.rows = sum(text.count(b"\n") - 1 for name, text in files.items() if name.endswith(".csv"))
    except BROKEN as error:
        verdict.problems.append(f"this is no package of the registry: {error!r}")
    return verdict


def _files(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        if sum(one.file_size for one in archive.infolist()) > MAX_BYTES:
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
    """Say what a file is; 0 if every byte is as released."""
    if len(arguments) not in (1, 2):
        sys.stdout.write(f"{__doc__}\n")
        return 2
    try:
        verdict = verify_package(Path(arguments[0]))
    except OSError as error:
        sys.stdout.write(f"{arguments[0]} cannot be read: {error}\n")
        return 2
    if arguments[1:] and arguments[1].lower() != verdict.sha256:
        verdict.problems.append("the whole is not what you expect")
    lines = [
        f"{verdict.sha256}  {arguments[0]}",
        f"release {verdict.version}: {verdict.files} files, {verdict.rows} rows",
    ]
    lines += verdict.problems or ["Every byte is as its checksums say."]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if verdict.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
