"""Shared parts of the curators' forms: labels, date ranges, and quotations located in articles."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from models_catalog.history.rows import text_of
from models_catalog.intake.articles.places import NotFound, is_at_hand, locate
from models_catalog.intake.fixtures.files import Refused, days
from models_catalog.models import Source
from models_catalog.models.ranges import days_of
from models_catalog.models.vocabulary import Basis
from models_catalog.text.web import MAX_PAGE, is_web_page


class SentenceCase(forms.BaseForm):
    """A form with capitalised labels; the same words are used in lower case as column names."""

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = capfirst(field.label) if field.label else field.label


def call_by_label(field: Any) -> Any:
    """Make a choice of rows show their names in the reader's language; return any other field unchanged."""
    if isinstance(field, forms.ModelChoiceField):
        field.label_from_instance = partial(text_of, None)  # type: ignore[method-assign]  # this field only
    return field


class DaysField(forms.CharField):
    """A day, month or year (`2023-04-16`, `2023-04`, `2023`), or two separated by `/`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value: Any) -> DateRange | None:
        words = super().to_python(value)
        if not words:
            return None
        try:
            return days(words, str(self.label or "days"))
        except Refused as error:
            raise ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, DateRange):
            return value
        found = days_of(value)
        first, last = found.first.isoformat(), found.last.isoformat()
        return first if first == last else f"{first}/{last}"

    def run_validators(self, value: Any) -> None:
        """Skip the text validators: `to_python` validates the interval."""


WEB_ADDRESS = _(
    "Give an address such as https://example.org/page: no user name in it, and a host in Latin letters (xn--…)."
)


class WebPageField(forms.CharField):
    """The address of a web page that is a source, or empty."""

    def __init__(self) -> None:
        super().__init__(
            label=_("address on the web"), max_length=MAX_PAGE, required=False, help_text=_("The server never fetches it."),
        )  # fmt: skip

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not is_web_page(value):
            raise ValidationError(WEB_ADDRESS)


class Placed(forms.BaseForm):
    """A form with the columns of `Located`, `basis` and the reasons."""

    def clean_words(self, cleaned: dict[str, Any]) -> None:
        """Locate the words in the article; check that basis, source and reasons are consistent."""
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
        reason = cleaned.get("reason_zh") or cleaned.get("reason_en") or ""
        if basis != Basis.STATED and not reason:
            self.add_error("reason_zh", _("Say why."))
        cleaned["reason_zh"], cleaned["reason_en"] = reason, cleaned.get("reason_en") or reason

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        source, words = cleaned.get("source"), cleaned.get("quotation") or ""
        if source is None:
            return
        if not words:
            self.add_error("quotation", _("Say where the words are."))
            return
        cleaned["stated"] = cleaned.get("stated") or words
        if cleaned["stated"] not in words:
            self.add_error("stated", _("These words are not within the quotation."))
        if not is_at_hand(source):
            cleaned.update(self._place_before(source, words))
        elif line := cleaned.get("line"):
            try:
                cleaned["start"], cleaned["end"] = locate(source, line, words) or (None, None)
            except NotFound as error:
                self.add_error("quotation", str(error))
        else:
            self.add_error("line", _("Say where the words are."))

    def _place_before(self, source: Source, words: str) -> dict[str, int | None]:
        """The place of a quotation that is as it was when it was checked; else none, which tells readers that it is unchecked."""
        row: Any = getattr(self, "instance", None)
        is_as_it_was = row is not None and row.source_id == source.pk and row.quotation == words
        return {name: getattr(row, name) if is_as_it_was else None for name in ("line", "start", "end")}
