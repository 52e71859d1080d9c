"""Forget what a curator decided about rows of an import (`ImportBatch.decisions`) once it means something else."""

from __future__ import annotations

from collections.abc import Mapping

from models_catalog.intake.tables.columns import TableColumn
from models_catalog.intake.tables.plan import LEAVE


def join(decisions: dict[str, str], line: str) -> None:
    """Forget that the line was taken apart, and what was said of its parts."""
    for key in [key for key in decisions if key == line or key.startswith(f"{line}.")]:
        del decisions[key]


def forget_moved(decisions: dict[str, str], before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Forget the mended cells whose column changed and, if that of the names did, all answers about names.

    Rows that were left out as a whole stay so. Return the keys of the rows about which something was forgotten.
    """
    was, now = ({held: at for at, held in mapping.items()} for mapping in (before, after))
    moved = {held for held in {*was, *now} if was.get(held) != now.get(held)}
    is_renamed = TableColumn.NAME.value in moved
    gone = []
    for key, said in [*decisions.items()]:
        row, _colon, held = key.partition(":")
        is_of_name = "." in row or not (held or said == LEAVE)
        if held in moved or (is_renamed and is_of_name):
            gone.append(row)
            del decisions[key]
    return sorted({*gone}, key=lambda key: [*map(int, key.split("."))])
