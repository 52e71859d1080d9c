"""Forms about words of an article: where they are, and on what basis a value rests on them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from models_catalog.ingest.locate import NotFound, locate
from models_catalog.models.vocabulary import Basis


class Placed(forms.BaseForm):
    """A form with the columns of `Located`, `basis` and the reasons."""

    def clean_words(self, cleaned: dict[str, Any]) -> None:
        """Find the words in the article; hold basis, source and reasons against each other."""
        self._clean_basis(cleaned)
        self._clean_place(cleaned)

    def _clean_basis(self, cleaned: dict[str, Any]) -> None:
        basis = cleaned.get("basis")
        if basis == Basis.CURATOR:
            cleaned.update(
                dict.fromkeys(("source", "line", "start", "end"))
                | dict.fromkeys(("quotation", "stated", "gloss_en"), "")
            )
        elif not cleaned.get("source"):
            self.add_error("source", _("Only curators' knowledge has no source."))
        if basis != Basis.STATED and not (cleaned.get("reason_zh") and cleaned.get("reason_en")):
            self.add_error("reason_zh", _("Say why, in both languages."))

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        source, line, words = cleaned.get("source"), cleaned.get("line"), cleaned.get("quotation") or ""
        if source is None:
            return
        if not line or not words:
            self.add_error("quotation" if line else "line", _("Say where the words stand."))
            return
        cleaned["stated"] = cleaned.get("stated") or words
        if cleaned["stated"] not in words:
            self.add_error("stated", _("These words are not within the quotation."))
        try:
            found = locate(source, line, words)
        except NotFound as error:
            self.add_error("quotation", str(error))
            return
        if found is not None:
            cleaned["start"], cleaned["end"] = found
        if cleaned.get("start") is None or cleaned.get("end") is None or cleaned["end"] <= cleaned["start"]:
            self.add_error(
                "start", _("The article is not at hand: give start and end of the words in the line.")
            )
