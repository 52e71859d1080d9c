"""To and from Epoch AI's CSV and Stanford's asset files."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from models_catalog.catalog.rows import EntryRow, entry_rows
from models_catalog.intake.fixtures.load import load_fixtures
from models_catalog.intake.tables.runs import planned
from models_catalog.intake.tables.upload import Told
from models_catalog.models import Entry
from models_catalog.models.vocabulary import Kind, Modality
from models_catalog.publish.interchange.epoch import epoch_csv, read_epoch
from models_catalog.publish.interchange.foreign import Foreign, day_of, name_of, size_of
from models_catalog.publish.interchange.stanford import read_stanford, stanford_yaml
from tests.factories import make_entry

STANFORD = """
- type: model
  name: ERNIE 3.0 Titan
  organization: Baidu, PengCheng Laboratory
  created_date: {value: 2021-12-23, explanation: paper}
  url: https://example.org/
  size: 260B parameters (dense model)
  access: {value: limited, explanation: none}
  modality: image, text; text
- type: dataset
  name: WuDao
"""


EPOCH_HEADER = (
    "Model,Organization,Publication date,Domain,Task,Parameters,Parameters notes,Training compute (FLOP),Training compute notes,"
    "Training dataset,Confidence,Link,Reference,Citations,Country (of organization),Notability criteria,Base model,"
    "Finetune compute (FLOP),Batch size,Model accessibility,Training code accessibility"
)
"""A part of their own heading, in their order."""


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
        "2600亿",
        confidence="Confident",
    )


@pytest.mark.django_db
def test_intervals_are_left_to_their_words() -> None:
    make_entry(parameters="千亿级", released="2023-03")
    text = epoch_csv(entry_rows(Entry.objects.listed()), url_of)
    (back,) = read_epoch(text)
    assert (back.parameters, back.released, back.parameters_stated) == (None, None, "千亿级")


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
        "ERNIE 3.0 Titan", ["Baidu", "PengCheng Laboratory"], 260_000_000_000, date(2021, 12, 23), ["image", "text"], "closed",
        "https://example.org/",
        "260B",
    )  # fmt: skip


MODEL_KEYS = (
    "access analysis created_date dependencies description feedback intended_uses license modality model_card monitoring name "
    "nationality organization prohibited_uses quality_control size training_emissions training_hardware training_time type url"
)
APPLICATION_KEYS = (
    "access adaptation created_date dependencies description failures feedback intended_uses license monitoring "
    "monthly_active_users name nationality organization output_space prohibited_uses quality_control terms_of_service type url "
    "user_distribution"
)


@pytest.mark.django_db
def test_assets_have_the_keys_that_all_of_theirs_have() -> None:
    family = make_entry("文心", name_en="ERNIE", kind=Kind.FAMILY)
    make_entry("文心一言", kind=Kind.APPLICATION, parent=family, modalities=["text", "speech", "multimodal"])
    model, application = yaml.safe_load(stanford_yaml(entry_rows(Entry.objects.order_by("slug")), url_of))
    assert (" ".join(model), " ".join(application)) == (MODEL_KEYS, APPLICATION_KEYS)
    assert (application["dependencies"], model["nationality"]) == (["ERNIE"], "China")


@pytest.mark.django_db
def test_modalities_are_no_way_in_and_out() -> None:
    make_entry(modalities=["text", "speech", "multimodal"])
    (asset,) = yaml.safe_load(stanford_yaml(entry_rows(Entry.objects.all()), url_of))
    assert asset["modality"] == "text, audio"


@pytest.mark.django_db
def test_epochs_columns_are_in_their_order_and_models_by_name() -> None:
    make_entry("文心一言", parent=make_entry("文心", name_en="ERNIE", kind=Kind.FAMILY))
    rows = list(csv.DictReader(io.StringIO(epoch_csv(entry_rows(Entry.objects.order_by("slug")), url_of))))
    theirs = iter(EPOCH_HEADER.split(","))
    assert [column for column in rows[0] if column not in theirs] == []
    assert [row["Base model"] for row in rows] == ["", "ERNIE"]


@pytest.mark.parametrize(
    ("access", "openness"),
    [("Open weights (restricted use)", "open"), ("API access", "closed"), ("Unreleased", "closed"), ("", "")],
)
def test_epochs_words_for_access_are_read(access: str, openness: str) -> None:
    (one,) = read_epoch(f"Model,Organization,Model accessibility\nX,Y,{access}\n")
    assert one.openness == openness


@pytest.mark.django_db
def test_an_unsure_size_and_the_day_of_an_unreleased_model_are_left_out_by_the_import(tmp_path: Path) -> None:
    file = tmp_path / "epoch.csv"
    file.write_text(
        "Model,Organization,Publication date,Parameters,Confidence,Model accessibility\n"
        "Softpine,Longdam,2023-07-06,7000000000.0,Confident,API access\n"
        "Highridge,Longdam,2023-07-06,9000000000.0,Speculative,Unreleased\n"
    )
    out = io.StringIO()
    call_command("interchange", "read", "epoch", str(file), stdout=out)
    rows = planned("read.csv", out.getvalue().encode(), Told())["rows"]
    told = [(row["parameters"] is None, row["released"] is None) for row in rows]
    assert told == [(False, False), (True, True)]
    assert {note["code"] for note in rows[1]["notes"]} >= {"doubtful", "date-not-read"}


@pytest.mark.django_db
def test_a_closed_model_that_was_released_is_not_called_unreleased() -> None:
    make_entry("甲", openness="closed", released="2023-03-16")
    make_entry("乙", openness="closed")
    rows = csv.DictReader(io.StringIO(epoch_csv(entry_rows(Entry.objects.order_by("slug")), url_of)))
    assert {row["Model"]: row["Model accessibility"] for row in rows} == {"甲": "", "乙": "Unreleased"}


@pytest.mark.parametrize(
    ("cell", "number"),
    [("256999999.99999997", 257_000_000), ("1e12", 10**12), ("175000000000.0", 175 * 10**9)],
)
def test_epochs_floats_mean_whole_numbers(cell: str, number: int) -> None:
    (one,) = read_epoch(f'Model,Organization,Parameters,Domain\nX,Y,{cell},"Vision,Image generation,Games"\n')
    assert (one.parameters, one.modalities) == (number, ["image"])


@pytest.mark.parametrize(
    ("access", "openness"), [("open", "open"), ("Open", "open"), ("limited", "closed"), ("unknown", "")]
)
def test_stanfords_words_for_access_are_read(access: str, openness: str) -> None:
    (one,) = read_stanford(f"- {{type: model, name: X, access: {access}}}")
    assert one.openness == openness


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


@pytest.fixture
def registry(db: None) -> list[EntryRow]:
    """All entries of the fixtures."""
    load_fixtures(settings.BASE_DIR / "fixtures")
    return list(entry_rows(Entry.objects.listed().order_by("slug")))


@pytest.mark.parametrize(
    ("write", "read", "kept"),
    [(epoch_csv, read_epoch, set(Modality)), (stanford_yaml, read_stanford, {"text", "image", "video"})],
)
def test_every_entry_comes_back_with_nothing_invented(
    registry: list[EntryRow], write: Any, read: Any, kept: set[str]
) -> None:
    found = list(read(write(registry, url_of)))
    assert len(found) == len(registry) >= 50
    for row, back in zip(registry, found, strict=True):
        is_sized = read is read_epoch or row.kind != Kind.APPLICATION
        exact = size_of(row) if is_sized else None
        assert (back.name, back.developers) == (
            name_of(row),
            [one.name_en or one.name_zh for one in row.developers],
        )
        assert (back.parameters, back.released, back.openness) == (exact, day_of(row), row.openness)
        assert back.parameters_stated in ("", row.parameters_stated)
        assert set(back.modalities) <= set(row.modalities) & kept


@pytest.mark.parametrize("size", ["千亿", "数百亿", "超千亿"])
def test_vague_sizes_of_stanford_stay_words(size: str) -> None:
    (one,) = read_stanford(f"- {{type: model, name: X, size: {size} parameters}}")
    assert (one.parameters, one.parameters_stated) == (None, size)


def test_what_is_no_address_or_a_list_is_read_as_what_it_is() -> None:
    (one,) = read_stanford("- {type: model, name: X, url: 'javascript:alert(1)', organization: [a, 'B, C']}")
    assert (one.link, one.developers) == ("", ["a", "B, C"])


@pytest.mark.django_db
def test_without_a_site_links_are_left_out_and_that_is_said() -> None:
    make_entry()
    out, told = io.StringIO(), io.StringIO()
    call_command("interchange", "write", "epoch", stdout=out, stderr=told)
    assert ("/models/" in out.getvalue(), "--site" in told.getvalue()) == (False, True)
