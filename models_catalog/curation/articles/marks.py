"""Words that a curator marks in an article: parsed, located and checked like the reader's findings."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from models_catalog.curation.articles.cards import LONGEST_NAME
from models_catalog.intake.articles.finding import Finding, MarkedWords, quoted
from models_catalog.intake.articles.lexicon import Lexicon
from models_catalog.intake.articles.names import Mention
from models_catalog.intake.articles.text import Article, Line
from models_catalog.intake.articles.words import EVENT_VERBS
from models_catalog.intake.stated import words_say
from models_catalog.intake.values import NotStated, parse_event_days, parse_number
from models_catalog.models.claim_value import TOKENS
from models_catalog.models.source import QUOTATION_LENGTH
from models_catalog.models.vocabulary import EventKind, Field, NameKind, Shape
from models_catalog.text.name_search import simplified
from models_catalog.text.names import fold
from models_catalog.text.repair import repair

MOST = 200
"""Maximum number of marks in one article."""

FIELDS: Final = tuple(field for field in Field if field not in (Field.PARENT, Field.LINK))
"""Fields that words can be marked as; parents and links are entered on the entry's page."""

Value = dict[str, Any]
Subjects = Mapping[str, Mention]
"""Folded name → model mentioned in the article."""


class MarkForm(forms.Form):
    """The words of one line, with the field and model that they state."""

    prefix = "mark"

    line = forms.IntegerField(label=_("line"), min_value=1)
    words = forms.CharField(label=_("words"), max_length=QUOTATION_LENGTH)
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    field = forms.ChoiceField(label=_("say the"), choices=[(field.value, field.label) for field in FIELDS])
    event = forms.ChoiceField(
        label=_("kind of event"), required=False, choices=[("", "—"), *EventKind.choices]
    )
    model = forms.CharField(
        label=_("of the model"), required=False, max_length=LONGEST_NAME, widget=forms.TextInput({"list": "names"}),
    )  # fmt: skip

    def __init__(self, article: Article, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        self.fields["words"].widget.attrs.pop(
            "maxlength"
        )  # the form reports words that are too long; browsers cut them silently

    def add_error(self, field: str | None, error: Any) -> None:
        """Add the error, and let the browser go to the words: they are not at the top of the page."""
        super().add_error(field, error)
        self.fields["words"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        line, words = cleaned.get("line"), cleaned.get("words")
        if line and words:
            if line > len(self.article.lines):
                self.add_error("line", _("The article has no such line."))
                return cleaned
            text = self.article.lines[line - 1].text
            at = cleaned.get("start")
            if at is None or not text.startswith(words, at):
                cleaned["start"] = text.find(words)
            if cleaned["start"] < 0:
                self.add_error("words", _("These words are not in that line."))
        return cleaned

    @property
    def mark(self) -> MarkedWords:
        return MarkedWords(*(self.cleaned_data[name] for name in MarkedWords._fields))


def carried_marks(sent: Iterable[str]) -> list[MarkedWords]:
    """Return the marks that the form carries, skipping any that our forms cannot have written."""
    found = []
    for word in list(sent)[:MOST]:
        try:
            line, start, words, field, model, event = json.loads(word)
            "".join((words, field, model, event)).encode()  # no lone surrogates, which no page can show
        except (ValueError, TypeError, RecursionError):
            continue
        is_ours = type(line) is int and type(start) is int and words == words.strip() != ""
        if is_ours and line > 0 <= start and field in FIELDS:
            found.append(
                MarkedWords(line, start, words[:QUOTATION_LENGTH], field, model[:LONGEST_NAME], event)
            )
    return found


def finding_of(
    mark: MarkedWords, article: Article, lexicon: Lexicon, published: DateRange, subjects: Subjects
) -> Finding:
    """Return the mark as a finding. Raises `NotStated` if its words do not state the field."""
    if mark.line > len(article.lines) or not article.lines[mark.line - 1].text.startswith(
        mark.words, mark.start
    ):
        raise NotStated(gettext("These words are not in that line."))
    line = article.lines[mark.line - 1]
    mention = _model(mark, lexicon, subjects)
    value = _VALUES[Field(mark.field).shape](mark, lexicon, published)
    if mark.field == Field.NAME and not mention.new:
        value = {"text": mark.words, "token": NameKind.ALIAS.value}
    bare = Finding(mark.field, mark.line, 0, 0, "", "", value, 0, 0, mention)
    placed = placed_words(line, bare, mark.start, mark.words)
    if placed is None:
        raise NotStated(gettext("These words are in a part that was removed from the line."))
    return placed


def placed_words(line: Line, finding: Finding, start: int, words: str) -> Finding | None:
    """Return `finding` at `words`, quoted with the model's name if it fits; None if repairs removed some of them."""
    span = start, start + len(words)
    label = finding.mention.label if finding.mention else ""
    near = sorted(
        ((at.start(), at.end()) for at in re.finditer(re.escape(label), line.text) if label),
        key=lambda other: abs(other[0] - start),
    )
    for first, last in (quoted(line.text, span, near[:1], (0, len(line.text))), span):
        raw = line.repaired.raw_span(first, last)
        quotation = line.text[first:last]
        if repair(line.raw[slice(*raw)]).text == quotation:
            return replace(
                finding, start=raw[0], end=raw[1], quotation=quotation, stated=words[: last - start],
                text_start=span[0], text_end=span[1],
            )  # fmt: skip
    return None


def _model(mark: MarkedWords, lexicon: Lexicon, subjects: Subjects) -> Mention:
    """Return the model of the mark: one in the article, one in the registry, or a new one. Raises `NotStated`."""
    name = mark.model or (mark.words if mark.field == Field.NAME else "")
    if not fold(name):
        raise NotStated(gettext("Say which model this is about."))
    if known := subjects.get(fold(name)):
        return known
    entries = lexicon.entries.get(fold(name), ())
    if entries or (mark.field == Field.NAME and not mark.model):
        return Mention(0, 0, entries, new="" if entries else name, is_clear=True)
    raise NotStated(gettext("No model is called “%(name)s” here: mark its name first.") % {"name": name})


def _name(mark: MarkedWords, lexicon: Lexicon, published: DateRange) -> Value:
    return {"text": mark.words, "token": NameKind.ZH.value}


def _number(mark: MarkedWords, lexicon: Lexicon, published: DateRange) -> Value:
    return {"number": parse_number(mark.field, mark.words)}


def _event(mark: MarkedWords, lexicon: Lexicon, published: DateRange) -> Value:
    """Return the event with the days that the words state, or without days if they only have its verb: 通过备案."""
    if mark.event not in EventKind.values:
        raise NotStated(gettext("Say which kind of event this is."))
    event = EventKind(mark.event)
    try:
        return {"event": event.value, "days": parse_event_days(mark.words, event=event, published=published)}
    except NotStated:
        verbs = "|".join(verb for kind, verb in EVENT_VERBS if kind == event)
        if not verbs or not re.search(verbs, simplified(mark.words)):
            raise
    return {"event": event.value, "days": None}


def _token(mark: MarkedWords, lexicon: Lexicon, published: DateRange) -> Value:
    """Return the only vocabulary word that the words express. Raises `NotStated`."""
    field = Field(mark.field)
    said = [token for token in TOKENS[field] if words_say(token.value, mark.words)]
    if len(said) == 1:
        return {"token": said[0].value}
    if not said:
        raise NotStated(
            gettext("“%(words)s” says nothing of %(field)s.") % {"words": mark.words, "field": field.label}
        )
    told = {"words": mark.words, "values": ", ".join(str(token.label) for token in said)}
    raise NotStated(gettext("“%(words)s” can mean several things (%(values)s): mark fewer words.") % told)


def _row(mark: MarkedWords, lexicon: Lexicon, published: DateRange) -> Value:
    """Return the developer with that name, existing or new, or the only industry that the words name."""
    if mark.field == Field.DEVELOPER:
        maker = lexicon.developers.get(fold(mark.words))
        if maker is None:
            return {"new_developer": mark.words, "label": mark.words}
        return {"developer": maker.pk, "label": maker.label}
    hits = {hit.value.pk: hit.value for hit in lexicon.industries.find(simplified(mark.words))}
    if len(hits) != 1:
        raise NotStated(gettext("“%(words)s” does not name one industry.") % {"words": mark.words})
    (sector,) = hits.values()
    return {"sector": sector.pk, "label": sector.label}


_VALUES: Final[Mapping[Shape, Callable[[MarkedWords, Lexicon, DateRange], Value]]] = {
    Shape.NAMES: _name, Shape.NUMBER: _number, Shape.EVENTS: _event, Shape.WORD: _token, Shape.WORDS: _token,
    Shape.ROWS: _row,
}  # fmt: skip
