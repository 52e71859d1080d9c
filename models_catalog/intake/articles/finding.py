"""Findings: possible claims, each with its words, its position in the raw text and a quotation."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from models_catalog.intake.articles.names import Mention, size_in
from models_catalog.intake.articles.text import Line, Passage
from models_catalog.models.ranges import number_range
from models_catalog.models.source import QUOTATION_LENGTH
from models_catalog.models.vocabulary import Basis, Field
from models_catalog.text.names import fold
from models_catalog.text.repair import repair

Span = tuple[int, int]

_PAIRS: Final = {"“": "”", "「": "」", "『": "』", "《": "》", "‘": "’"}
_LATIN: Final = re.compile(r"[A-Za-z0-9]+(?:[-._'][A-Za-z0-9]+)*")
_EDGES: Final = " \t\r\ufeff,，、:：;；。"


class MarkedWords(NamedTuple):
    """`words` of a line, starting at `start` of its repaired text, of which a curator or a language model says that they
    state `field` of `model`.
    """

    line: int
    start: int
    words: str
    field: str
    model: str
    event: str


def quoted(line: str, words: Span, also: Iterable[Span], within: Span) -> Span:
    """The span of `line` to quote: `words`, extended to the spans of `also` that fit, or else towards them.

    It is extended only inside `within` and has at most QUOTATION_LENGTH characters.
    """
    start, end = words[0], min(words[1], words[0] + QUOTATION_LENGTH)
    for other in also:
        wider = min(start, other[0]), max(end, other[1])
        if wider[0] < within[0] or wider[1] > within[1]:
            continue
        if wider[1] - wider[0] <= QUOTATION_LENGTH:
            start, end = wider
        elif wider[1] > end:
            end = min(start + QUOTATION_LENGTH, within[1])
        else:
            start = max(end - QUOTATION_LENGTH, within[0])
    start, end = _at_words(line, *_trimmed(line, start, end, words), words, within)
    return _with_marks(line, *_trimmed(line, start, end, words))


def _trimmed(line: str, start: int, end: int, words: Span) -> Span:
    """The span without punctuation at its edges, but with all of `words`."""
    while start < words[0] and line[start] in _EDGES:
        start += 1
    while end > words[1] and line[end - 1] in _EDGES:
        end -= 1
    return start, end


def _at_words(line: str, start: int, end: int, words: Span, within: Span) -> Span:
    """The span without Latin words and numbers cut at its edges: shortened, or extended where `words` would be cut."""
    first, last = start, end
    while first < words[0] and _cuts(line, first):
        first += 1
    while last > words[1] and _cuts(line, last):
        last -= 1
    while first > within[0] and _cuts(line, first) and last - first < QUOTATION_LENGTH:
        first -= 1
    while last < within[1] and _cuts(line, last) and last - first < QUOTATION_LENGTH:
        last += 1
    return first, last


def _cuts(line: str, place: int) -> bool:
    """Whether `place` is inside a Latin word or a number, such as GPT-3.5."""
    return any(
        word.start() < place < word.end() for word in _LATIN.finditer(line, max(0, place - 80), place + 80)
    )


def _with_marks(line: str, start: int, end: int) -> Span:
    """The span extended by an adjacent quotation mark whose partner is inside."""
    inside = line[start:end]
    if end - start < QUOTATION_LENGTH:
        if start and _PAIRS.get(line[start - 1], "\n") in inside:
            return start - 1, end
        opened = [mark for mark, other in _PAIRS.items() if line[end : end + 1] == other]
        if opened and opened[0] in inside:
            return start, end + 1
    return start, end


CONTEXT_LENGTH: Final = Field.CONTEXT_LENGTH.value


class Doubt(TextChoices):
    """Reasons not to select a finding by default."""

    UNATTACHED = "unattached", _("No model is named in this sentence.")
    EARLIER = "earlier", _("The model is named in an earlier sentence.")
    SEVERAL = "several", _("Other models are named as near.")
    HOMONYM = "homonym", _("Several entries have this name.")
    PLAIN = "plain", _("The name is an everyday word too.")
    NEW = "new", _("No entry has this name yet.")
    UNDATED = "undated", _("No date is stated.")
    SPUN = "spun", _("This name was restored from a word that software replaced. No entry has it yet.")
    MAKER = "maker", _("A developer of this name is not known yet.")
    INDIRECT = "indirect", _("The words only suggest it.")
    RUMOUR = "rumour", _("The article doubts it, or takes it back.")
    RIVAL = "rival", _("The article says otherwise too.")
    APART = "apart", _("The quotation has no room for the model's name.")


class Ground(TextChoices):
    """Reasons to trust a finding."""

    KNOWN = "known", _("The registry has a model of this name.")
    NAMED = "named", _("The quotation holds the model's name.")
    STATED = "stated", _("The words state the value.")
    DATED = "dated", _("A date is stated with it.")


@dataclass(frozen=True)
class Finding:
    """A possible claim. `mention` is None if no model was found for it.

    start, end: the quotation in the raw line. text_start, text_end: the highlighted words in the repaired line.
    value: the claim's columns, with `label`, `new_developer` or `is_characters` for some fields.
    """

    field: str
    line: int
    start: int
    end: int
    quotation: str
    stated: str
    value: dict[str, Any]
    text_start: int
    text_end: int
    mention: Mention | None = None
    doubts: tuple[Doubt, ...] = ()
    basis: Basis = Basis.STATED
    reason_zh: str = ""
    reason_en: str = ""

    @property
    def doubt(self) -> Doubt | None:
        """The main doubt; None for a finding that is selected by default."""
        return self.doubts[0] if self.doubts else None

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """The reasons to trust it."""
        speaks = {
            Ground.KNOWN: self.mention is not None and bool(self.mention.entries),
            Ground.NAMED: self.names_its_model,
            Ground.STATED: self.basis == Basis.STATED,
            Ground.DATED: self.value.get("days") is not None,
        }
        return tuple(ground for ground, does in speaks.items() if does)

    @property
    def names_its_model(self) -> bool:
        """Whether the quotation includes the model's name as written."""
        return self.mention is not None and fold(self.mention.words) in fold(self.quotation)

    def doubted(self, *doubts: Doubt | None) -> Finding:
        """A copy with these doubts added; None is ignored."""
        return replace(self, doubts=tuple(dict.fromkeys(one for one in (*self.doubts, *doubts) if one)))

    @property
    def is_claimable(self) -> bool:
        """Whether the registry has a field for it, which a context length in characters does not have."""
        return self.field in Field.values and not self.value.get("is_characters")

    @property
    def key(self) -> str:
        """Identifies the finding in forms: 12 hexadecimal digits, the same while text and meaning are the same."""
        subject = self.mention.subject if self.mention else ""
        what = (
            self.field,
            self.line,
            self.start,
            self.end,
            self.stated,
            subject,
            str(self.value.get("event", "")),
            self.value.get("new_developer") or self.value.get("token", ""),
        )
        return hashlib.blake2s(repr(what).encode(), digest_size=6).hexdigest()

    @property
    def place(self) -> str:
        return f"{self.line}:{self.start}-{self.end}"


def doubt_of(mention: Mention | None) -> Doubt | None:
    """The doubt about which model is meant, or None."""
    if mention is None:
        return Doubt.UNATTACHED
    if mention.new:
        return Doubt.NEW
    if mention.is_called:
        return Doubt.EARLIER
    if mention.is_clear:
        return None
    return Doubt.HOMONYM if len(mention.entries) > 1 else Doubt.PLAIN


def inferred(made: Finding, reason_zh: str, reason_en: str) -> Finding:
    """`made` with a doubt, as something that its words alone do not say."""
    return replace(
        made.doubted(Doubt.INDIRECT), basis=Basis.INFERRED, reason_zh=reason_zh, reason_en=reason_en
    )


def size_of_name(passage: Passage, within: Span, one: Mention) -> Finding | None:
    """The size that is part of a name, such as 6B of MiLM-6B; None without one."""
    size = None if one.is_foreign else size_in(passage.plain, one)
    if size is None:
        return None
    value = {"number": number_range(size.interval)}
    span, whole = (size.start, size.end), [(one.start, one.end)]
    made = placed(passage, within, Field.PARAMETERS, span, value, one, [doubt_of(one)], whole)
    return inferred(made, f"“{made.stated}”取自名称。", f"“{made.stated}” is a part of the name.")


def read_as(made: Finding, passage: Passage, span: Span) -> Finding:
    """`made`, of the name at `span`; inferred if the name was restored from a synonym spinner's word."""
    line, base = passage.at(span[0])
    words = span[0] - base, min(span[1] - base, len(line.named.text))
    if not line.named.replaced_in(*words):
        return made
    is_new_name = made.field == Field.NAME and made.doubt == Doubt.NEW
    doubts = (Doubt.SPUN, *made.doubts) if is_new_name else made.doubts
    return read_for(replace(made, doubts=doubts), line.named.text[words[0] : words[1]])


def read_for(made: Finding, name: str) -> Finding:
    """`made` as inferred: its words are a synonym spinner's, read as `name`."""
    return replace(
        made, basis=Basis.INFERRED, reason_zh=f"“{made.stated}”是洗稿软件换上的词，原指“{name}”。",
        reason_en=f"“{made.stated}” is a synonym spinner's word for “{name}”.",
    )  # fmt: skip


def placed(
    passage: Passage, within: Span, what: str, found: Span, value: dict[str, Any],
    mention: Mention | None, doubts: Iterable[Doubt | None] = (), near: Iterable[Span] = (),
) -> Finding:  # fmt: skip
    """A finding whose quotation has the words at `found` and, if possible, those of `near`.

    Spans are of the passage as searched; the quotation is from the repaired line, and from one line only.
    """
    line, base = passage.at(found[0])
    words, limit = _on_line(line, base, found), _on_line(line, base, within)
    also = [_on_line(line, base, one) for one in near if passage.at(one[0])[0] is line]
    whole = words[0], min(words[1], words[0] + QUOTATION_LENGTH)
    for start, end in (quoted(line.text, words, also, limit), whole):
        raw_start, raw_end = line.repaired.raw_span(start, end)
        quotation = line.text[start:end]
        if repair(line.raw[raw_start:raw_end]).text == quotation:
            break
    else:
        quotation = ""  # repaired alone, the words are different: nobody could check them
    stated = line.text[words[0] : min(words[1], end)]
    made = Finding(
        what, line.number, raw_start, raw_end, quotation, stated, value, words[0], words[1], mention
    )  # fmt: skip
    return made.doubted(*doubts)


def _on_line(line: Line, base: int, span: Span) -> Span:
    """A span of the passage as a span of the repaired line, clipped to it."""
    last = len(line.named.text)
    return line.named.span_before(max(span[0] - base, 0), min(span[1] - base, last))
