"""What names a family that waits is not told of its member: not as a source of it, nor as what bears it out."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from models_catalog.claims.merge import merge_entries
from models_catalog.models import Claim, Entry
from models_catalog.models.claim import PUBLIC_CLAIM
from models_catalog.models.vocabulary import Basis, Field, NameKind
from tests.decisions import accept_claim, reject_claim
from tests.factories import make_entry, make_source, propose
from tests.hardening.site import body

pytestmark = pytest.mark.django_db


@pytest.fixture
def name_of_family() -> Claim:
    """The claim that will list the family; readers see the article that speaks of it, with another model."""
    source = make_source("hidden-here")
    make_entry("别的", source=source, parameters="10亿")
    make_entry("成员", slug="member", parameters="70亿")
    family = Entry.objects.create(slug="waits")
    member = Entry.objects.get(slug="member")
    part = propose(
        member,
        Field.PARENT,
        parent=family,
        source=source,
        basis=Basis.INFERRED,
        reason_zh="推断",
        reason_en="inferred",
    )
    accept_claim(claim=part, reviewer="editors")
    return propose(family, Field.NAME, token=NameKind.ZH, text="家族")


def told() -> tuple[list[str], list[str]]:
    """The sources of the member in JSON, and the words for how well it is borne out under which readers find it."""
    rows: list[dict[str, Any]] = Client().get("/api/v1/models/member/").json()["sources"]
    found = [word for word in WORDS if b"/models/member/" in body(Client().get(f"/models/?evidence={word}"))]
    return sorted(str(row) for row in rows), found


WORDS = ("inferred", "one-source", "two-sources")


def test_a_member_names_no_source_of_its_waiting_family(name_of_family: Claim) -> None:
    before = told()
    assert "hidden-here" not in str(before[0])
    assert before[1] == ["one-source"]
    accept_claim(claim=name_of_family, reviewer="editors")
    after = told()
    assert "hidden-here" in str(after[0])
    assert after[1] == ["inferred", "two-sources"]
    name_of_family.refresh_from_db()
    reject_claim(claim=name_of_family, reviewer="editors", reason="no family")
    assert told() == before


def test_a_waiting_family_that_is_merged_into_a_listed_one_is_told(name_of_family: Claim) -> None:
    shown = make_entry("已上线")
    merge_entries(kept=shown, merged=name_of_family.entry, by="editors")
    assert "hidden-here" in str(told()[0])


def test_sql_and_django_agree_on_which_claims_are_public(name_of_family: Claim) -> None:
    def in_sql() -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM models_catalog_claim claim WHERE {PUBLIC_CLAIM}")
            return {pk for (pk,) in cursor.fetchall()}

    before = in_sql()
    assert before == set(Claim.objects.public().values_list("pk", flat=True))
    accept_claim(claim=name_of_family, reviewer="editors")
    assert in_sql() == set(Claim.objects.public().values_list("pk", flat=True)) > before
