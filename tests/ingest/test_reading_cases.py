"""Short texts of every kind that articles are made of, read with the registry's own names (reading.yaml, reading_more.yaml).

The floor is what was seen, so that each change for the worse is noticed.
"""

from typing import Any

import pytest

from models_catalog.intake.articles.as_json import as_json
from models_catalog.intake.articles.findings import find
from models_catalog.intake.articles.lexicon import read_lexicon
from models_catalog.intake.articles.text import read_article
from models_catalog.intake.fixtures import files
from tests.ingest.reading_score import CASES, MORE, faults, wrong_ticks

pytestmark = pytest.mark.django_db
FLOOR = 330
"""Cases that must be right, of all."""


@pytest.fixture(scope="module")
def readings(curated_registry: object) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each case with its reading."""
    lexicon, pairs = read_lexicon(), []
    for case in [*CASES, *MORE]:
        article = read_article(case["text"].encode())
        found = find(article, lexicon, files.days(case["published"], "published"))
        pairs.append((case, as_json(article, found, lexicon)))
    return pairs


def test_most_cases_are_read_right(readings: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    wrong = {case["id"]: said for case, reading in readings if (said := faults(case, reading))}
    assert len(readings) - len(wrong) >= FLOOR, wrong


def test_nothing_false_is_ticked(readings: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    wrong = {case["id"]: ticks for case, reading in readings if (ticks := wrong_ticks(case, reading))}
    assert wrong == {}
