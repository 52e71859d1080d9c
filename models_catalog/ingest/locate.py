"""Finding where words stand in an article, so that a curator need not count characters."""

from pathlib import Path

from django.conf import settings

from models_catalog.ingest.article_file import text_of
from models_catalog.models import Source
from models_catalog.text.repair import repair


class NotFound(ValueError):
    """The words do not stand there; the message says why."""


def article_lines(source: Source) -> list[str] | None:
    """The article's lines as they were found; None where the text is not at hand."""
    folder = settings.CATALOG_SOURCES_DIR
    path = Path(folder or "/") / Path(source.file_name).name
    if not folder or not path.is_file():
        return None
    return text_of(path.read_bytes()).split("\n")


def raw_line(source: Source, line: int) -> str | None:
    """One of these lines, counted from 1."""
    lines = article_lines(source)
    if lines is None:
        return None
    if not 1 <= line <= len(lines):
        raise NotFound(f"the article has {len(lines)} lines")
    return lines[line - 1]


def locate(source: Source, line: int, words: str) -> tuple[int, int] | None:
    """Start and end of `words` in the raw line, by what stands there once repaired; None without the text.

    Raises `NotFound` if the line does not hold them.
    """
    raw = raw_line(source, line)
    if raw is None:
        return None
    repaired = repair(raw)
    place = repaired.text.find(words)
    if place < 0 or not words:
        raise NotFound("these words do not stand in that line")
    return repaired.raw_span(place, place + len(words))
