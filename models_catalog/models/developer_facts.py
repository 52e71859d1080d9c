"""The values of a developer's row, each with the claims that support it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from models_catalog.models.developer import Developer
from models_catalog.models.developer_claim import DeveloperClaim
from models_catalog.models.vocabulary import Basis, DeveloperField, DeveloperKind, Status, strongest


@dataclasses.dataclass(frozen=True)
class DeveloperFact:
    """A kind, a parent organisation or another name. Without a claim it is a curator's addition."""

    developer: Developer
    field: DeveloperField
    value: DeveloperKind | Developer | str
    statements: Sequence[DeveloperClaim] = dataclasses.field(default_factory=list)

    @property
    def basis(self) -> Basis:
        return strongest(one.basis for one in self.statements)


def facts_of(developer: Developer) -> list[DeveloperFact]:
    """The values of a developer's row, in a fixed order. Prefetch `statements` and join `parent` first."""
    told = [one for one in developer.statements.all() if one.status == Status.ACCEPTED]

    def fact(of: DeveloperField, value: DeveloperKind | Developer | str, held: object) -> DeveloperFact:
        return DeveloperFact(
            developer, of, value, [one for one in told if one.field == of and one.value == held]
        )

    facts = [fact(DeveloperField.KIND, DeveloperKind(developer.kind), developer.kind)]
    if developer.parent:
        facts.append(fact(DeveloperField.PARENT, developer.parent, developer.parent_id))
    return facts + [fact(DeveloperField.ALIAS, alias, alias) for alias in developer.aliases]


def not_held(developer: Developer) -> list[DeveloperClaim]:
    """Public claims whose value differs from the developer's row, such as disputed ones."""
    backing = {one.pk for fact in facts_of(developer) for one in fact.statements}
    public = (Status.ACCEPTED, Status.DISPUTED)
    return [one for one in developer.statements.all() if one.status in public and one.pk not in backing]


def bases_of(facts: Iterable[DeveloperFact], of: DeveloperField) -> list[Basis]:
    """The basis of each value of a field, in order."""
    return [fact.basis for fact in facts if fact.field == of]
