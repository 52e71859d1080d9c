"""Lookup of what the registry already has: entries, developers and sectors by name, and computed columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import Any

from django.db.models import Model

from models_catalog.claims.settle import developer_names
from models_catalog.intake.tables.alike import cuts_number
from models_catalog.intake.tables.makers import MakersAlike
from models_catalog.intake.tables.plan import PlannedClaim
from models_catalog.intake.tables.words import SYNONYMS, narrow, says_nothing
from models_catalog.models import Claim, Developer, Entry, EntryDeveloper, SearchKey, Sector, Source
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.sector import MOVED
from models_catalog.models.source import QUOTATION_LENGTH
from models_catalog.models.vocabulary import NUMBERS, Basis, DeveloperKind, Field, Stage, Status
from models_catalog.text.names import fold, keys

_TRADE = re.compile("(?:行业|领域|产业|业)$")
_ELSEWHERE = {"source", "developer", "sector", "parent"}
"""Foreign keys of a claim."""


class Known:
    """Entries, developers and sectors as they are now."""

    def __init__(self) -> None:
        self.developers = developers_called()
        self.sectors = {
            fold(name): row for row in Sector.objects.all() for name in (row.slug, row.name_zh, row.name_en)
        }
        self.sectors.pop("", None)  # the key of names without letters or digits, which would match each other
        for old, new in MOVED.items():
            if fold(new) in self.sectors:
                self.sectors.setdefault(fold(old), self.sectors[fold(new)])
        unmerged = Entry.objects.filter(merged_into=None).only(
            "slug", "name_zh", "name_en", "stage", "parameters", "released"
        )
        self.entries = unmerged.in_bulk()
        self.by_slug = {entry.slug: entry for entry in self.entries.values()}
        self.slugs = set(Entry.objects.values_list("slug", flat=True))
        self.keyed: dict[str, set[int]] = {}
        """Search key → entries, for every accepted way of typing a name."""
        self.called: dict[str, set[int]] = {}
        """Folded name → entries with that name, accepted or undecided (proposed or disputed)."""
        own = SearchKey.objects.filter(tier__lt=SearchKey.Tier.DEVELOPER, entry__merged_into=None)
        for key, text, entry in own.values_list("key", "text", "entry_id").iterator():
            self.keyed.setdefault(key, set()).add(entry)
            if key == fold(text):
                self.called.setdefault(key, set()).add(entry)
        self._made_by: dict[int, set[int]] = {}
        self._made: dict[int, set[int]] = {}
        self._listed: dict[int, list[int]] = {}
        self._near_makers: dict[str, list[str]] = {}
        self._new: dict[str, str] = {}
        self._read_makers()
        self._read_spellings()
        self._read_undecided()
        self._names: dict[int, set[str]] = {}
        for name, called in self.called.items():
            for entry in called:
                self._names.setdefault(entry, set()).add(name)
        self.claims: dict[int, list[Claim]] = {}

    def _read_makers(self) -> None:
        for entry, developer in EntryDeveloper.objects.values_list("entry_id", "developer_id"):
            self._is_made_by(entry, developer)
            self._listed.setdefault(entry, []).append(developer)
        self._parents = dict(Developer.objects.exclude(parent=None).values_list("pk", "parent_id"))

    def _read_spellings(self) -> None:
        """Add the spellings under which imported tables name one developer, as curators said when they imported them."""
        by_pk = {row.pk: row for row in self.developers.values()}
        spelt: dict[str, set[int]] = {}
        named = Claim.objects.filter(field=Field.DEVELOPER, source__imports__isnull=False).exclude(
            developer=None
        )
        stated = named.filter(
            status__in=[Status.PROPOSED, Status.ACCEPTED], basis=Basis.STATED
        )  # not of mended cells
        named = stated.order_by().distinct()
        for words, pk in named.values_list("stated", "developer_id"):
            if len(words) < QUOTATION_LENGTH:  # a longer name may be cut
                spelt.setdefault(fold(words), set()).add(pk)
        for key, found in spelt.items():
            if key and len(found) == 1 and (known := by_pk.get(min(found))):  # none if he was made just now
                self.developers.setdefault(key, known)

    def _is_made_by(self, entry: int, developer: int) -> None:
        self._made_by.setdefault(entry, set()).add(developer)
        self._made.setdefault(developer, set()).add(entry)

    def _read_undecided(self) -> None:
        """Add undecided names and makers, so that earlier imports are known before they are reviewed."""
        self._waiting: dict[str, set[int]] = {}
        undecided = Claim.objects.undecided().filter(entry__merged_into=None)
        rows = undecided.filter(field__in=[Field.NAME, Field.DEVELOPER]).order_by("entry", "position", "pk")
        for pk, text, developer in rows.values_list("entry_id", "text", "developer_id").iterator():
            entry = self.entries.get(pk)
            if developer:
                self._is_made_by(pk, developer)
            if entry and (name := fold(text)):
                entry.waiting_name = entry.waiting_name or text
                self._waiting.setdefault(text, set()).add(pk)
                self.called.setdefault(name, set()).add(pk)

    def typed(self, name: str) -> set[int]:
        """Return the entries that `name` can mean: folded, in pinyin or as initials."""
        key = fold(name)
        found = self.keyed.get(key, set()) | self.called.get(key, set())
        return found | self._spelt.get(key, set()) if key.isascii() else found

    @cached_property
    def _spelt(self) -> dict[str, set[int]]:
        """Pinyin and initials of undecided names → entries; computed on first use because it is slow."""
        found: dict[str, set[int]] = {}
        for text, entries in self._waiting.items():
            spelt = keys(text)
            for key in {spelt.pinyin, spelt.initials} - {""}:
                found.setdefault(key, set()).update(entries)
        return found

    def one_called(self, words: str) -> Entry | None:
        """Return the entry with this slug, or the only one with this name."""
        called = self.called.get(fold(words), set())
        return self.by_slug.get(words) or (self.entries.get(min(called)) if len(called) == 1 else None)

    def names_of(self, entry: int) -> set[str]:
        """Return the folded names of the entry, including undecided ones."""
        return self._names.get(entry, set())

    def has_makers(self, entry: int) -> bool:
        """Return whether the entry has a maker, accepted or undecided."""
        return bool(self._made_by.get(entry))

    def maker_kinds(self, entry: int) -> list[str]:
        """Return the kinds of the entry's accepted makers."""
        return [self._kinds[maker] for maker in self._listed.get(entry, ())]

    @cached_property
    def _kinds(self) -> dict[int, str]:
        return {row.pk: row.kind for row in self.developers.values()}

    def made_by(self, entry: int, name: str) -> bool:
        """Return whether a developer with that name, its parent or its child makes the entry."""
        known = self.developers.get(fold(name))
        if known is None:
            return False
        makers = self._made_by.get(entry, set())
        family = {known.pk, self._parents.get(known.pk)}
        return bool(makers & family) or any(self._parents.get(maker) == known.pk for maker in makers)

    def maker_key(self, name: str) -> str:
        """Return a key shared by all names of a developer, its parent and its children."""
        known = self.developers.get(fold(name))
        return str(self._parents.get(known.pk, known.pk)) if known else f"new {fold(name)}"

    def makers_near(self, name: str) -> list[str]:
        """Return the labels of developers with names similar to this new one, including new ones from earlier calls."""
        key = fold(name)
        if key not in self._near_makers:
            near = self._makers_alike.near(key)
            labels = (
                self.developers[one].label if one in self.developers else self._new[one] for one in near
            )
            self._near_makers[key] = list(dict.fromkeys(labels))
            self._new[key] = name
            self._makers_alike.add(key)
        return self._near_makers[key]

    @cached_property
    def _makers_alike(self) -> MakersAlike:
        return MakersAlike(self.developers)

    def near(self, name: str, makers: Iterable[str]) -> set[int]:
        """Return these makers' entries with a name that contains `name` or is contained in it: 天工 and 天工Skywork."""
        own = fold(name)
        found: set[int] = set()
        for maker in makers:
            known = self.developers.get(fold(maker))
            for entry in self._made.get(known.pk, set()) & self.entries.keys() if known else ():
                if any(_contains(own, other) for other in self._names.get(entry, ())):
                    found.add(entry)
        return found

    def sector(self, words: str) -> Sector | None:
        """Return the industry with exactly this name or a synonym of it; 金融行业 is 金融."""
        forms = [
            one for said in (words, _TRADE.sub("", words)) for one in (said, SYNONYMS.get(narrow(said), "-"))
        ]
        return next((self.sectors[key] for key in map(fold, forms) if key in self.sectors), None)

    def read_claims(self, entries: Iterable[Entry]) -> None:
        """Replace `claims` with the claims of `entries`."""
        self.claims = {entry.pk: [] for entry in entries}
        for claim in Claim.objects.filter(entry__in=self.claims).select_related("source").order_by("pk"):
            self.claims[claim.entry_id].append(claim)


def developers_called() -> dict[str, Developer]:
    """Return every developer under its slug and each of its names, folded."""
    rows = Developer.objects.all()
    found = {fold(name): row for row in rows for name in (row.slug, *developer_names(row))}
    found.pop("", None)  # the key of names without letters or digits, which would match each other
    return found


def _contains(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    at = longer.find(shorter)
    return len(shorter) > 1 and at >= 0 and not cuts_number(longer, at, at + len(shorter))


def value_in(claim: Claim, column: str) -> Any:
    """Return the claim's value in a column; the id if it is a foreign key."""
    return getattr(claim, f"{column}_id" if column in _ELSEWHERE else column)


def same_value(claim: Claim, columns: dict[str, Any]) -> bool:
    """Return whether the claim has these values in these columns; foreign keys are compared by id."""
    return all(
        value_in(claim, name) == (value.pk if isinstance(value, Model) else value)
        for name, value in columns.items()
    )


def states(other: Claim, claim: PlannedClaim, *, is_own: bool) -> bool:
    """Return whether `other` gives the value of `claim`, or states its number or day by the same words.

    Words that a curator corrected state nothing, except in a file of our own (`is_own`), which repeats them.
    """
    if other.field != claim.field or "new_developer" in claim.value:
        return False
    if claim.field == Field.NAME:
        return fold(other.text) == fold(claim.value["text"])
    is_mended = other.basis == Basis.INFERRED and other.source is not None and other.source.is_table
    by_words = claim.field in (*NUMBERS, Field.EVENT) and not claim.is_mended and (is_own or not is_mended)
    return (by_words and claim.words in (other.stated, other.quotation)) or same_value(other, claim.value)


class Computed:
    """The registry's values in its computed columns, for entries whose claims are loaded."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._columns: dict[str, Callable[[Entry], list[set[str]]]] = {
            "stage": lambda entry: [_forms(Stage(entry.stage))] if entry.stage else [],
            "developer_kinds": self._kinds,
            "sources": self._sources,
            **{f"{of}_{end}": partial(_end, of, place) for of in NUMBERS for place, end in enumerate(("low", "high"))},
            "released_earliest": lambda entry: _day(entry.released, 0), "released_latest": lambda entry: _day(entry.released, 1),
        }  # fmt: skip

    def differs(self, heading: str, words: str, entry: Entry) -> bool:
        """Return whether `heading` is a computed column and the cell differs from the registry's value."""
        column = self._columns.get(narrow(heading).replace(" ", "_"))
        if column is None or says_nothing(words):
            return False
        said = fold(words)
        for forms in column(entry):  # cells are not split, because a name may contain the separator
            form = max((one for one in forms if one and one in said), key=len, default="")
            if not form:
                return True
            said = said.replace(form, "", 1)
        return bool(said)

    def _kinds(self, entry: Entry) -> list[set[str]]:
        return [_forms(DeveloperKind(kind)) for kind in self.known.maker_kinds(entry.pk)]

    def _sources(self, entry: Entry) -> list[set[str]]:
        cited = {one.source_id for one in self.known.claims[entry.pk] if one.status == Status.ACCEPTED}
        return [self._named[source] for source in cited if source in self._named]

    @cached_property
    def _named(self) -> dict[int, set[str]]:
        return {
            source.pk: {fold(name) for name in (source.slug, source.name_zh, source.name_en)}
            for source in Source.objects.all()
        }


def _forms(word: Any) -> set[str]:
    return {fold(word.value), fold(str(word.label))}


def _end(column: str, place: int, entry: Entry) -> list[set[str]]:
    numbers = getattr(entry, column)
    ends = (None, None) if numbers is None else (interval_of(numbers).low, interval_of(numbers).high)
    return [] if ends[place] is None else [{str(ends[place])}]


def _day(days: Any, place: int) -> list[set[str]]:
    ends = [] if days is None else [days_of(days).first, days_of(days).last]
    return [{fold(ends[place].isoformat())}] if ends else []
