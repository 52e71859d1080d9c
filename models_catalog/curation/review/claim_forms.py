"""Forms of a claim: its words and their place, from which the value is parsed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from models_catalog.curation.forms import DaysField, Placed, SentenceCase, call_by_label
from models_catalog.fields.describe import value_words
from models_catalog.fields.surfaces import surface
from models_catalog.history.rows import text_of
from models_catalog.intake.fixtures.files import Refused, by_hand
from models_catalog.intake.stated import is_table, states_value
from models_catalog.intake.values import NotStated, parse_event_days, parse_number
from models_catalog.models import Claim, Developer, Entry, Source
from models_catalog.models.claim_value import EARLIER, FORMS, TOKENS, value_columns
from models_catalog.models.vocabulary import (
    NUMBERS,
    Answer,
    Basis,
    EventKind,
    Field,
    Ruling,
    Shape,
    Status,
    Verdict,
)
from models_catalog.models.words import WordsInput
from models_catalog.text.names import TAKEN
from models_catalog.text.web import host_of

VALUES = ("text", "token", "event", "undated", "days", "low", "high", "developer", "sector", "parent")
_BY_HAND: Final = surface(
    "admin: claim form",
    dict.fromkeys(Shape, ()) | {Shape.EVENTS: ("event", "undated", "days"), Shape.NUMBER: ("low", "high")},
)
"""Inputs by shape, for values that are not entered into the claim's own columns."""
SHOWN = {of: _BY_HAND[of.shape] or value_columns(of) for of in Field}
"""Field → the inputs of its value."""


_FORM_LABELS = {Field.NAME: _("Form of the name"), Field.LINK: _("Kind of page")}
"""Fields with a text → the label of its form."""


class ReasonField(WordsInput):
    """A bounded text without `maxlength`: text that is too long is refused with a message, and kept for editing."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class ClaimForm(SentenceCase, Placed, forms.ModelForm[Claim]):
    """A claim about one field of one entry, both given with the instance."""

    token = forms.ChoiceField(label=_("value"))
    undated = forms.BooleanField(label=_("no date is stated"), required=False)
    days = DaysField(
        label=_("days"),
        required=False,
        help_text=_("Only if inferred or known: 2023-04-16, 2023-04 or 2023."),
    )
    low = forms.IntegerField(label=_("at least"), required=False, min_value=1, max_value=10**18)
    high = forms.IntegerField(
        label=_("at most"), required=False, min_value=1, max_value=10**18,
        help_text=_("Only if inferred or known; a stated size is read from its words."),
    )  # fmt: skip
    source = forms.ModelChoiceField(queryset=Source.objects.all(), required=False, label=_("source"))

    class Meta:
        model = Claim
        fields = [
            "answer", "text", "token", "event", "developer", "sector", "parent", "basis", "source", "line",
            "quotation", "stated", "start", "end", "gloss_en", "is_earlier", "said_by_zh", "said_by_en",
            "reason_zh", "reason_en",
        ]  # fmt: skip
        labels = {
            "answer": _("answer"), "text": _("name"), "event": _("event"), "developer": _("developer"),
            "sector": _("target industry"), "parent": _("part of"), "basis": _("basis"), "line": _("line"),
            "quotation": _("quotation"), "stated": _("words that state the value"), "start": _("start"),
            "end": _("end"), "said_by_zh": _("said by"), "said_by_en": _("said by, in English"),
            "reason_zh": _("reason"), "reason_en": _("reason, in English"), "gloss_en": _("our translation"),
            "is_earlier": _("of an earlier time"),
        }  # fmt: skip
        help_texts = {
            "quotation": _("At most 24 characters, as in the article."),
            "stated": _("The part of the quotation that is parsed; empty for all of it."),
            "line": _(
                "Without the text of the source, line, start and end stay empty, and readers see that the words are not checked."
            ),
            "start": _("Found by itself where the article is at hand."),
            "reason_zh": _("For what is inferred or known: why."),
            "gloss_en": _("Our translation of the quotation: one line of English, by its sense."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = Field(self.instance.field)
        for name in VALUES:
            if name not in SHOWN[self.of]:
                self.fields.pop(name, None)
        if self.of not in EARLIER:
            self.fields.pop("is_earlier")
        self._offer_choices()
        self._show_value()

    def _offer_choices(self) -> None:
        for field in self.fields.values():
            call_by_label(field)
            field.widget.attrs.pop("maxlength", None)  # the form reports long text; browsers cut it silently
        if "token" in self.fields:
            vocabulary = (FORMS | TOKENS)[self.of]
            self.fields["token"].label = _FORM_LABELS.get(self.of, self.fields["token"].label)
            self.fields["token"].choices = vocabulary.choices  # type: ignore[attr-defined]
            self.fields["token"].required = False
        if "parent" in self.fields:
            others = Entry.objects.exclude(pk=self.instance.entry_id).order_by("sort_key", "slug")
            self.fields["parent"].queryset = others  # type: ignore[attr-defined]
        if "developer" in self.fields:
            self.fields["developer"].queryset = Developer.objects.order_by("sort_key")  # type: ignore[attr-defined]

    def _show_value(self) -> None:
        number, days = self.instance.number, self.instance.days
        if number is not None and self.instance.basis != Basis.STATED:
            self.initial["low"] = number.lower
            self.initial["high"] = None if number.upper is None else number.upper - 1
        if days is not None and self.instance.basis != Basis.STATED:
            self.initial["days"] = days
        if self.instance.pk and self.of == Field.EVENT:
            self.initial["undated"] = days is None

    def typed(self, column: str) -> str | None:
        """Return the curator's value of a claim's column as text; None if the form does not have the column."""
        asked = column in self.cleaned_data or column in ("number", "days")
        return text_of(Claim._meta.get_field(column), getattr(self.instance, column)) if asked else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.clean_words(cleaned)
        if not self.errors:
            self._clean_value(cleaned)
        if not self.errors:
            self._hold_to_words(cleaned)
        return cleaned

    def _hold_to_words(self, cleaned: dict[str, Any]) -> None:
        """Add an error if the stated words do not state the value."""
        columns = (
            "answer",
            "basis",
            "source",
            "stated",
            "text",
            "token",
            "event",
            "developer",
            "sector",
            "parent",
        )
        given = {name: cleaned[name] for name in columns if cleaned.get(name)}
        claim = Claim(field=self.of, number=self.instance.number, days=self.instance.days, **given)
        if not states_value(claim) and not is_table(claim.source):
            told = {"value": value_words(claim), "words": claim.stated}
            self.add_error(
                "stated" if "stated" in self.fields else "quotation",
                _(
                    "“%(words)s” does not state “%(value)s”. Give the words that do, or mark it as inferred and say why."
                )
                % told,
            )

    def clean_is_earlier(self) -> bool:
        earlier: bool = self.cleaned_data["is_earlier"]
        if earlier and self.instance.status == Status.DISPUTED:
            raise ValidationError(_("A value from an earlier time is not a dispute: accept or reject it."))
        return earlier

    def _clean_value(self, cleaned: dict[str, Any]) -> None:
        """Clear other fields' columns; parse numbers and dates from the stated words."""
        claim = self.instance
        claim.number = claim.days = None
        if cleaned.get("answer", Answer.VALUE) != Answer.VALUE:
            cleaned.update(dict.fromkeys(("text", "token", "event"), ""))
            cleaned.update(dict.fromkeys(("developer", "sector", "parent")))
        elif self.of in NUMBERS:
            self._parse("quotation", self._clean_number, cleaned)
        elif self.of == Field.EVENT:
            self._parse("quotation", self._clean_days, cleaned)
        elif not all(cleaned.get(name) for name in SHOWN[self.of]):
            self.add_error(SHOWN[self.of][0], _("Give a value."))
        elif self.of == Field.LINK and not host_of(cleaned["text"]):
            self.add_error(
                "text",
                _(
                    "Give an address such as https://example.org/page: no user name in it, and a host in Latin letters (xn--…)."
                ),
            )

    def _parse(self, name: str, parse: Any, cleaned: dict[str, Any]) -> None:
        try:
            parse(cleaned)
        except (NotStated, Refused) as error:
            self.add_error(name if cleaned["basis"] == Basis.STATED else SHOWN[self.of][-1], str(error))

    def _clean_number(self, cleaned: dict[str, Any]) -> None:
        if cleaned["basis"] == Basis.STATED:
            self.instance.number = parse_number(self.of, cleaned["stated"])
        else:
            self.instance.number = by_hand([cleaned.get("low"), cleaned.get("high")])

    def _clean_days(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("event"):
            self.add_error("event", _("Give a value."))
        elif cleaned.get("undated"):
            self.instance.days = None
        elif cleaned["basis"] == Basis.STATED:
            event, published = EventKind(cleaned["event"]), cleaned["source"].published
            self.instance.days = parse_event_days(cleaned["stated"], event=event, published=published)
        else:
            self.instance.days = cleaned.get("days")


class NamingForm(ClaimForm):
    """The name of a new entry: how it is written, and where it stands or how the curator knows it."""

    ASKED = ("text", "token", "basis", "source", "line", "quotation", "start", "end", "reason_zh")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {name: self.fields[name] for name in self.ASKED}
        self.fields["quotation"].help_text = _(
            "Empty: the name itself. At most 24 characters, as in the article."
        )
        self.fields["source"].help_text = _("Only for a name from a source.")
        self.fields["reason_zh"].help_text = _(
            "In your language. Only if no source has the name: how you know it."
        )

    def clean_words(self, cleaned: dict[str, Any]) -> None:
        cleaned["quotation"] = cleaned.get("quotation") or cleaned.get("text", "")
        cleaned["stated"] = cleaned["quotation"]
        super().clean_words(cleaned)


class Decision(SentenceCase, forms.Form):
    """A decision on `claim`; a proposed one cannot be reopened."""

    decision = forms.ChoiceField(label=_("decision"), widget=forms.RadioSelect, choices=Verdict.choices)
    ruling = forms.ChoiceField(
        label=_("rule"), required=False, choices=[("", "—"), *Ruling.choices],
        help_text=_("For a dispute: the rule by which the other claim is preferred."),
    )  # fmt: skip
    reason = ReasonField(
        label=_("reason"),
        required=False,
        max_length=300,
        help_text=_("Reason. Required to reject; kept in the history."),
    )

    def __init__(self, *args: Any, claim: Claim | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if claim and claim.status == Status.PROPOSED:
            self._offer(one for one in Verdict if one != Verdict.REOPEN)

    def _offer(self, verdicts: Iterable[Verdict]) -> None:
        self.fields["decision"].choices = [(one.value, one.label) for one in verdicts]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") == Verdict.DISPUTE and not cleaned.get("ruling"):
            self.add_error("ruling", _("Say by which rule."))
        if cleaned.get("decision") == Verdict.REJECT and not cleaned.get("reason"):
            self.add_error("reason", _("Say why."))
        return cleaned


class EntryForm(SentenceCase, forms.Form):
    """The slug of a new entry; its name is a claim."""

    slug = forms.SlugField(
        label=_("address"), max_length=80, required=False, help_text=_("Empty: from the name, by pinyin.")
    )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        if slug in TAKEN:
            raise ValidationError(_("There is a page of its own at this address."))
        if slug and Entry.objects.filter(slug=slug).exists():
            raise ValidationError(_("There is an entry at this address already."))
        return slug
