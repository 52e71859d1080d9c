"""Reading `fixtures/`: YAML made by people, checked row by row before anything is written.

`fixtures/README.md` documents the format. Every mistake is collected as a `Problem` with its file, its
entry and the reason, and all are reported at once; a file set with a problem yields no rows.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml
from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange

from models_catalog.models.ranges import date_range, number_range
from models_catalog.models.source import GLOSS_LENGTH, NOT_IN_A_GLOSS, QUOTATION_LENGTH
from models_catalog.text.characters import folded, refused_in
from models_catalog.text.dates import Days, parse_day_bound
from models_catalog.text.quantities import Interval

Row = dict[str, Any]

_PLACE = re.compile(r"(?P<source>[a-z0-9-]+) (?P<line>\d{1,6}):(?P<start>\d{1,6})-(?P<end>\d{1,6})")


@dataclass(frozen=True)
class Problem:
    """Why a row is refused."""

    file: str
    entry: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.entry}: {self.reason}"


class FixtureError(ValueError):
    """The fixtures hold mistakes; nothing was loaded."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class Refused(ValueError):
    """One row's mistake; the message is the reason."""


@dataclass
class Reader:
    """Collects rows and problems over all files of one folder."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)

    def document(self, name: str) -> Any:
        """The parsed file `name`; a file that cannot be read is a problem and reads as empty."""
        try:
            text = (self.folder / name).read_text(encoding="utf-8")
            return yaml.load(text, Loader=UniqueKeyLoader) or []  # noqa: S506  # a SafeLoader underneath
        except OSError as error:
            self.problems.append(Problem(name, "-", f"cannot be read: {error.strerror}"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            self.problems.append(Problem(name, "-", f"is not valid YAML: {' '.join(str(error).split())}"))
        return []

    def rows(self, name: str, documents: Iterator[tuple[str, Any]], parse: Callable[[Row], Row]) -> list[Row]:
        """`parse` applied to each (entry, raw row); what it refuses becomes a problem."""
        parsed = []
        for entry, raw in documents:
            try:
                if not isinstance(raw, dict):
                    raise Refused("a row is a mapping of columns")
                parsed.append(parse(raw))
            except Refused as error:
                self.problems.append(Problem(name, entry, str(error)))
        return parsed

    def listed(self, name: str) -> Iterator[tuple[str, Any]]:
        """The rows of a file that is a list, each with its slug for messages."""
        document = self.document(name)
        if not isinstance(document, list):
            self.problems.append(Problem(name, "-", "is not a list of rows"))
            return
        for number, raw in enumerate(document, start=1):
            yield str(raw.get("slug", f"row {number}")) if isinstance(raw, dict) else f"row {number}", raw

    def grouped(self, name: str) -> Iterator[tuple[str, Any]]:
        """The rows of a file that maps a slug to a list of rows; the slug is added to each as `of`."""
        document = self.document(name)
        if not isinstance(document, dict):
            self.problems.append(Problem(name, "-", "is not a mapping from slug to rows"))
            return
        for slug, raws in document.items():
            for raw in raws if isinstance(raws, list) else [raws]:
                yield str(slug), ({"of": str(slug), **raw} if isinstance(raw, dict) else raw)


class UniqueKeyLoader(yaml.CSafeLoader):
    """YAML in which a key given twice is a mistake, and a date stays the text that was written."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=deep)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


UniqueKeyLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def take(raw: Row, required: str, optional: str = "") -> Row:
    """The columns named (blank-separated); an unknown or missing one is refused."""
    known = required.split() + optional.split()
    if unknown := sorted(set(raw) - set(known)):
        raise Refused(f"unknown column {', '.join(map(str, unknown))}")
    if missing := [column for column in required.split() if raw.get(column) in (None, "")]:
        raise Refused(f"no {', '.join(missing)}")
    return {column: raw.get(column, "") for column in known}


def text(value: Any, column: str, longest: int) -> str:
    """`value` as text of at most `longest` characters."""
    if not isinstance(value, str | int | float):
        raise Refused(f"{column} is not text")
    if len(found := folded(str(value))) > longest:
        raise Refused(f"{column} has {len(found)} characters, at most {longest} are kept")
    refuse_unseen(found, column)
    return found


def refuse_unseen(words: str, column: str) -> None:
    """Raise `Refused` if the words hold a character that no text may hold."""
    if character := refused_in(words):
        raise Refused(f"{column} holds {character}, which nobody can see")


def choice(value: Any, column: str, allowed: list[str]) -> str:
    if value not in allowed:
        raise Refused(f"{column} {value!r} is none of {', '.join(allowed)}")
    return str(value)


def place(raw: Row) -> Row:
    """The columns of a `Located` row from `at`, `quotation`, `stated` and `gloss_en`; all empty without `at`."""
    quotation, at = str(raw.get("quotation") or ""), str(raw.get("at") or "")
    stated = str(raw.get("stated") or quotation)
    if not at:
        if quotation:
            raise Refused("a quotation needs its place (at: source line:start-end)")
        if raw.get("gloss_en"):
            raise Refused("gloss_en translates a quotation, and there is none")
        empty = dict.fromkeys(("source", "line", "start", "end"))
        return {**empty, "quotation": "", "stated": "", "gloss_en": ""}
    if not (found := _PLACE.fullmatch(at)):
        raise Refused(f"at {at!r} is not a place (source line:start-end)")
    line, start, end = (int(found[name]) for name in ("line", "start", "end"))
    if line < 1 or end <= start:
        raise Refused(f"at {at!r} is an empty place")
    if not quotation:
        raise Refused("no quotation")
    if len(quotation) > QUOTATION_LENGTH:
        raise Refused(f"the quotation has {len(quotation)} characters, at most {QUOTATION_LENGTH} are kept")
    refuse_unseen(quotation, "the quotation")
    if stated not in quotation:
        raise Refused(f"{stated!r} does not stand in the quotation {quotation!r}")
    return {
        "source": found["source"], "line": line, "start": start, "end": end,
        "quotation": quotation, "stated": stated, "gloss_en": gloss(raw.get("gloss_en") or ""),
    }  # fmt: skip


def gloss(value: Any) -> str:
    """Our translation of a quotation: one line of English."""
    found = text(value, "gloss_en", GLOSS_LENGTH)
    if re.search(NOT_IN_A_GLOSS, found):
        raise Refused(f"gloss_en {found!r} is not one line of English")
    return found


def days(value: Any, column: str) -> DateRange:
    """A day, month or year (`2023-04-16`, `2023-04`, `2023`), or two with `/` between, as a range of days."""
    first, _slash, last = str(value).partition("/")
    try:
        found = Days(parse_day_bound(first).first, parse_day_bound(last or first).last)
    except ValueError as error:
        raise Refused(f"{column} {value!r} is no day, month or year: {error}") from error
    if found.last < found.first:
        raise Refused(f"{column} {value!r} ends before it begins")
    return date_range(found)


def by_hand(value: Any) -> NumericRange:
    """`[low, high]` as typed by a person, inclusive; null is an open end."""
    if not (isinstance(value, list) and len(value) == 2 and all(v is None or type(v) is int for v in value)):
        raise Refused("a size set by hand is [low, high] in whole numbers, null for an open end")
    low, high = value
    if low is None or low < 1 or (high is not None and high < low):
        raise Refused(f"[{low}, {high}] is no size")
    return number_range(Interval(low, high))


def decimal_range(low: Any, high: Any) -> NumericRange:
    """The inclusive range from `low` to `high`, each a number or null."""
    try:
        bounds = [None if bound in (None, "") else Decimal(str(bound)) for bound in (low, high)]
    except InvalidOperation as error:
        raise Refused(f"{low!r} to {high!r} are not numbers") from error
    if bounds == [None, None]:
        raise Refused("no low and no high")
    if None not in bounds and bounds[1] < bounds[0]:  # type: ignore[operator]  # both are numbers here
        raise Refused(f"{high} lies below {low}")
    return NumericRange(*bounds, "[]" if None not in bounds else "[)" if bounds[1] is None else "(]")
