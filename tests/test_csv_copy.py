"""PostgreSQL writes the catalog's CSV to the byte as Python's writer does."""

from itertools import chain

import numpy as np
import pytest
from django.http import QueryDict
from django.utils import translation

from models_catalog.catalog.filters import EntryFilter
from models_catalog.catalog.results import Present, rows_of
from models_catalog.limits.files import FIRST
from models_catalog.models import Entry
from models_catalog.models.vocabulary import Openness
from models_catalog.publish import writers
from models_catalog.publish.writers import STRETCH, copied, csv_lines, flat_cells, stretches
from tests.factories import make_developer, make_entries_from, make_entry

# Line breaks and tabs are not among them: the database takes none in a name (text/characters.py).
NASTY = [
    '引号"',
    "逗号,",
    "=1+1",
    "＝SUM",
    "+86",
    "-1",
    "@x",
    " 空格 ",
    "'单引号",
    "\\.",
    '"',
    ";",
    "NULL",
    '\\"',
    "%s",
    "{x}",
    "😀",
]


@pytest.fixture
def _nasty() -> None:
    makers = [
        make_developer(f"{words}公司", slug=f"d{n}", name_en=f"{words} Inc.") for n, words in enumerate(NASTY)
    ]
    make_entries_from(
        [
            {
                "name_zh": words, "name_en": words if n % 2 else "", "slug": f"m{n}", "aliases": [words + "甲", words + "乙"][: n % 3],
                "developers": [makers[n], makers[-n]] if n % 4 else [], "sectors": ["金融", "=医疗"][: n % 3],
                "parameters": ["2600亿", "超10亿", "", "千亿级"][n % 4], "released": ["2023-03", "", "2021"][n % 3],
                "modalities": ["text", "image"][: n % 3], "openness": Openness.OPEN if n % 2 else "",
            }
            for n, words in enumerate(NASTY)
        ]
    )  # fmt: skip
    make_entry("成员", slug="member", parent=Entry.objects.get(slug="m1"))


@pytest.mark.django_db
@pytest.mark.usefixtures("_nasty")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "query", ["", "sort=-parameters", "q=公司&sector=unstated", "openness=open&openness=closed&kind=family"]
)
def test_the_file_is_what_python_writes(language: str, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "FIRST", 3)
    monkeypatch.setattr(writers, "STRETCH", 4)
    results = Present(EntryFilter(data=QueryDict(query), queryset=Entry.objects.listed()))
    with translation.override(language):
        written = csv_lines(flat_cells(row, f"http://a,b/{row.slug}/x") for row in rows_of(results))
        assert b"".join(copied(results.matching, "http://a,b/", "/x")) == "".join(written).encode()


def test_a_file_begins_with_few_rows() -> None:
    parts = list(stretches(chain([np.arange(FIRST + STRETCH + 1)], [np.arange(3)])))
    assert [len(part) for part in parts] == [FIRST, STRETCH, 1, 3]
