"""Columns whose headings say nothing are known by their cells."""

from collections.abc import Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from models_catalog.intake.tables.columns import guess_by_cells
from models_catalog.intake.tables.rows import read_table
from models_catalog.models import ImportBatch
from tests.factories import make_developer, make_entry

pytestmark = pytest.mark.django_db

ROWS = [
    ("1", "百度", "[文心一言](https://example.org)", "北京", "通用", "2600亿"),
    ("2", "华为", "盘古", "深圳", "气象", "千亿级"),
    ("3", "商汤", "商量", "上海", "医学", "1800亿"),
]


@pytest.fixture(autouse=True)
def _known() -> None:
    make_entry("文心一言", developers=["百度"], sectors=["气象"])
    make_entry("盘古", developers=["华为"])
    make_entry("商量", developers=["商汤"])


def guessed(rows: Sequence[tuple[str, ...]]) -> dict[str, str]:
    return guess_by_cells(read_table(text_of(rows)))


def text_of(rows: Sequence[tuple[str, ...]]) -> str:
    return "\n".join([",".join(f"c{place}" for place in range(len(rows[0]))), *map(",".join, rows)])


def test_columns_are_guessed_from_what_the_registry_knows() -> None:
    assert guessed(ROWS) == {"1": "developer", "2": "name", "4": "sector", "5": "parameters"}


def test_two_known_words_are_chance() -> None:
    assert guessed(ROWS[:2]) == {}


def test_one_in_twenty_is_enough_for_a_name_and_too_few_for_an_industry() -> None:
    strangers = [(f"{n}", f"厂{n}号", f"型{n}号", "京", f"词{n}", "") for n in range(4, 40)]
    assert guessed([*ROWS, *strangers]) == {"1": "developer", "2": "name", "5": "parameters"}


def test_of_two_columns_of_names_the_surer_is_taken() -> None:
    make_developer("某某")
    rows = [("百度", "百度"), ("华为", "华为"), ("商汤", "商汤"), ("无名", "某某")]
    assert guessed(rows) == {"1": "developer"}


def test_an_upload_says_that_its_columns_were_guessed_from_the_cells(admin_client: Client) -> None:
    file = SimpleUploadedFile("a.csv", text_of(ROWS).encode())
    address = reverse("admin:models_catalog_importbatch_add")
    page = admin_client.post(address, {"file": file}, follow=True, headers={"accept-language": "en"})
    assert ImportBatch.objects.get().mapping["2"] == "name"
    assert "They were guessed from the cells" in page.content.decode()
