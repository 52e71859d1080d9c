"""A claim about each field: who may propose one, and correct one."""

from typing import Any

from models_catalog.models import Claim
from models_catalog.models.claim_value import TOKENS
from models_catalog.models.vocabulary import NUMBERS, Basis, EventKind, Field, LinkKind, NameKind
from tests.permissions.acts import Act, Case
from tests.permissions.rows_claims import CLAIM, KNOWN
from tests.permissions.table import CURATORS


def value(case: Case, field: Field) -> dict[str, Any]:
    """What is typed for a value of that field which curators know."""
    values: dict[Field, dict[str, Any]] = {
        Field.NAME: {"text": "轩辕二", "token": NameKind.ZH},
        **{field: {"low": "7", "high": "7"} for field in NUMBERS},
        Field.LINK: {"text": "https://code.example/two", "token": LinkKind.CODE},
        Field.EVENT: {"event": EventKind.RELEASED, "days": "2023-05"},
        Field.DEVELOPER: {"developer": case.ids["unused"]},
        Field.SECTOR: {"sector": case.ids["models_catalog_sector"]},
        Field.PARENT: {"parent": case.ids["lonely"]},
        **{field: {"token": [*tokens][-1].value} for field, tokens in TOKENS.items()},
    }
    return KNOWN | values[field]


def known(case: Case, field: Field, **of: Any) -> bool:
    return Claim.objects.filter(field=field, basis=Basis.CURATOR, **of).exists()


def _proposed(field: Field) -> Act:
    return Act(
        f"propose a claim about {field}", f"{CLAIM}_add", CURATORS, press="_propose",
        query=lambda case: {"entry": case.ids["sized"], "field": field}, fill=lambda case: value(case, field),
        does=lambda case: known(case, field, entry=case.ids["sized"]),
    )  # fmt: skip


def _corrected(field: Field) -> Act:
    row = f"waits-{field}"
    return Act(
        f"correct a claim about {field}", f"{CLAIM}_change", CURATORS, row=row, press="_save",
        fill=lambda case: value(case, field), does=lambda case: known(case, field, pk=case.ids[row]),
    )  # fmt: skip


ACTS = [row(field) for field in Field for row in (_proposed, _corrected)]
