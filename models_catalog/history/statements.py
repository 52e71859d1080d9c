"""The claims that a step of an entry's history accepted, disputed or withdrew, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from models_catalog.fields.describe import line_words
from models_catalog.models.vocabulary import Field, Ruling, Status

MOST = 5
"""The most claims listed per action; the others are only counted."""

ACCEPTED, DISPUTED, WITHDRAWN = "accepted", "disputed", "withdrawn"
DONE: dict[str, StrOrPromise] = {
    ACCEPTED: _("accepted"), DISPUTED: _("disputed"), WITHDRAWN: _("withdrawn"),
}  # fmt: skip
PUBLIC = (Status.ACCEPTED, Status.DISPUTED)


@dataclass(frozen=True)
class Statement:
    """One claim: its field, its value, the rule by which it was disputed, and its anchor if it is still on the page."""

    heading: StrOrPromise
    value: str
    ruling: StrOrPromise
    anchor: str


@dataclass(frozen=True)
class FirstStatements:
    """The first claims of one action, and the number of further ones."""

    done: StrOrPromise
    statements: Sequence[Statement]
    more: int


def done_to(before: Any, event: Any) -> str:
    """The public meaning of a claim's status change; "" if it is for curators only."""
    was_public = before is not None and before.status in PUBLIC
    if event.status in PUBLIC:
        return "" if was_public and before.status == event.status else str(Status(event.status))
    return WITHDRAWN if was_public else ""


def told_of_claims(
    events: Mapping[str, Sequence[Any]], anchors: Mapping[int, str], named: Mapping[str, Mapping[int, str]]
) -> list[FirstStatements]:
    """The claims' `events` in words, by action. `anchors` maps claim ids, `named` maps column and id to labels."""
    return [
        FirstStatements(
            DONE[done], [_statement(one, done, anchors, named) for one in found[:MOST]], len(found[MOST:])
        )
        for done in DONE
        if (found := events.get(done, ()))
    ]


def _statement(
    event: Any, done: str, anchors: Mapping[int, str], named: Mapping[str, Mapping[int, str]]
) -> Statement:
    ruling = Ruling(event.ruling).label if done == DISPUTED and event.ruling else ""
    heading = Field(event.field).label
    return Statement(heading, line_words(event, named), ruling, anchors.get(event.pgh_obj_id, ""))
