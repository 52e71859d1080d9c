"""Pictures of charts need no browser and no Chinese font."""

import hashlib
from xml.etree import ElementTree

import pytest
import yaml
from django.conf import settings

from models_catalog.charts.drawing import glyphs, static_images
from models_catalog.charts.drawing.svg import SvgSheet
from models_catalog.charts.registry import CHARTS
from tests.charts.conftest import built

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


def drawn(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(static_images.svg(built(name).figure(), "来源"))


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.usefixtures("shared_registry")
def test_svg_sets_every_word_as_outlines(name: str) -> None:
    document = drawn(name)
    ids = {path.get("id") for path in document.iter(f"{SVG}path") if path.get("id")}
    used = {use.get("href") for use in document.iter(f"{SVG}use")}
    assert used == {f"#{key}" for key in ids}
    assert list(document.iter(f"{SVG}text")) == []


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.usefixtures("shared_registry")
def test_svg_keeps_to_its_sheet(name: str) -> None:
    document = drawn(name)
    height = float(document.get("height", 0))
    assert all(0 <= float(rect.get("y", 0)) <= height for rect in document.iter(f"{SVG}rect"))


@pytest.mark.parametrize("name", CHARTS)
def test_svg_of_nothing_is_a_picture_too(name: str) -> None:
    assert drawn(name).tag == f"{SVG}svg"


@pytest.mark.usefixtures("shared_registry")
def test_svg_has_its_title_for_readers_that_cannot_see_it() -> None:
    title = drawn("openness").find(f"{SVG}title")
    assert title is not None
    assert title.text == "5个条目中，明确开源的1个，明确闭源的1个"


@pytest.mark.usefixtures("shared_registry")
def test_hollow_marks_are_hollow_in_the_picture() -> None:
    hollow = [shape for shape in drawn("parameters").iter(f"{SVG}polygon") if shape.get("fill") == "#fbfaf7"]
    assert len(hollow) == 3  # two open ends, and the legend


@pytest.mark.usefixtures("shared_registry")
def test_png_is_twice_as_wide_as_the_sheet() -> None:
    png = static_images.png(built("stage").figure(), "来源")
    assert (png[:8], int.from_bytes(png[16:20])) == (b"\x89PNG\r\n\x1a\n", 2 * static_images.WIDTH)


@pytest.mark.usefixtures("shared_registry")
def test_the_same_picture_is_drawn_once() -> None:
    assert static_images.png(built("stage").figure(), "来源") is static_images.png(
        built("stage").figure(), "来源"
    )


def test_font_has_every_name_of_the_registry() -> None:
    names = {
        value
        for table in ("entries", "developers", "sectors", "figures")
        for row in yaml.safe_load((settings.CATALOG_FIXTURES_DIR / f"{table}.yaml").read_text("utf-8"))
        for key, value in row.items()
        if key.startswith("name_")
    }
    assert {
        character for name in names for character in name if glyphs.key(character) == glyphs.MISSING
    } == set()


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        ("文心 Жёлтый ωあ", "文心 Жёлтый ωあ"),
        ("\U00020000x", "[U+20000]x"),
        ("🐼", "[U+1F43C]"),
        ("👩\u200d🔬\ufe0f", "[U+1F469][U+1F52C]"),
        ("ﬁx", "fix"),
        ("ṩ", "s"),
    ],
)
def test_character_without_a_letter_is_spelt_out(words: str, drawn: str) -> None:
    assert glyphs.spelt(words) == drawn
    assert glyphs.width(words, 13) == glyphs.width(drawn, 13) > 0


def test_picture_draws_no_box_for_a_name_that_it_cannot_write() -> None:
    sheet = SvgSheet(100, 100)
    sheet.words((0, 50), "𠀀🐼Ж", 13)
    assert glyphs.MISSING not in sheet._glyphs


def test_letters_are_the_recorded_ones() -> None:
    recorded = (glyphs.DATA.parent / "README.md").read_text("utf-8")
    assert hashlib.sha256(glyphs.DATA.read_bytes()).hexdigest() in recorded
