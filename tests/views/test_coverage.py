"""Coverage on /about/: an answer that is no value is not silence."""

import pytest

from models_catalog.catalog.home import Coverage, coverage
from models_catalog.models.vocabulary import Field, Kind
from tests.factories import make_entry

pytestmark = pytest.mark.django_db


def of(field: Field) -> Coverage:
    return next(row for row in coverage() if row.field == field)


def test_a_category_that_does_not_apply_is_not_counted_as_not_stated() -> None:
    make_entry("奇妙文", kind=Kind.APPLICATION)
    make_entry("文心")
    row = of(Field.CATEGORY)
    assert (row.stated, row.answered, row.unstated) == (0, 1, 1)


def test_every_field_adds_up_to_the_entries() -> None:
    make_entry("奇妙文", kind=Kind.APPLICATION, sectors=["金融", "医疗"], developers=["百度", "清华"])
    make_entry("文心", parameters="2600亿")
    assert {row.stated + row.answered + row.unstated for row in coverage()} == {2}
