"""Rows of a table of claims whose source is a web page, which has no lines."""

from typing import Any

import pytest
from django.utils import translation

from models_catalog.intake.tables.plan import Fate
from tests.factories import make_entry, make_source
from tests.imports.claim_table import planned

pytestmark = pytest.mark.django_db

HEADING = "entry,field,value,source,line,start,end,quotation,stated"
NO_LINES = {
    "en": "a web page has no lines: leave line, start and end empty",
    "zh-hans": "网页没有行：行、起、止请留空",
}


@pytest.fixture(autouse=True)
def _page() -> None:
    make_entry("文心", slug="wenxin")
    where: dict[str, Any] = {"web_address": "https://example.org/a", "condition_zh": "", "condition_en": ""}
    make_source("a-page", file_name="", sha256="", **where)


def test_a_row_on_a_web_page_has_no_place() -> None:
    row = planned("文心,parameters,,a-page,,,,2600亿,", HEADING)
    assert (row.fate, row.reason) == (Fate.NEW, "")


@pytest.mark.parametrize("language", NO_LINES)
@pytest.mark.parametrize("place", ["3,,", ",0,", ",,4", "1,0,5"])
def test_a_place_on_a_web_page_is_refused(place: str, language: str) -> None:
    with translation.override(language):
        row = planned(f"文心,parameters,,a-page,{place},2600亿,", HEADING)
    assert (row.fate, row.reason) == (Fate.REFUSED, NO_LINES[language])
