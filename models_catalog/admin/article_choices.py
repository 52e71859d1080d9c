"""What a curator ticked on the page of an article, as what is to be proposed; what is wrong with a card is said on it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from models_catalog.actions.articles import Chosen
from models_catalog.admin.article_cards import Card
from models_catalog.ingest.article_finding import Finding, read_for
from models_catalog.ingest.article_lexicon import Lexicon
from models_catalog.ingest.values import NotStated, parse_event_days
from models_catalog.models import Entry, Source
from models_catalog.models.claim import value_columns
from models_catalog.models.vocabulary import Basis, EventKind, Field, NameKind
from models_catalog.text.characters import refused_in
from models_catalog.text.names import fold


@dataclass
class Choices:
    """The cards that were taken, as what is to be proposed; what is wrong with one is said on it."""

    lexicon: Lexicon
    source: Source
    chosen: list[Chosen] = field(default_factory=list)

    def read(self, cards: Iterable[Card]) -> bool:
        """Fill `chosen`; whether there is nothing wrong."""
        taken = [card for card in cards if card.taken]
        named = {fold(card.entry) for card in taken if card.finding.field == Field.NAME}
        entries = self._entries(taken)
        for card in taken:
            card.error = self._take(card, entries, named)
        return not any(card.error for card in taken)

    def _entries(self, taken: Iterable[Card]) -> dict[str, list[Entry]]:
        """What was typed → the entries that it names, in one query."""
        ids: dict[str, list[int]] = {
            card.entry: [known.pk for known in self.lexicon.entries.get(fold(card.entry), ())]
            for card in taken
        }
        slugs = [words for words in ids if words.isascii() and len(words) <= 80]
        rows = Entry.objects.filter(merged_into=None)
        found = rows.in_bulk({pk for pks in ids.values() for pk in pks})
        by_slug = {entry.slug: entry for entry in rows.filter(slug__in=slugs)}
        return {
            words: [by_slug[words]] if words in by_slug else [found[pk] for pk in pks if pk in found]
            for words, pks in ids.items()
        }

    def _take(self, card: Card, entries: dict[str, list[Entry]], named: set[str]) -> str:
        """The reason why the card cannot be taken as it is, or "" once it is taken."""
        found, finding = entries[card.entry], card.finding
        if not fold(card.entry):
            return _("Say which model this is about, or untick it.")
        if len(found) > 1:
            slugs = ", ".join(entry.slug for entry in found)
            return _("Several entries have this name; give the address of one: %(slugs)s.") % {"slugs": slugs}
        if refused_in(card.entry + card.maker):
            return _("A name holds a character that nobody can see: type it instead of pasting it.")
        if finding.value.get("new_developer") and not fold(card.maker):
            return _("Say which developer this is, or untick it.")
        if not found and fold(card.entry) not in named:
            return _("There is no entry of this name: tick the finding that names it too.")
        if finding.field == Field.NAME and not found and not self._is_named(card):
            return _("The name does not stand in the quoted words.")
        self.chosen.append(
            Chosen(*self._as_sent(card, is_known=bool(found)), found[0] if found else None, card.entry)
        )
        return ""

    @staticmethod
    def _is_named(card: Card) -> bool:
        """Whether the quoted words hold the name, or are a spinner's and say another: then the curator says which."""
        is_spun = fold(str(card.finding.value["text"])) not in fold(card.finding.quotation)
        return is_spun or fold(card.entry) in fold(card.finding.quotation)

    def _as_sent(self, card: Card, *, is_known: bool) -> tuple[Finding, dict[str, Any]]:
        """The finding and the claim's columns, with what the curator changed."""
        finding = card.finding
        if finding.value.get("new_developer"):
            return finding, self._maker(card)
        value = {column: finding.value[column] for column in value_columns(Field(finding.field))}
        if finding.field in (Field.DEVELOPER, Field.SECTOR):
            return finding, {f"{finding.field}_id": finding.value[finding.field]}
        if finding.field == Field.NAME and not is_known:
            if finding.basis == Basis.INFERRED:  # the reason says which name the words are read as
                finding = read_for(finding, card.entry)
            return finding, {"text": card.entry, "token": NameKind.ZH}
        if finding.field == Field.NAME and finding.mention and finding.mention.new:
            return finding, value | {"token": NameKind.ALIAS}
        if finding.field == Field.EVENT and card.event != value["event"]:
            return self._other_event(finding, card.event)
        return finding, value

    def _maker(self, card: Card) -> dict[str, Any]:
        """The developer of the name that was typed: one that is known by it, else one to be made."""
        known = self.lexicon.developers.get(fold(card.maker))
        return {"developer_id": known.pk} if known else {"new_developer": card.maker}

    def _other_event(self, finding: Finding, event: str) -> tuple[Finding, dict[str, Any]]:
        """The finding as another kind of event; a plan's date lies ahead of the article."""
        value = {"event": event, "days": finding.value["days"]}
        if finding.basis == Basis.STATED and value["days"] is not None:
            with suppress(NotStated):
                value["days"] = parse_event_days(
                    finding.stated, event=EventKind(event), published=self.source.published
                )
        return replace(finding, value=value), value
