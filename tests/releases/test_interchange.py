"""To and from Epoch AI's CSV and Stanford's asset files."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from models_catalog.dataset.interchange import Foreign, epoch_csv, read_epoch, read_stanford, stanford_yaml
from models_catalog.models import Entry
from models_catalog.queries.rows import entry_rows
from tests.factories import make_entry

STANFORD = """
- type: model
  name: ERNIE 3.0 Titan
  organization: Baidu, PengCheng Laboratory
  created_date: {value: 2021-12-23, explanation: paper}
  url: https://example.org/
  size: 260B parameters (dense model)
  access: {value: No public access, explanation: none}
- type: dataset
  name: WuDao
"""


def url_of(row: object) -> str:
    return "https://example.org/"


@pytest.mark.django_db
def test_exact_values_survive_epochs_csv() -> None:
    make_entry(
        name_en="ERNIE Bot", developers=["百度"], parameters="2600亿", released="2023-03-16",
        modalities=["text", "image"], openness="open",
    )  # fmt: skip
    (back,) = read_epoch(epoch_csv(entry_rows(Entry.objects.listed()), url_of))
    assert back == Foreign(
        "ERNIE Bot",
        ["百度"],
        260_000_000_000,
        date(2023, 3, 16),
        ["text", "image"],
        "open",
        "https://example.org/",
    )


@pytest.mark.django_db
def test_intervals_are_left_to_their_words() -> None:
    make_entry(parameters="千亿级", released="2023-03")
    text = epoch_csv(entry_rows(Entry.objects.listed()), url_of)
    (back,) = read_epoch(text)
    assert (back.parameters, back.released, "千亿级" in text) == (None, None, True)


@pytest.mark.django_db
def test_exact_values_survive_stanfords_yaml() -> None:
    make_entry(
        name_en="ERNIE Bot", developers=["百度"], parameters="2600亿", released="2023-03-16", openness="open"
    )
    (back,) = read_stanford(stanford_yaml(entry_rows(Entry.objects.listed()), url_of))
    assert (back.name, back.developers, back.parameters) == ("ERNIE Bot", ["百度"], 260_000_000_000)
    assert (back.released, back.openness) == (date(2023, 3, 16), "open")


@pytest.mark.django_db
def test_what_is_not_stated_is_unknown_there_and_nothing_on_the_way_back() -> None:
    make_entry()
    (back,) = read_stanford(stanford_yaml(entry_rows(Entry.objects.listed()), url_of))
    assert back == Foreign("文心一言", link="https://example.org/")


def test_stanfords_own_shape_is_read_and_data_sets_left_out() -> None:
    (one,) = read_stanford(STANFORD)
    assert one == Foreign(
        "ERNIE 3.0 Titan", ["Baidu", "PengCheng Laboratory"], 260_000_000_000, date(2021, 12, 23), [], "closed",
        "https://example.org/",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "a: 1", "- 1", "[", "!!python/object/apply:os.system [ls]"])
def test_what_is_no_asset_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no "):
        list(read_stanford(text))


@pytest.mark.parametrize("size", ["nan", "inf", "1e400", "-1", "many", ""])
def test_sizes_that_are_none_are_left_out(size: str) -> None:
    (one,) = read_epoch(f"Model,Organization,Parameters\nX,Y,{size}\n")
    assert one.parameters is None


def test_csv_without_their_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="Epoch"):
        list(read_epoch("name\nX\n"))


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["epoch", "stanford"])
def test_command_writes_what_it_reads(tmp_path: Path, form: str) -> None:
    make_entry(name_en="ERNIE Bot", developers=["百度"], parameters="2600亿")
    written, read = io.StringIO(), io.StringIO()
    call_command("interchange", "write", form, stdout=written)
    (tmp_path / "file").write_text(written.getvalue(), "utf-8")
    call_command("interchange", "read", form, str(tmp_path / "file"), stdout=read)
    assert read.getvalue().splitlines()[1].startswith("ERNIE Bot,百度,260000000000,")
