"""Read an upload in a child process, so that no file can cost the site more than a few seconds.

The child sets its own limits (`child`); this module starts it, sends the file and reads the answer.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

from models_catalog.intake.tables.rows import MAX_BYTES, ReadFile, Unreadable
from models_catalog.intake.tables.rows import gettext_noop as _

logger = logging.getLogger(__name__)

MEMORY_BYTES = 256_000_000
SECONDS = 10
_HOME = Path(__file__).resolve().parents[3]
_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
"""Environment variables that the child gets: none of the site's secrets."""


def read_upload(name: str, content: bytes) -> tuple[str, str]:
    """Return the file as text with one row per line, and its encoding. Raises `Unreadable`."""
    found = read_file(name, content)
    return found.text, found.encoding


def read_file(name: str, content: bytes, sheet: str = "", headings: frozenset[str] = frozenset()) -> ReadFile:
    """Return `files.file_of` run under time and memory limits.

    Raises `Unreadable`, also if the child exceeded its limits.
    """
    if len(content) > MAX_BYTES:  # not worth starting a process
        raise Unreadable(_("the file has more than %(most)s bytes"), most=f"{MAX_BYTES:,}")
    asked = json.dumps([name, sheet, sorted(headings)])
    answer = _answer_of_child(asked.encode() + b"\n" + content)
    said, _line_feed, text = answer.partition(b"\n")
    found = json.loads(said)
    if "refused" in found:
        raise Unreadable(found["refused"], **found["values"])
    return ReadFile(text.decode(), **found)


def _answer_of_child(question: bytes) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "models_catalog.intake.tables.child"],
            input=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            cwd=_HOME,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        logger.warning("Reading an upload came to no end: %s", error)
        raise too_costly() from error
    return done.stdout


def too_costly() -> Unreadable:
    return Unreadable(
        _("reading the file takes more than %(seconds)s seconds or %(size)s MB: it was stopped"),
        seconds=str(SECONDS),
        size=str(MEMORY_BYTES // 1_000_000),
    )
