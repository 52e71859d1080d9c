"""Tables and what the import should make of them: tables.yaml, in which every name is invented or the registry's own.

A case is right if all that it expects is so; what it does not name is free. Spreadsheets lie in tables/.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import yaml
from django.test import Client

from models_catalog.intake.tables.known import Known
from models_catalog.intake.tables.rows import Unreadable
from models_catalog.intake.tables.runs import imported, planned
from models_catalog.intake.tables.upload import Told
from models_catalog.text.names import fold

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "tables.yaml").read_text("utf-8"))
Plan = dict[str, Any]


def content_of(case: dict[str, Any], client: Client) -> tuple[str, bytes]:
    """The case's file: its name and its bytes."""
    if "file" in case:
        return case["file"], (HERE / case["file"]).read_bytes()
    if "site" in case:
        return case["site"].rpartition("/")[2], b"".join(client.get(case["site"]))
    if "bytes_hex" in case:
        return f"{case['id']}.csv", bytes.fromhex(case["bytes_hex"])
    return f"{case['id']}.csv", case["csv"].encode(case.get("encoding", "utf-8"))


def told_of(case: dict[str, Any]) -> Told:
    args = case.get("args", {})
    pairs = tuple(tuple(one.split("=")) for one in args.get("map", []))
    return Told(args.get("sheet", ""), args.get("heading_row", 0), args.get("contents", ""), pairs)


def judge(case: dict[str, Any], name: str, content: bytes) -> list[str]:
    """What is wrong with the plan of the file; nothing if the case is right."""
    told, expect = told_of(case), case["expect"]
    again = case.get("args", {}).get("after") == "itself"
    try:
        with imported(name, content, told) if again else nullcontext():
            plan = planned(name, content, told)
    except Unreadable as error:
        line = expect.get("error", {}).get("line")
        is_named = line and any(words in str(error) for words in (f"line {line} ", f"第{line}行"))
        return [] if is_named else [str(error)]
    return ["it was read"] if "error" in expect else list(_wrong(plan, expect))


def _wrong(plan: Plan, expect: dict[str, Any]) -> Iterator[str]:
    for key in ("heading_row", "sheet", "hidden_rows"):
        if key in expect and plan[key] != expect[key]:
            yield f"{key}: {plan[key]}"
    for column in expect.get("columns", ()):
        if not any(_fits_column(one, column) for one in plan["columns"]):
            yield f"{column}: {plan['columns']}"
    for outcome, number in expect.get("totals", {}).items():
        found = plan["totals"][outcome]
        if found != (max(1, len(plan["rows"])) if number == "all" else number):
            yield f"totals: {plan['totals']}"
    rows = {row["line"]: row for row in plan["rows"]}
    for wanted in expect.get("rows", ()):
        row = rows.get(wanted["line"], {})
        yield from (
            f"line {wanted['line']} {key}: {row.get(key)} is not {value}; {_notes(row)}"
            for key, value in wanted.items()
            if not _fits(row, key, value)
        )
    for wanted in expect.get("refuse", ()):
        yield from (
            f"line {row['line']}: must not be {wanted}"
            for row in plan["rows"]
            if all(_fits(row, key, value) for key, value in wanted.items())
        )


def _notes(row: dict[str, Any]) -> str:
    notes = [f"{note['code']} {note['text']}" for note in row.get("notes", ())]
    return "; ".join([*notes, str(row.get("reason", ""))])


def _fits_column(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    unit = "unit" not in wanted or (
        found["unit"] is not None and float(found["unit"]) == float(wanted["unit"])
    )
    return unit and found["heading"] == wanted["heading"] and found["field"] == wanted["field"]


def _fits(row: dict[str, Any], key: str, wanted: Any) -> bool:
    if not row:
        return False
    if isinstance(wanted, dict) and "any" in wanted:
        return any(_fits(row, key, one) for one in wanted["any"])
    notes = row["notes"]
    if key == "notes_code":
        return any(note["code"] in _listed(wanted) for note in notes)
    if key == "notes_say":
        return all(any(words in note["text"] for note in notes) for words in wanted)
    if key == "new_developers":
        new = {note["cell"]: note["value"] for note in notes if note["code"] == "new-developer"}
        return all(new.get(maker) == kind for maker, kind in wanted.items())
    if key == "developers":
        return _same_makers(row["developers"], wanted)
    return bool(row[key] in wanted if key == "outcome" and isinstance(wanted, list) else row[key] == wanted)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _same_makers(found: list[str], wanted: list[Any]) -> bool:
    """Whether the makers are those, in order; a known one under any of its names."""
    known = Known().developers
    if len(found) != len(wanted):
        return False
    return all(
        any(
            fold(maker) == fold(one)
            or (fold(one) in known and known.get(fold(maker)) == known[fold(one)])
            or _without_form(maker) == _without_form(one)
            for one in _listed(names)
        )
        for maker, names in zip(found, wanted, strict=True)
    )


def _without_form(name: str) -> str:
    words = name.casefold().replace(",", " ").replace(".", "").split()
    while words and words[-1] in {"inc", "ltd", "co", "llc", "corp"}:
        words.pop()
    return " ".join(words)
