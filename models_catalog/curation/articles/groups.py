"""The findings of an article grouped by model, so that a curator names each model once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from models_catalog.curation.articles.cards import LONGEST_NAME, Card
from models_catalog.intake.articles.lexicon import Lexicon
from models_catalog.text.names import fold


class GroupStanding(TextChoices):
    """How a new name relates to the existing entries."""

    NEW = "new", _("a new model")
    SAME = "same", _("the same as")
    MEMBER = "member", _("a new member of")


@dataclass
class ModelGroup:
    """The cards of one model, with its name and, for a new name, how it relates to the entries."""

    key: str
    name: str
    is_new: bool
    cards: list[Card] = field(default_factory=list)
    standing: GroupStanding = GroupStanding.NEW
    of: str = ""
    """The model that it is the same as, or a member of."""
    was_rejected: bool = False
    """Whether curators have rejected this name before."""

    @property
    def entry(self) -> str:
        """The name or slug of the entry that its claims are about."""
        return self.of if self.standing == GroupStanding.SAME else self.name

    @property
    def parent(self) -> str:
        return self.of if self.standing == GroupStanding.MEMBER else ""

    @property
    def solid(self) -> list[Card]:
        return [card for card in self.cards if card.is_solid]

    @property
    def unsure(self) -> list[Card]:
        """The cards that a curator has to check one by one."""
        return [card for card in self.cards if not card.is_solid and card.known is None]

    @property
    def taken(self) -> int:
        return sum(card.taken for card in self.cards)

    def bind(self, posted: Mapping[str, Any]) -> None:
        """Apply the posted values to the group and its cards."""
        self.name = str(posted.get(f"name-{self.key}", self.name)).strip()[:LONGEST_NAME]
        self.of = str(posted.get(f"of-{self.key}", self.of)).strip()[:LONGEST_NAME]
        standing = str(posted.get(f"is-{self.key}", self.standing))
        self.standing = GroupStanding(standing) if standing in GroupStanding.values else self.standing
        for card in self.cards:
            card.bind(posted)
            card.entry = card.moved or self.entry
            if posted.get("_all") == self.key:
                card.taken = card.taken or card.is_solid


def groups_of(
    cards: Iterable[Card], lexicon: Lexicon, rejected: frozenset[str] = frozenset()
) -> list[ModelGroup]:
    """Group the cards by model, in the order of the text; those without a model come last."""
    groups: dict[str, ModelGroup] = {}
    for card in cards:
        mention = card.finding.mention
        subject = mention.subject if mention else ""
        if subject not in groups:
            key = hashlib.blake2s(subject.encode(), digest_size=6).hexdigest()
            family = _family(mention.new, lexicon) if mention and mention.new else ""
            standing = GroupStanding.MEMBER if family else GroupStanding.NEW
            is_new = mention is not None and not mention.entries
            groups[subject] = ModelGroup(key, card.entry, is_new, standing=standing, of=family)
            groups[subject].was_rejected = is_new and fold(card.entry) in rejected
        groups[subject].cards.append(card)
    return sorted(groups.values(), key=lambda group: not group.cards[0].finding.mention)


def _family(name: str, lexicon: Lexicon) -> str:
    """Return the known model that a new name adds a version to: 混元 for 混元T9; else ""."""
    whole = fold(name)
    for end in range(len(whole) - 1, 1, -1):
        known = lexicon.entries.get(whole[:end], ())
        if len(known) == 1 and whole[end:].isascii() and not (whole[end - 1 : end + 1].isascii()):
            return known[0].label
    return ""
