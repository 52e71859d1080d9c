"""Rows for tests. An entry is made as in life: from accepted claims with places, then settled.

Everything has a dull default; name only what the test is about.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange

from models_catalog.claims.settle import settle
from models_catalog.intake.values import parse_number
from models_catalog.models import (
    Claim,
    Developer,
    DeveloperClaim,
    Entry,
    MarketFigure,
    Omission,
    Sector,
    Source,
)
from models_catalog.models.claim_value import TOKENS
from models_catalog.models.ranges import date_range
from models_catalog.models.source import QUOTATION_LENGTH
from models_catalog.models.vocabulary import (
    SINGLE_VALUED,
    Answer,
    Basis,
    DeveloperField,
    DeveloperKind,
    EventKind,
    Field,
    FigureUnit,
    Kind,
    NameKind,
    OmissionReason,
    Ruling,
    Status,
)
from models_catalog.text.dates import Days, parse_day_bound
from models_catalog.text.names import slugify_name, sort_keys

REVIEWED = datetime(2026, 11, 22, tzinfo=UTC)
_numbers = count(1)


def days(words: str) -> DateRange:
    """`2023`, `2023-04` or `2023-04-16`, or two with `/` between, as a range of days."""
    first, _slash, last = words.partition("/")
    return date_range(Days(parse_day_bound(first).first, parse_day_bound(last or first).last))


def make_source(slug: str = "thepaper-2023", **columns: Any) -> Source:
    """The source with that slug, made if it is not there."""
    row = {
        "file_name": f"{slug}.txt",
        "sha256": "0" * 64,
        "name_zh": f"文章 {slug}",
        "name_en": f"Article {slug}",
        "publisher_zh": "澎湃科技",
        "publisher_en": "The Paper",
        "published": DateRange(date(2023, 4, 1), date(2023, 5, 1)),
        "condition_zh": "干净",
        "condition_en": "clean",
        **columns,
    }
    return Source.objects.get_or_create(slug=slug, defaults=row)[0]


def make_developer(name_zh: str = "百度", **columns: Any) -> Developer:
    """The developer with that slug (by default from its name), made if it is not there."""
    slug = columns.pop("slug", "") or slugify_name(columns.get("name_en", "") or name_zh)
    row = {"name_zh": name_zh, "kind": DeveloperKind.BIG_TECH, **columns}
    row |= sort_keys(name_zh, row.get("name_en", ""))
    return Developer.objects.get_or_create(slug=slug, defaults=row)[0]


def make_statement(
    developer: Developer | None = None, *, words: str = "大厂", **columns: Any
) -> DeveloperClaim:
    """An accepted statement about a developer, of its kind unless `columns` say otherwise."""
    row = {
        "key": f"kind-{next(_numbers)}",
        "field": DeveloperField.KIND,
        "token": DeveloperKind.BIG_TECH,
        **columns,
    }
    if row.get("basis") != Basis.CURATOR:
        place = {"line": 1, "start": 0, "end": len(words), "quotation": words, "stated": words}
        row = {"source": row.pop("source", None) or make_source(), **place, **row}
    return DeveloperClaim.objects.create(developer=developer or make_developer(), **row)


def make_sector(name_zh: str = "金融", **columns: Any) -> Sector:
    """The sector with that slug (by default from its name), made if it is not there."""
    slug = columns.pop("slug", "") or slugify_name(columns.get("name_en", "") or name_zh)
    row = {"name_zh": name_zh, "name_en": slug.title(), **columns}
    return Sector.objects.get_or_create(slug=slug, defaults=row)[0]


def make_claim(entry: Entry, field: Field, *, words: str = "几个字", **columns: Any) -> Claim:
    """An accepted claim whose words stand in an article; not yet settled.

    Of a single-valued field it is the preferred one unless `preferred` says otherwise.
    """
    claim = unsaved_claim(entry, field, words=words, **columns)
    claim.save()
    return claim


def propose(entry: Entry, field: Field = Field.PARAMETERS, **columns: Any) -> Claim:
    """A claim that waits; of a size, that `words` state."""
    if field == Field.PARAMETERS and "answer" not in columns:
        columns = {
            "words": "1760亿",
            "number": parse_number("parameters", columns.get("words", "1760亿")),
            **columns,
        }
    claim = make_claim(entry, field, status=Status.PROPOSED, reviewed_by="", reviewed_at=None, **columns)
    return Claim.objects.select_related("entry").get(pk=claim.pk)


def dispute_size(entry: Entry, words: str = "60亿", **columns: Any) -> Claim:
    """A size in dispute with the preferred one of the entry, which is more precise; not yet settled."""
    number = parse_number("parameters", words)
    row = {"status": Status.DISPUTED, "ruling": Ruling.MORE_PRECISE, "preferred": False, **columns}
    return make_claim(entry, Field.PARAMETERS, words=words, number=number, **row)


def unsaved_claim(entry: Entry, field: Field, *, words: str = "几个字", **columns: Any) -> Claim:
    number = next(_numbers)
    row: dict[str, Any] = {
        "key": f"{field}-{number}",
        "position": number % 30_000,
        "status": Status.ACCEPTED,
        "reviewed_by": "editors",
        "reviewed_at": REVIEWED,
        **columns,
    }
    row.setdefault("preferred", _fills_column(field, row))
    if row.get("basis") != Basis.CURATOR:
        source = row.pop("source", None) or make_source()
        words = words[:QUOTATION_LENGTH]
        row = {"line": 1, "start": 0, "end": len(words), "quotation": words, "stated": words, **row}
        row["source"] = source
    return Claim(entry=entry, field=field, **row)


def _fills_column(field: Field, row: dict[str, Any]) -> bool:
    if row["status"] != Status.ACCEPTED or row.get("answer", Answer.VALUE) != Answer.VALUE:
        return False
    return field in SINGLE_VALUED or row.get("event") == EventKind.RELEASED


def make_entry(
    name_zh: str = "文心一言", *, slug: str = "", source: Source | None = None, **facts: Any
) -> Entry:
    """A settled, listed entry whose columns hold what `facts` say.

    facts: name_en, aliases (list of names, or of (NameKind, name)), kind, category, openness, modalities,
    parent, developers and sectors (rows, or Chinese names), parameters (words such as `2600亿`),
    released (`2023-03-16`, `2023-03`…), events ({EventKind: days or ""}).
    """
    return make_entries_from([{"name_zh": name_zh, "slug": slug, "source": source, **facts}])[0]


def make_entries(n: int, **facts: Any) -> list[Entry]:
    """`n` entries 模型0001, 模型0002… with the same facts, in few queries."""
    facts["developers"] = [_row(one, make_developer) for one in facts.get("developers", [])]
    facts["sectors"] = [_row(one, make_sector) for one in facts.get("sectors", [])]
    width = len(str(n))
    rows = [{"name_zh": f"模型{i:0{width}}", "slug": f"moxing-{i:0{width}}"} for i in range(1, n + 1)]
    return make_entries_from([{**facts, **row} for row in rows])


def make_entries_from(rows: Sequence[dict[str, Any]]) -> list[Entry]:
    """Many entries at once, each row the arguments of `make_entry`. Columns are read back as settled."""
    entries = Entry.objects.bulk_create(
        Entry(slug=row.get("slug") or slugify_name(row["name_zh"]) or f"entry-{next(_numbers)}")
        for row in rows
    )
    default = make_source()
    claims = [
        claim
        for entry, row in zip(entries, rows, strict=True)
        for claim in _claims(entry, {**row, "source": row.get("source") or default})
    ]
    Claim.objects.bulk_create(claims)
    settle(entries)
    settled = Entry.objects.in_bulk([entry.pk for entry in entries])
    return [settled[entry.pk] for entry in entries]


def _row(given: Any, make: Callable[[str], Any]) -> Any:
    """The row itself, or the one of that Chinese name."""
    return make(given) if isinstance(given, str) else given


def _claims(entry: Entry, facts: dict[str, Any]) -> Iterator[Claim]:
    facts = {"kind": Kind.MODEL, **facts}
    source = facts.pop("source")
    facts.pop("slug", None)

    def say(field: Field, words: str, **columns: Any) -> Claim:
        return unsaved_claim(entry, field, words=words, source=source, **columns)

    name_zh, name_en = facts.pop("name_zh"), facts.pop("name_en", "")
    yield say(Field.NAME, name_zh, text=name_zh, token=NameKind.ZH, preferred=True)
    if name_en:
        yield say(Field.NAME, name_en, text=name_en, token=NameKind.EN, preferred=True)
    for alias in facts.pop("aliases", []):
        form, text = (NameKind.ALIAS, alias) if isinstance(alias, str) else alias
        yield say(Field.NAME, text, text=text, token=form)
    for field in TOKENS:
        if field != Field.MODALITY and (token := facts.pop(field.value, "")):
            yield say(field, token, token=token)
    for token in facts.pop("modalities", []):
        yield say(Field.MODALITY, token, token=token)
    if parent := facts.pop("parent", None):
        yield say(Field.PARENT, parent.name_zh, parent=parent)
    for made_by in facts.pop("developers", []):
        developer = _row(made_by, make_developer)
        yield say(Field.DEVELOPER, developer.name_zh, developer=developer)
    for target in facts.pop("sectors", []):
        sector = _row(target, make_sector)
        yield say(Field.SECTOR, sector.name_zh, sector=sector)
    if words := facts.pop("parameters", ""):
        yield say(Field.PARAMETERS, words, number=parse_number("parameters", words))
    events = dict(facts.pop("events", {}))
    if released := facts.pop("released", ""):
        events[EventKind.RELEASED] = released
    for event, words in events.items():
        yield say(Field.EVENT, words or "发布", event=event, days=days(words) if words else None)
    if facts:
        raise TypeError(f"make_entry knows no {', '.join(facts)}")


def make_figure(slug: str = "models-over-1b", **columns: Any) -> MarketFigure:
    """A finding about the market, without evidence."""
    row = {
        "name_zh": "10亿参数以上的大模型",
        "name_en": "Models of a billion parameters or more",
        "value": NumericRange(79, 79, "[]"),
        "unit": FigureUnit.MODELS,
        "counted_by_zh": "科技部",
        "counted_by_en": "Ministry of Science and Technology",
        **columns,
    }
    return MarketFigure.objects.create(slug=slug, **row)


def make_omission(quotation: str = "GPT-4", **columns: Any) -> Omission:
    """A mention left out, at a place of its own."""
    start = next(_numbers)
    row = {
        "source": columns.pop("source", None) or make_source(),
        "line": 1,
        "start": start,
        "end": start + len(quotation),
        "quotation": quotation,
        "stated": quotation,
        "reason": OmissionReason.FOREIGN_MODEL,
        **columns,
    }
    return Omission.objects.create(**row)
