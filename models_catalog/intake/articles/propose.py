"""Proposes the findings that a curator chose, in one step: the source, new entries and developers, claims to review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Max

from models_catalog.claims.links import make_developers
from models_catalog.claims.propose import number_claims
from models_catalog.claims.recording import recorded
from models_catalog.claims.settle import developer_names
from models_catalog.intake.articles.finding import Finding
from models_catalog.intake.articles.lexicon import read_lexicon
from models_catalog.intake.articles.places import keep_text
from models_catalog.intake.articles.text import Article
from models_catalog.intake.tables.maker_kinds import kind_of
from models_catalog.models import Claim, Developer, Entry, Source
from models_catalog.models.vocabulary import Basis, DeveloperKind, Field
from models_catalog.text.characters import folded
from models_catalog.text.names import fold, slugify_name

_ONE_AT_A_TIME = 7_310_228
"""Advisory lock for one article at a time, so that a form sent twice proposes once."""

_LAST_POSITION = 30_000
"""Positions from here on are of imported tables, which come after the articles."""


@dataclass(frozen=True)
class Chosen:
    """A finding to propose, about `entry` or about the new entry `new_name`.

    `value` has the claim's columns, instead of the finding's value; `new_developer` in it is the name of a developer to
    create, `new_parent` that of another new entry among the chosen.
    """

    finding: Finding
    value: dict[str, object]
    entry: Entry | None = None
    new_name: str = ""
    suggested_by: str = ""
    """The language model that proposed it, for the history; "" for the reader or a curator."""


@dataclass
class Outcome:
    """The source and the rows created; `about` has the entry of each choice, `known` counts claims that existed already."""

    source: Source
    about: list[Entry] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    developers: list[Developer] = field(default_factory=list)
    known: int = 0


@transaction.atomic
def propose_findings(
    *, source: Source, chosen: Sequence[Chosen], proposer: str, article: Article | None = None
) -> Outcome:
    """Propose all of `chosen` as claims of `source`, or none; the source is saved first if its text is new.

    The text of `article` is stored with it if the settings allow. A claim on the same entry and field with the same
    words at the same position is not created again. A new name that an entry got in the meantime means that entry.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    with recorded("read article", who=proposer):
        outcome = Outcome(_saved(source))
        if article is not None:
            keep_text(outcome.source, article)
        entries = outcome.about = _entries(chosen, outcome)
        list(Entry.objects.select_for_update().filter(pk__in={one.pk for one in entries}).order_by("pk"))
        known = {_what(claim) for claim in Claim.objects.filter(source=outcome.source)}
        makers = _makers(chosen, outcome)
        parents = {fold(one.new_name): entry for one, entry in zip(chosen, entries, strict=True)}
        made: dict[str, list[Claim]] = defaultdict(list)
        for one, claim in zip(chosen, _claims(chosen, entries, makers, parents, outcome.source), strict=True):
            if known & {_what(claim), _what(claim, is_unchecked=True)}:
                outcome.known += 1
                continue
            known.add(_what(claim))
            outcome.claims.append(claim)
            made[one.suggested_by].append(claim)
        number_claims(outcome.claims)
        Claim.objects.bulk_create(made.pop("", []))
    for model, claims in made.items():
        with recorded("read article", who=proposer, model=model):
            Claim.objects.bulk_create(claims)
    return outcome


def _saved(source: Source) -> Source:
    """The source with the same SHA-256, or `source`, saved under a free slug."""
    if there := Source.objects.filter(sha256=source.sha256).first():
        return there
    source = copy(source)  # if all of it is undone, the caller's has no key
    stem = source.slug or slugify_name(source.publisher_en or source.publisher_zh)[:40] or "article"
    taken = set(Source.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    source.slug = next(slug for slug in _numbered(stem) if slug not in taken)
    names = set(Source.objects.values_list("file_name", flat=True))
    if source.file_name in names:
        source.file_name = f"{source.sha256[:8]}-{source.file_name}"[:120]
    source.position = next_position()
    source.save(force_insert=True)
    return source


def next_position() -> int:
    """The next free position of an article, which is its number for readers."""
    numbered = Source.objects.filter(position__lt=_LAST_POSITION)
    return (numbered.aggregate(last=Max("position"))["last"] or 0) + 1


def _entries(chosen: Sequence[Chosen], outcome: Outcome) -> list[Entry]:
    """The entry of each choice; new ones are created, and unlisted until a name of theirs is accepted."""
    lexicon = read_lexicon() if any(one.entry is None for one in chosen) else None
    made: dict[str, Entry] = {}
    entries = []
    for one in chosen:
        name = fold(one.new_name)
        if one.entry is not None:
            made[name] = one.entry
        elif name not in made:
            there = lexicon.entries.get(name) if lexicon else None
            made[name] = Entry.objects.get(pk=there[0].pk) if there else _make_entry(one.new_name)
            if not there:
                outcome.entries.append(made[name])
        entries.append(one.entry or made[name])
    return entries


def _make_entry(name: str) -> Entry:
    stem = slugify_name(name)[:70] or "model"
    taken = set(Entry.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return Entry.objects.create(slug=next(slug for slug in _numbered(stem) if slug not in taken))


def _numbered(stem: str) -> Iterator[str]:
    """`stem`, `stem-2`, `stem-3`…"""
    yield stem
    for number in range(2, 10_000):
        yield f"{stem}-{number}"


def _makers(chosen: Sequence[Chosen], outcome: Outcome) -> dict[str, Developer]:
    """Folded name → developer, with the missing ones created; {} if no choice names a new developer."""
    named = {fold(name): name for one in chosen if (name := str(one.value.get("new_developer", "")))}
    if not named:
        return {}
    known = {fold(name): row for row in Developer.objects.all() for name in developer_names(row)}
    kinds = (
        (name, kind_of(name, DeveloperKind.AI_COMPANY)) for key, name in named.items() if key not in known
    )
    made = make_developers(kinds)
    outcome.developers += made.values()
    return known | made


def _claims(
    chosen: Sequence[Chosen], entries: Sequence[Entry], makers: Mapping[str, Developer],
    parents: Mapping[str, Entry], source: Source,
) -> Iterator[Claim]:  # fmt: skip
    for one, entry in zip(chosen, entries, strict=True):
        found, value = one.finding, dict(one.value)
        if name := value.pop("new_developer", ""):
            value["developer"] = makers[fold(str(name))]
        if name := value.pop("new_parent", ""):
            value["parent"] = parents[fold(str(name))]
        if name := value.get("text"):
            value["text"] = folded(str(name))
        if found.basis != Basis.CURATOR:
            value |= {"source": source, "line": found.line, "start": found.start, "end": found.end,
                      "quotation": found.quotation, "stated": found.stated}  # fmt: skip
        yield Claim(
            entry=entry, field=found.field, basis=found.basis, reason_zh=folded(found.reason_zh),
            reason_en=folded(found.reason_en), **value,
        )  # fmt: skip


def _what(claim: Claim, *, is_unchecked: bool = False) -> tuple[object, ...]:
    """The key by which two claims are the same: entry, field, position, words; for names and events the value too.

    Of an unchecked claim, whose position is not known, the words alone tell.
    """
    place = (None, None, None) if is_unchecked else (claim.line, claim.start, claim.end)
    said = (claim.text, claim.token, claim.event) if claim.field in (Field.NAME, Field.EVENT) else ()
    return (claim.entry_id, claim.field, *place, claim.stated, *said)
