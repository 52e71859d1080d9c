"""How a reading is judged by the cases of reading.yaml; what its keys mean is said there and in docs/ingestion.md."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

Statement = dict[str, Any]
_FOLDER = Path(__file__).parent
CASES, MORE = (
    yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8"))
    for name in ("reading.yaml", "reading_more.yaml")
)
DATED = ("parameters", "event", "openness", "context_length")
"""Fields of which a tick must be asked for."""


def name_key(name: str) -> str:
    """Without case, width, blanks, hyphens, dots in the middle, quotation marks and a closing 大模型, 模型 or 系列."""
    plain = re.sub(r"[\s\-·•“”\"'‘’「」『』《》]", "", unicodedata.normalize("NFKC", name).casefold())
    return re.sub("(?:大模型|模型|系列)$", "", plain) or plain


def _is_one_of(wanted: Any, seen: Any, *, is_name: bool = False) -> bool:
    choices = wanted if isinstance(wanted, list) else [wanted]
    if is_name:
        return seen is not None and name_key(seen) in map(name_key, choices)
    return seen in choices


def _fits_value(field: str, wanted: Any, seen: Any) -> bool:
    if field == "name":
        return _is_one_of(wanted, seen, is_name=True)
    if isinstance(wanted, dict):
        return all(
            _is_one_of(value, seen.get(key), is_name=key == "label" and seen.get(key) is not None)
            for key, value in wanted.items()
        )
    return bool(wanted == seen)


def fits(wanted: Statement, seen: Statement) -> bool:
    """Whether the finding has all that the statement says."""
    return (
        wanted["field"] == seen["field"]
        and ("model" not in wanted or _is_one_of(wanted["model"], seen["model"], is_name=True))
        and ("entry" not in wanted or wanted["entry"] == seen["entry"])
        and ("value" not in wanted or _fits_value(wanted["field"], wanted["value"], seen["value"]))
        and ("ticked" not in wanted or wanted["ticked"] == seen["ticked"])
    )


def _expected(case: dict[str, Any]) -> Iterator[list[Statement]]:
    """The statements of which one must be found, for each that is expected; without an entry a new model is meant."""
    for one in case.get("expect", ()):
        yield [{"entry": None, **choice} for choice in one.get("one_of", [one])]


def faults(case: dict[str, Any], reading: dict[str, Any]) -> list[str]:
    """What is wrong with the reading of a case."""
    seen = reading["findings"]
    found = [f"missing {one[0]}" for one in _expected(case) if not any(fits(w, s) for w in one for s in seen)]
    found += [f"refused {one}" for one in case.get("refuse", ()) if any(fits(one, s) for s in seen)]
    found += [f"badly made {s}" for s in seen if not _is_well_made(s, reading["lines"])]
    if "warnings" in case and case["warnings"] != reading["warnings"]:
        found.append(f"warnings {reading['warnings']}")
    return found + [f"ticked {one}" for one in wrong_ticks(case, reading)]


def _is_well_made(seen: Statement, lines: int) -> bool:
    return (
        len(seen["quotation"]) <= 24 and 1 <= seen["line"] <= lines and seen["ticked"] == (not seen["doubts"])
    )


def wrong_ticks(case: dict[str, Any], reading: dict[str, Any]) -> list[Statement]:
    """What is ticked though it is refused, doubtful, or a value that nobody asked for."""
    bad = [*case.get("refuse", ()), *case.get("unticked", ())]
    fair = [*(one for of in _expected(case) for one in of), *case.get("also", ())]
    return [
        one
        for one in reading["findings"]
        if one["ticked"]
        and (
            any(fits(wanted, one) for wanted in bad)
            or (_is_asked_for(one) and not any(fits(w, one) for w in fair))
        )
    ]


def _is_asked_for(one: Statement) -> bool:
    """Whether a tick of it counts as wrong unless a case states it."""
    return one["field"] in DATED and (one["field"] != "event" or one["value"]["earliest"] is not None)
