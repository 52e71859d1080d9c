"""Who says so: the speakers of an entry's claims, and how far the developer speaks for itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from models_catalog.models import Claim, Developer

_AFFILIATION = re.compile(r"\((.+)\)")


class Voice(NamedTuple):
    """One speaker: `name` is "" for the article itself; `is_own` where it builds the entry."""

    name: str
    claims: int
    is_own: bool


def voices(claims: Iterable[Claim], developers: Collection[Developer]) -> list[Voice]:
    """The speakers of the claims with a source, most claims first."""
    sourced = [claim for claim in claims if claim.source]
    own = {claim.said_by for claim in sourced if _is_own_word(claim, developers)}
    counted = Counter(claim.said_by for claim in sourced)
    return [Voice(name, n, name in own) for name, n in counted.most_common()]


def _is_own_word(claim: Claim, developers: Iterable[Developer]) -> bool:
    """Whether who says it is, or speaks for, one of `developers`, as far as the names show."""
    spoken = [claim.said_by_zh, claim.said_by_en, *_AFFILIATION.findall(claim.said_by_en)]
    names = [name for row in developers for name in (row.name_zh, row.name_en)]
    return "研发方" in claim.said_by_zh or any(
        name in who or who in name for who in spoken for name in names if min(len(who), len(name)) > 1
    )
