"""Where the words of a claim from a table stand, checked against the article where it is at hand."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from models_catalog.ingest.claim_words import Cells, number_in
from models_catalog.ingest.fixture_files import Refused
from models_catalog.ingest.locate import article_lines
from models_catalog.ingest.table_columns import ClaimColumn
from models_catalog.models import Source
from models_catalog.models.source import QUOTATION_LENGTH
from models_catalog.text.names import fold
from models_catalog.text.repair import repair


class Places:
    """The articles, each read once."""

    def __init__(self) -> None:
        self._lines: dict[int, list[str] | None] = {}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Each source by its slug, its file and its titles."""
        return {
            name: source
            for source in Source.objects.all()
            for name in (source.slug, source.file_name, fold(source.name_zh), fold(source.name_en))
        }

    def source(self, words: str) -> Source:
        found = self.sources.get(words) or self.sources.get(fold(words))
        if found is None:
            raise Refused(_("there is no source “%(words)s”") % {"words": words[:60]})
        return found

    def place(self, cells: Cells) -> dict[str, Any]:
        """The columns of a claim's place. Raises `Refused`."""
        source, line = self.source(cells[ClaimColumn.SOURCE]), number_in(cells, ClaimColumn.LINE)
        quotation = cells.get(ClaimColumn.QUOTATION, "")
        stated = cells.get(ClaimColumn.STATED, "") or quotation
        if not line or not quotation:
            raise Refused(_("a claim on a source gives line and quotation"))
        if len(quotation) > QUOTATION_LENGTH:
            raise Refused(
                _("the quotation has %(length)s characters, at most %(most)s are kept")
                % {"length": len(quotation), "most": QUOTATION_LENGTH}
            )
        if stated not in quotation:
            raise Refused(_("“%(words)s” is not within the quotation") % {"words": stated[:40]})
        start, end = number_in(cells, ClaimColumn.START), number_in(cells, ClaimColumn.END)
        start, end = self._checked(source, line, start, end, quotation)
        return {
            "source": source, "line": line, "start": start, "end": end, "quotation": quotation, "stated": stated,
        }  # fmt: skip

    def _checked(
        self, source: Source, line: int, start: int | None, end: int | None, quotation: str
    ) -> tuple[int, int]:
        """Start and end of the quotation, as given if it stands there, else where it is found in the line."""
        lines = self._of(source)
        if lines is None:
            if start is None or end is None or end <= start:
                raise Refused(_("the article is not at hand: give start and end of the words in the line"))
            return start, end
        if line > len(lines):
            raise Refused(_("the article has %(n)s lines") % {"n": len(lines)})
        raw = lines[line - 1]
        if start is not None and end is not None:
            if repair(raw[start:end]).text != quotation:
                raise Refused(_("the quotation does not stand at that place"))
            return start, end
        repaired = repair(raw)
        place = repaired.text.find(quotation)
        if place < 0:
            raise Refused(_("the quotation does not stand in that line"))
        return repaired.raw_span(place, place + len(quotation))

    def _of(self, source: Source) -> list[str] | None:
        if source.pk not in self._lines:
            self._lines[source.pk] = article_lines(source)
        return self._lines[source.pk]
