"""Decisions about one claim, for tests that need one made."""

from models_catalog.claims.decide import decide
from models_catalog.models import Claim
from models_catalog.models.vocabulary import Ruling, Verdict


def accept_claim(
    *, claim: Claim, reviewer: str, preferred: bool = False, version: int | None = None
) -> Claim:
    return _decided(claim, Verdict.PREFER if preferred else Verdict.ACCEPT, reviewer, version)


def dispute_claim(*, claim: Claim, reviewer: str, ruling: Ruling, reason: str = "") -> Claim:
    return _decided(claim, Verdict.DISPUTE, reviewer, ruling=ruling, reason=reason)


def reject_claim(*, claim: Claim, reviewer: str, reason: str = "") -> Claim:
    return _decided(claim, Verdict.REJECT, reviewer, reason=reason)


def reopen_claim(*, claim: Claim, reviewer: str) -> Claim:
    return _decided(claim, Verdict.REOPEN, reviewer)


def _decided(
    claim: Claim, verdict: Verdict, by: str, version: int | None = None, *, ruling: str = "", reason: str = ""
) -> Claim:
    seen = None if version is None else {claim.entry_id: version}
    [done] = decide(claims={claim.pk}, verdict=verdict, by=by, seen=seen, ruling=ruling, reason=reason)
    return done
