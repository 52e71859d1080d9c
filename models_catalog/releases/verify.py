"""Checking a package byte for byte, with nothing but the file."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from models_catalog.releases.package import DESCRIPTOR, SUMS

MAX_BYTES = 2_000_000_000
"""Of all files unpacked: more than this is no release of ours."""


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
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
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
