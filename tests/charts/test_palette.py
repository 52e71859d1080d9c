"""The hues of charts: seen on both grounds, and told apart by readers who see fewer colours."""

import re
from itertools import combinations

import pytest
from django.conf import settings

from models_catalog.charts.drawing.palette import GROUND, HAIRLINE, HUES, INK, MUTED

GROUNDS = ("#fbfaf7", "#14171a")
# Machado, Oliveira and Fernandes 2009, severity 1: what remains of linear red, green and blue.
SEEN_BY = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)
Triple = tuple[float, float, float]


def linear(colour: str) -> Triple:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return red, green, blue


def times(matrix: tuple[Triple, Triple, Triple], colour: Triple) -> Triple:
    first, second, third = (sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)
    return first, second, third


def contrast(one: str, other: str) -> float:
    low, high = sorted(times(TO_XYZ, linear(colour))[1] for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(colour: Triple) -> Triple:
    x, y, z = (max(value, 0) / white for value, white in zip(times(TO_XYZ, colour), WHITE, strict=True))
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("hue", HUES)
def test_hue_is_seen_on_its_ground(hue: str, ground: str) -> None:
    assert contrast(hue, ground) >= 3.2


@pytest.mark.parametrize("sight", SEEN_BY)
def test_hues_stay_apart_for_fewer_colours(sight: str) -> None:
    seen = [lab(times(SEEN_BY[sight], linear(hue))) for hue in HUES]
    nearest = min(
        sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
        for one, other in combinations(seen, 2)
    )
    assert nearest >= 15  # six times what is just seen (2.3 in CIE 1976)


def test_the_script_puts_the_themes_colours_in_place_of_just_those_of_the_palette() -> None:
    script = (settings.BASE_DIR / "static/js/charts.js").read_text("utf-8")
    assert set(re.findall(r'"(#[0-9a-f]{6})": "--', script)) == {INK, MUTED, HAIRLINE, GROUND}


@pytest.mark.parametrize(("name", "colour"), [("ink", INK), ("muted", MUTED), ("ground", GROUND)])
def test_pictures_have_the_colours_of_the_page(name: str, colour: str) -> None:
    styles = (settings.BASE_DIR / "static/css/base.css").read_text("utf-8")
    assert f"--{name}: light-dark({colour}," in styles
