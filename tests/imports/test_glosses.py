"""English glosses of quotations in an imported table of claims."""

import pytest

from models_catalog.intake.tables.plan import Fate
from models_catalog.models import Claim
from models_catalog.models.vocabulary import Field
from tests.factories import make_entry
from tests.imports.claim_table import HEADING, apply, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.usefixtures("article")
def test_gloss_comes_with_a_new_claim() -> None:
    apply(
        f"{HEADING},gloss_en\n文心,参数,2600亿,thepaper-2023,2,参数达到2600亿,2600亿,has 260 billion parameters\n"
    )
    assert Claim.objects.get(field=Field.PARAMETERS).gloss_en == "has 260 billion parameters"


@pytest.mark.parametrize(
    ("heading", "cell", "fate"),
    [
        ("", "", Fate.UNCHANGED),
        (",gloss_en", ",260 billion", Fate.UNCHANGED),
        (",gloss_en", ",many", Fate.CHANGED),
    ],
)
def test_table_without_glosses_takes_none_away(heading: str, cell: str, fate: Fate) -> None:
    entry = make_entry("文心一言", parameters="2600亿")
    entry.claims.filter(field=Field.PARAMETERS).update(gloss_en="260 billion")
    row = planned(f"文心一言,参数,,thepaper-2023,1,2600亿,2600亿,0,5{cell}", f"{HEADING},start,end{heading}")
    assert row.fate == fate


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("文心,参数,2600亿,thepaper-2023,2,参数达到2600亿,2600亿,大模型,,,", "gloss_en"),
        (f"文心,参数,2600亿,thepaper-2023,2,参数达到2600亿,2600亿,{'x' * 201},,,", "gloss_en"),
        ("文心,类型,model,,,,,a model,curator,知,known", "translation"),
    ],
)
@pytest.mark.usefixtures("article")
def test_gloss_that_is_no_line_of_english_or_of_no_quotation_is_refused(row: str, word: str) -> None:
    found = planned(row, f"{HEADING},gloss_en,basis,reason_zh,reason_en")
    assert (found.fate, word in found.reason) == (Fate.REFUSED, True)


@pytest.mark.usefixtures("article")
def test_what_nobody_sees_is_left_out_of_a_gloss() -> None:
    """It was planned, and the database refused it: a 500 for whoever applied the file."""
    heading = f"{HEADING},gloss_en"
    apply(f"{heading}\n文心,参数,2600亿,thepaper-2023,2,参数达到2600亿,2600亿,has\u200b 260B\n")
    assert Claim.objects.get(field=Field.PARAMETERS).gloss_en == "has 260B"
