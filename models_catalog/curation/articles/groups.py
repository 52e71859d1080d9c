"""The findings of an article by the model that they speak of, which a curator names once for all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from models_catalog.curation.articles.cards import LONGEST_NAME, Card
from models_catalog.intake.articles.finding import Doubt, Finding
from models_catalog.intake.articles.findings import read_within
from models_catalog.intake.articles.lexicon import KnownDeveloper, KnownEntry, Lexicon
from models_catalog.intake.articles.text import Article
from models_catalog.models.vocabulary import Field, NameKind
from models_catalog.text.names import fold


class Standing(TextChoices):
    """How a name that no entry has stands to the entries that there are."""

    NEW = "new", _("a new model")
    SAME = "same", _("the same as")
    MEMBER = "member", _("a new member of")


@dataclass
class Group:
    """The cards of one model: what it is called, and of a new name what it is."""

    key: str
    name: str
    is_new: bool
    cards: list[Card] = field(default_factory=list)
    standing: Standing = Standing.NEW
    of: str = ""
    """The model that it is the same as, or a member of."""

    @property
    def entry(self) -> str:
        """What names the entry that its claims are about."""
        return self.of if self.standing == Standing.SAME else self.name

    @property
    def parent(self) -> str:
        return self.of if self.standing == Standing.MEMBER else ""

    @property
    def solid(self) -> list[Card]:
        return [card for card in self.cards if card.is_solid]

    @property
    def unsure(self) -> list[Card]:
        """Those that a curator has to look at one by one."""
        return [card for card in self.cards if not card.is_solid and card.known is None]

    @property
    def taken(self) -> int:
        return sum(card.taken for card in self.cards)

    def bind(self, posted: Mapping[str, Any]) -> None:
        """Take what the curator sent, for all of its cards."""
        self.name = str(posted.get(f"name-{self.key}", self.name)).strip()[:LONGEST_NAME]
        self.of = str(posted.get(f"of-{self.key}", self.of)).strip()[:LONGEST_NAME]
        standing = str(posted.get(f"is-{self.key}", self.standing))
        self.standing = Standing(standing) if standing in Standing.values else self.standing
        for card in self.cards:
            card.bind(posted)
            card.entry = card.moved or self.entry
            if posted.get("_all") == self.key:
                card.taken = card.taken or card.is_solid


def groups_of(cards: Iterable[Card], lexicon: Lexicon) -> list[Group]:
    """The cards by their models, in the order of the text; those of no model come last."""
    groups: dict[str, Group] = {}
    for card in cards:
        mention = card.finding.mention
        subject = mention.subject if mention else ""
        if subject not in groups:
            key = hashlib.blake2s(subject.encode(), digest_size=6).hexdigest()
            family = _family(mention.new, lexicon) if mention and mention.new else ""
            standing = Standing.MEMBER if family else Standing.NEW
            is_new = mention is not None and not mention.entries
            groups[subject] = Group(key, card.entry, is_new, standing=standing, of=family)
        groups[subject].cards.append(card)
    return sorted(groups.values(), key=lambda group: not group.cards[0].finding.mention)


def _family(name: str, lexicon: Lexicon) -> str:
    """The known model before whose version a new name stands: 混元 of 混元T9."""
    whole = fold(name)
    for end in range(len(whole) - 1, 1, -1):
        known = lexicon.entries.get(whole[:end], ())
        if len(known) == 1 and whole[end:].isascii() and not (whole[end - 1 : end + 1].isascii()):
            return known[0].label
    return ""


def doubts_left(
    article: Article, findings: Sequence[Finding], lexicon: Lexicon, published: DateRange, seconds: float
) -> dict[str, Doubt | None]:
    """By the key of a finding the doubt that is left once the new names are taken for what they seem to be.

    Found by reading again with these names known: “no entry has this name yet” hides every other doubt.
    """
    most = 2 * len(
        findings
    )  # as many as are shown, and some that these names bring; a long article has thousands
    read = read_within(article, _with_new_names(lexicon, findings), published, most, seconds).findings
    again = {_where(one): one.doubt for one in read}
    return {one.key: again.get(_where(one), one.doubt) for one in findings}


def _where(one: Finding) -> tuple[object, ...]:
    kind = one.value.get("event", "") or one.value.get("token", "") if one.field != Field.NAME else ""
    return one.field, one.line, one.start, one.end, one.stated, kind, one.mention and fold(one.mention.label)


def _with_new_names(lexicon: Lexicon, findings: Sequence[Finding]) -> Lexicon:
    entries = dict(lexicon.entries)
    developers = dict(lexicon.developers)
    for number, one in enumerate(findings, start=1):
        if one.mention and one.mention.new:
            name = one.mention.new
            entries.setdefault(
                fold(name), (KnownEntry(-number, name, "", name, NameKind.ZH, is_certain=True),)
            )
        if maker := str(one.value.get("new_developer", "")):
            developers.setdefault(fold(maker), KnownDeveloper(-number, maker))
    return Lexicon(entries, developers, lexicon.sectors)
