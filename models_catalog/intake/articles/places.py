"""Where words stand in an article, and the line around them, so that a curator need not count characters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from models_catalog.intake.articles.text import Article, text_of
from models_catalog.models import Claim, Source, SourceText
from models_catalog.text.repair import repair


class NotFound(ValueError):
    """The words do not stand there; the message says why."""


def kept_article(source: Source) -> Article | None:
    """The text that is kept for curators, else the file in `CATALOG_SOURCES_DIR`; None where neither is at hand."""
    kept = SourceText.objects.filter(source=source).first()
    if kept:
        return Article(kept.text, kept.encoding, source.sha256)
    folder = settings.CATALOG_SOURCES_DIR
    path = Path(folder or "/") / Path(source.file_name).name
    if not folder or not path.is_file():
        return None
    return Article(text_of(path.read_bytes()), "utf-8", source.sha256)


def keep_text(source: Source, article: Article) -> None:
    """Keep the text of `source` for curators, where the settings let it; the same text is kept once."""
    if settings.KEEP_SOURCE_TEXTS and article.sha256 == source.sha256:
        SourceText.objects.get_or_create(
            source=source, defaults={"text": article.text, "encoding": article.encoding}
        )


def article_lines(source: Source) -> list[str] | None:
    """The article's lines as they were found; None where the text is not at hand."""
    article = kept_article(source)
    return None if article is None else article.text.split("\n")


def raw_line(source: Source, line: int) -> str | None:
    """One of these lines, counted from 1."""
    lines = article_lines(source)
    if lines is None:
        return None
    if not 1 <= line <= len(lines):
        raise NotFound(_("The article has %(count)s lines.") % {"count": len(lines)})
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
        raise NotFound(_("These words do not stand in that line."))
    return repaired.raw_span(place, place + len(words))


AROUND = 40
"""Characters shown before and after the words."""


@dataclass(frozen=True)
class Surroundings:
    """A quotation with what stands before and after it; `stated` is the part that states the value."""

    before: str
    quoted_before: str
    stated: str
    quoted_after: str
    after: str


def surroundings(claims: Iterable[Claim]) -> dict[int, Surroundings]:
    """Of each claim whose article is at hand and still holds its words, by its id; each article is read once."""
    articles: dict[int, list[str] | None] = {}
    found = {}
    for claim in claims:
        if claim.source is None:
            continue
        if claim.source.pk not in articles:
            articles[claim.source.pk] = article_lines(claim.source)
        lines = articles[claim.source.pk] or []
        if claim.line and claim.line <= len(lines):
            within = _within(lines[claim.line - 1], claim)
            if within:
                found[claim.pk] = within
    return found


def _within(raw: str, claim: Claim) -> Surroundings | None:
    """The words of `claim` in the repaired line, at the very place that the claim gives."""
    start, end = claim.start or 0, claim.end or 0
    before = repair(raw[max(0, start - 5 * AROUND) : start]).text
    after = repair(raw[end - 1 : end + 5 * AROUND]).text[1:]  # dirt is told by the character before it
    if repair(raw[start:end]).text != claim.quotation:
        return None
    quoted_before, stated, quoted_after = claim.quotation.partition(claim.stated)
    cut_before = "…" * (len(before) > AROUND)
    cut_after = "…" * (len(after) > AROUND)
    return Surroundings(
        cut_before + before[-AROUND:], quoted_before, stated, quoted_after, after[:AROUND] + cut_after
    )
