"""Templates are laid out for people: one element a line, and no line that a screen cuts."""

import re
from pathlib import Path

from django.conf import settings
from django.template import engines

ROOT: Path = settings.BASE_DIR
LONGEST = 160
"""Characters; djlint's `max_line_length` in pyproject.toml is the same."""


def test_no_line_of_a_template_is_too_long() -> None:
    lines = [
        (f"{path.relative_to(ROOT)}:{number}", len(line))
        for path in templates()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
    ]
    assert len(lines) > 1000
    assert [(where, length) for where, length in lines if length > LONGEST] == []


def test_no_translated_text_of_the_desk_holds_a_percent_sign() -> None:
    """Django looks such a text up with its signs doubled, where the catalogue has them single: it stays English."""
    told = re.compile(r"""{% translate ("[^"]*%[^"]*"|'[^']*%[^']*')""")
    assert [path.name for path in templates() if told.search(path.read_text("utf-8"))] == []


def templates() -> list[Path]:
    """The files of every folder from which the site reads templates, but for those of libraries."""
    folders = {Path(folder) for engine in engines.all() for folder in engine.template_dirs}
    ours = [
        folder for folder in folders if folder.is_relative_to(ROOT) and "site-packages" not in folder.parts
    ]
    return sorted(path for folder in ours for path in folder.rglob("*.*") if path.is_file())
