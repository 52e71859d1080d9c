"""Checks the selected findings of an article and prepares them as proposals; errors are set on their cards."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext

from models_catalog.curation.articles.cards import Card
from models_catalog.curation.articles.groups import GroupStanding, ModelGroup
from models_catalog.curation.articles.marks import placed_words
from models_catalog.intake.articles.finding import Finding, read_for
from models_catalog.intake.articles.lexicon import Lexicon
from models_catalog.intake.articles.propose import Chosen
from models_catalog.intake.articles.text import Article
from models_catalog.intake.values import NotStated, parse_event_days
from models_catalog.models import Entry, Source
from models_catalog.models.claim_value import value_columns
from models_catalog.models.vocabulary import Basis, EventKind, Field, NameKind
from models_catalog.text.characters import refused_in
from models_catalog.text.name_search import simplified
from models_catalog.text.names import fold

Value = dict[str, Any]


@dataclass
class Choices:
    """The selected cards as proposals; errors are set on the cards."""

    lexicon: Lexicon
    source: Source
    article: Article
    chosen: list[Chosen] = field(default_factory=list)

    def read(self, groups: Iterable[ModelGroup]) -> bool:
        """Fill `chosen`; return whether there are no errors."""
        taken = [(group, card) for group in groups for card in group.cards if card.taken]
        named = {fold(card.entry) for group, card in taken if _names_a_new_entry(group, card)}
        entries = self._entries({card.entry for _group, card in taken} | {group.of for group, _card in taken})
        for group, card in taken:
            card.error = _refused(card, entries, named) or self._take(group, card, entries, named)
        return not any(card.error for _group, card in taken)

    def _entries(self, names: Iterable[str]) -> dict[str, list[Entry]]:
        """Return name → matching entries, by name or slug, with one query for each."""
        ids = {name: [known.pk for known in self.lexicon.entries.get(fold(name), ())] for name in names}
        slugs = [words for words in ids if words.isascii() and len(words) <= 80]
        rows = Entry.objects.filter(merged_into=None)
        found = rows.in_bulk({pk for pks in ids.values() for pk in pks})
        by_slug = {entry.slug: entry for entry in rows.filter(slug__in=slugs)}
        return {
            words: [by_slug[words]] if words in by_slug else [found[pk] for pk in pks if pk in found]
            for words, pks in ids.items()
        }

    def _take(self, group: ModelGroup, card: Card, entries: dict[str, list[Entry]], named: set[str]) -> str:
        """Add the card, which names an entry, to `chosen`; return the error, or ""."""
        found = entries[card.entry]
        own = found[0] if found else None
        try:
            finding, value = self._as_sent(group, card, is_known=bool(found))
            self.chosen.append(Chosen(finding, value, own, card.entry, card.suggested_by))
            if card.field == Field.NAME and group.parent and not found:
                self.chosen.append(_membership(group, card, finding, entries, named))
        except NotStated as error:
            return str(error)
        return ""

    def _as_sent(self, group: ModelGroup, card: Card, *, is_known: bool) -> tuple[Finding, Value]:
        """Return the finding and the claim's columns, with the curator's changes."""
        finding = card.finding
        if finding.value.get("new_developer"):
            return self._maker(card)
        value = {column: finding.value[column] for column in value_columns(card.field)}
        if card.field in (Field.DEVELOPER, Field.SECTOR):
            return finding, {f"{card.field}_id": finding.value[card.field]}
        if card.field == Field.NAME and group.is_new and (is_known or group.standing == GroupStanding.SAME):
            return finding, value | {"token": NameKind.ALIAS}
        if card.field == Field.NAME and not is_known:
            return self._named(finding, card.entry), {"text": card.entry, "token": NameKind.ZH}
        if card.field == Field.EVENT and card.event != value["event"]:
            return self._other_event(finding, card.event)
        return finding, value

    def _named(self, finding: Finding, name: str) -> Finding:
        """Return the finding with the name as the curator delimited it; replaced names are read as that name."""
        if finding.basis == Basis.INFERRED:  # the reason says which name is meant
            return read_for(finding, name)
        if fold(name) == fold(finding.stated):
            return finding
        moved = stood_in_line(self.article, finding, name)
        if moved is None:
            raise NotStated(gettext("The name is not in this line."))
        return moved

    def _maker(self, card: Card) -> tuple[Finding, Value]:
        """Return the developer that was typed, existing or new; the line must name it. Raises `NotStated`."""
        known = self.lexicon.developers.get(fold(card.maker))
        value: Value = {"developer_id": known.pk} if known else {"new_developer": card.maker}
        if fold(card.maker) == fold(card.finding.stated):
            return card.finding, value
        line = self.article.lines[card.finding.line - 1].text
        hits = [
            hit for hit in self.lexicon.makers.find(simplified(line)) if known and hit.value.pk == known.pk
        ]
        names = [card.maker, *(line[hit.start : hit.end] for hit in hits)]
        for name in names:
            if moved := stood_in_line(self.article, card.finding, name):
                return moved, value
        raise NotStated(gettext("The line does not name “%(name)s”.") % {"name": card.maker})

    def _other_event(self, finding: Finding, event: str) -> tuple[Finding, Value]:
        """Return the finding as another kind of event; the date of a plan is read as after the article."""
        value = {"event": event, "days": finding.value["days"]}
        if finding.basis == Basis.STATED and value["days"] is not None:
            with suppress(NotStated):
                value["days"] = parse_event_days(
                    finding.stated, event=EventKind(event), published=self.source.published
                )
        return replace(finding, value=value), value


def _names_a_new_entry(group: ModelGroup, card: Card) -> bool:
    return card.field == Field.NAME and group.standing != GroupStanding.SAME


def _refused(card: Card, entries: dict[str, list[Entry]], named: set[str]) -> str:
    """Return the error if the card names no entry or developer, else ""."""
    found, finding = entries[card.entry], card.finding
    if not fold(card.entry):
        return gettext("Say which model this is about, or clear its box.")
    if len(found) > 1:
        slugs = ", ".join(entry.slug for entry in found)
        return gettext("Several entries have this name; give the address of one: %(slugs)s.") % {
            "slugs": slugs
        }
    if refused_in(card.entry + card.maker):
        return gettext("A name holds a character that nobody can see: type it instead of pasting it.")
    if finding.value.get("new_developer") and not fold(card.maker):
        return gettext("Say which developer this is, or clear its box.")
    if not found and fold(card.entry) not in named:
        return gettext("No entry has this name. Select the finding that names it too.")
    return ""


def _membership(
    group: ModelGroup, card: Card, finding: Finding, entries: dict[str, list[Entry]], named: set[str]
) -> Chosen:
    """Return the claim that a new entry belongs to a family: inferred if its name has the family's, else curator's."""
    found = entries[group.of]
    is_one = len(found) == 1 or (not found and fold(group.of) in named)
    if not is_one or fold(group.of) == fold(card.entry) or refused_in(group.of):
        raise NotStated(gettext("Say by its name or address of which one entry this is a member."))
    whose: Value = {"parent_id": found[0].pk} if found else {"new_parent": group.of}
    told = {"zh": "录入者的判断。", "en": "The curator's judgement."}
    if is_read := fold(group.of) in fold(finding.stated):
        told = {"zh": f"名称含“{group.of}”。", "en": f"The name holds “{group.of}”."}
    basis = Basis.INFERRED if is_read else Basis.CURATOR
    made = replace(finding, field=Field.PARENT.value, basis=basis, reason_zh=told["zh"], reason_en=told["en"])
    return Chosen(made, whose, None, card.entry)


def stood_in_line(article: Article, finding: Finding, words: str) -> Finding | None:
    """Return `finding` with `words` at their nearest place in its line; None if they are not in it."""
    line = article.lines[finding.line - 1]
    if words and finding.stated and words in finding.quotation:
        return replace(finding, stated=words)
    places = [at for at in range(len(line.text)) if words and line.text.startswith(words, at)]
    if not places:
        return None
    start = min(places, key=lambda at: abs(at - finding.text_start))
    return placed_words(line, finding, start, words)
