"""Which claim fills a column: the fixtures' choice, but where a person had a hand in it the person's."""

from collections.abc import Iterable
from typing import Any

from models_catalog.actions.families import leads_to
from models_catalog.ingest.fixture_merge import Judged, Verdict, is_touched
from models_catalog.ingest.fixture_tables import plain
from models_catalog.models import Claim, Entry, LoadedRow
from models_catalog.models.vocabulary import Field, Status

Unit = tuple[int, str, str]
"""Entry, field, and of names the form: of its accepted claims one is preferred."""


class Preferences:
    """What fills the columns of the entries that the judged claims belong to."""

    def __init__(self, judged: Iterable[Judged], known: dict[str, LoadedRow]) -> None:
        self.judged = list(judged)
        self.by_id = {one.found.pk: one for one in self.judged if one.found is not None}
        self.known = {row.row: row for row in known.values()}
        entries = {one.row["entry_id"] for one in self.judged if "entry_id" in one.row}
        entries |= {one.found.entry_id for one in self.by_id.values()}
        self.claims = list(Claim.objects.filter(entry__in=entries))
        self.of_people = set(self._of_people())

    def yield_to_people(self) -> None:
        """Change the judged rows so that none moves a preference that a person had a hand in."""
        accepted = {unit_of(claim) for claim in self.claims if claim.status == Status.ACCEPTED}
        for one in self.judged:
            if not one.is_written or one.is_overwritten:
                continue
            unit, prefers = unit_of_row(one.row), one.row["preferred"]
            if one.verdict == Verdict.CREATED and prefers and unit in self.of_people & accepted:
                _prefer(one, False)
            elif one.verdict == Verdict.UPDATED:
                self._yield_change(one, unit, prefers)

    def _yield_change(self, one: Judged, unit: Unit, prefers: bool) -> None:
        before, preferred = unit_of(one.found), one.found.preferred
        if not {unit, before} & self.of_people or (unit, prefers) == (before, preferred):
            return
        if unit != before and not (prefers or preferred):
            return
        if unit != before or (preferred and one.row["status"] != Status.ACCEPTED):
            one.verdict = Verdict.KEPT
        else:
            _prefer(one, preferred)

    def withdrawn(self) -> list[Claim]:
        """Claims that lose the mark before others get it, so that no two hold it at once."""
        takers = {unit_of_row(one.row): one for one in self.judged if one.is_written and one.row["preferred"]}
        return [claim for claim in self.claims if claim.preferred and self._loses(claim, takers)]

    def _loses(self, claim: Claim, takers: dict[Unit, Judged]) -> bool:
        own = self.by_id.get(claim.pk)
        if own is not None and own.verdict == Verdict.UPDATED:
            return not own.row["preferred"] or unit_of_row(own.row) != unit_of(claim)
        taker = takers.get(unit_of(claim))
        return taker is not None and taker is not own and (taker.is_overwritten or self._has_left(claim))

    def _has_left(self, claim: Claim) -> bool:
        """Whether the claim was loaded, is in the fixtures no more, and nobody touched it."""
        known = self.known.get(claim.pk)
        return claim.pk not in self.by_id and known is not None and not is_touched(claim, known)

    def _of_people(self) -> Iterable[Unit]:
        for claim in self.claims:
            own, known = self.by_id.get(claim.pk), self.known.get(claim.pk)
            if own is None:
                is_theirs = claim.status == Status.ACCEPTED if known is None else is_touched(claim, known)
            else:
                is_theirs = own.verdict in (Verdict.KEPT, Verdict.LEFT)
            if is_theirs:
                yield unit_of(claim)
        for one in self.judged:
            if one.known and not one.is_written and one.verdict != Verdict.SAME:
                yield unit_of_row(one.known.columns)


def leave_circles(judged: Iterable[Judged]) -> None:
    """Leave each claim by which its entry would be part of itself, since people put the other under it."""
    filling = [one for one in judged if one.is_written and one.row["parent_id"] and one.row["preferred"]]
    above = dict(Entry.objects.exclude(parent=None).values_list("pk", "parent"))
    for one in filling:
        above.pop(one.row["entry_id"], None)
    for one in filling:
        if leads_to(above, one.row["parent_id"], one.row["entry_id"]):
            one.leave("its entry would be part of itself")
        else:
            above[one.row["entry_id"]] = one.row["parent_id"]


def unit_of(claim: Claim) -> Unit:
    return _unit(claim.entry_id, claim.field, claim.token)


def unit_of_row(row: dict[str, Any]) -> Unit:
    return _unit(row["entry_id"], plain(row["field"]), row["token"])


def _unit(entry: int, field: str, token: str) -> Unit:
    return entry, field, token if field == Field.NAME else ""


def _prefer(one: Judged, preferred: bool) -> None:
    """Write the row with that mark; what the fixtures say is remembered, so that it counts as people's from then on."""
    one.said = one.said or dict(one.row)
    one.row["preferred"] = preferred
