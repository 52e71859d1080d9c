"""Superscripts in a list: which articles a cell stands on."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from models_catalog.models.vocabulary import Basis
from models_catalog.queries.catalog import Mark

CLASSES = {Basis.INFERRED: " mark--inferred", Basis.CURATOR: " mark--curator"}

JOINED = "\u2060"
"""The word joiner: marks stay on the line of the value that they belong to."""


def marks(by_column: Mapping[str, Sequence[Mark]], column: str, url: str) -> SafeString | str:
    """The marks of one cell of a row; each leads to its claim on the entry's page, `url`."""
    found = by_column.get(column)
    if not found:
        return ""
    language, address = get_language() or "", conditional_escape(url)
    links = [f"{before}{address}{after}" for before, after in (_mark(one, language) for one in found)]
    return SafeString(
        f'<sup class="marks">{JOINED}{"".join(links)}</sup>'
    )  # safe: every part is escaped markup


@lru_cache(maxsize=10_000)
def _mark(mark: Mark, _language: str) -> tuple[SafeString, SafeString]:
    """What stands before and after the page's address: a page has a hundred marks, of which most are alike."""
    kind = " mark--disputed" if mark.is_disputed else CLASSES.get(mark.basis, "")
    return (
        format_html('<a class="mark{}" href="', kind),
        format_html('#{}" title="{}">{}</a>', mark.key, mark.title, mark.text),
    )
