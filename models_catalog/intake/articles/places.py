"""Locates words in an article and gives the text around them, so that curators need not count characters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from models_catalog.intake.articles.text import Article, NotAnArticle, decoded
from models_catalog.models import Claim, ImportBatch, Source, SourceText
from models_catalog.text.repair import repair


class NotFound(ValueError):
    """The line or the words are not in the article; the message says which."""


def kept_article(source: Source) -> Article | None:
    """The text kept for curators, else the file in `CATALOG_SOURCES_DIR` with the source's SHA-256; None if there is
    neither: places in another text would be false.
    """
    kept = SourceText.objects.filter(source=source).first()
    if kept:
        return Article(kept.text, kept.encoding, source.sha256)
    return article_in_folder(source.file_name, source.sha256)


def article_in_folder(file_name: str, sha: str) -> Article | None:
    """The file in `CATALOG_SOURCES_DIR`, if it has that SHA-256."""
    folder = settings.CATALOG_SOURCES_DIR
    path = Path(folder or "/") / Path(file_name).name
    content = path.read_bytes() if folder and path.is_file() else b""
    if not content or sha256(content).hexdigest() != sha:
        return None
    try:
        return Article(*decoded(content), sha)
    except NotAnArticle:
        return None


def keep_text(source: Source, article: Article) -> None:
    """Store the text of `source` for curators, once, if `KEEP_SOURCE_TEXTS` is set and the SHA-256 matches."""
    if settings.KEEP_SOURCE_TEXTS and article.sha256 == source.sha256:
        SourceText.objects.get_or_create(
            source=source, defaults={"text": article.text, "encoding": article.encoding}
        )


def article_lines(source: Source) -> list[str] | None:
    """The article's raw lines; None without the text."""
    article = kept_article(source)
    return None if article is None else article.text.split("\n")


def is_at_hand(source: Source) -> bool:
    """Whether words can be checked against the text of `source`. Otherwise a claim on it has no place and is unchecked."""
    return lines_at_hand(source) is not None


def lines_at_hand(source: Source) -> list[str] | None:
    """The raw lines of an article, or of an imported table."""
    lines = article_lines(source)
    if lines is None and source.is_table and (batch := ImportBatch.objects.filter(source=source).first()):
        return batch.text.split("\n")
    return lines


def raw_line(source: Source, line: int) -> str | None:
    """A raw line, counted from 1; None without the text. Raises `NotFound` if there is no such line."""
    lines = lines_at_hand(source)
    if lines is None:
        return None
    if not 1 <= line <= len(lines):
        raise NotFound(_("The article has %(count)s lines.") % {"count": len(lines)})
    return lines[line - 1]


def locate(source: Source, line: int, words: str) -> tuple[int, int] | None:
    """Start and end of the first `words` in the repaired line, as offsets of the raw line; None without the text.

    Raises `NotFound` if there is no such line or it does not contain them.
    """
    raw = raw_line(source, line)
    if raw is None:
        return None
    repaired = repair(raw)
    place = repaired.text.find(words)
    if place < 0 or not words:
        raise NotFound(_("These words are not in that line."))
    return repaired.raw_span(place, place + len(words))


LONGEST_SPAN = 1_000
"""Characters of a raw line that a quotation may span: 24 of them, and the dirt between them."""


def quoted_at(raw: str, start: int, end: int) -> str:
    """The repaired text at a place of a raw line; "" if the place is too long for a quotation."""
    return repair(raw[start:end]).text if end - start <= LONGEST_SPAN else ""


AROUND = 40
"""Maximum number of characters shown before and after the quotation."""


@dataclass(frozen=True)
class Surroundings:
    """A quotation with the text before and after it; `stated` is the part that states the value."""

    before: str
    quoted_before: str
    stated: str
    quoted_after: str
    after: str


def surroundings(claims: Iterable[Claim]) -> dict[int, Surroundings]:
    """Claim id → surroundings, if the article is available and has the quotation there; reads each article once."""
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
    """The surroundings of a claim in its raw line; None if its quotation is not at its offsets."""
    start, end = claim.start or 0, claim.end or 0
    before = repair(raw[max(0, start - 5 * AROUND) : start]).text
    after = repair(raw[end - 1 : end + 5 * AROUND]).text[1:]  # repair needs the character before
    if quoted_at(raw, start, end) != claim.quotation:
        return None
    quoted_before, stated, quoted_after = claim.quotation.partition(claim.stated)
    cut_before = "…" * (len(before) > AROUND)
    cut_after = "…" * (len(after) > AROUND)
    return Surroundings(
        cut_before + before[-AROUND:], quoted_before, stated, quoted_after, after[:AROUND] + cut_after
    )
