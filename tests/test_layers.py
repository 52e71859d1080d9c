"""Imports go one way, down the rooms of the house: read from the syntax trees, so that nothing has to run."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOMS = (
    "text",
    "models",
    "roles",
    "fields",
    "limits",
    "history",
    "claims",
    "catalog",
    "publish",
    "compare",
    "charts",
    "intake",
    "pages",
    "curation",
    "management",
    "templatetags",
    "urls",
    "checks",
    "apps",
    "registry",
)
"""The rooms of the house: each may import those before it, and none behind it."""

RANKS = {name: rank for rank, name in enumerate(ROOMS)}


def room(module: str) -> str:
    parts = module.split(".")
    return parts[0] if parts[0] == "registry" else parts[1] if len(parts) > 1 else ""


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Modules of ours that a syntax tree imports, inside functions too, and the lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (
            (name, node.lineno) for name in names if name.split(".")[0] in {"models_catalog", "registry"}
        )


def upward(module: str, source: str) -> list[str]:
    """Imports in `source`, the text of `module`, that point up."""
    own = RANKS[room(module)]
    found = imports(ast.parse(source))
    return [f"{module}:{line} imports {name}" for name, line in found if RANKS.get(room(name), -1) > own]


def modules() -> list[tuple[str, Path]]:
    paths = [
        path for top in ("models_catalog", "registry") for path in (settings.BASE_DIR / top).rglob("*.py")
    ]
    named = (
        (".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts), path) for path in sorted(paths)
    )
    return [(name, path) for name, path in named if "migrations" not in name and room(name) != "__init__"]


def test_every_module_has_a_room() -> None:
    assert {room(name) for name, _ in modules()} - set(RANKS) == set()


def test_no_import_points_up() -> None:
    assert [line for name, path in modules() for line in upward(name, path.read_text("utf-8"))] == []


def test_how_the_site_runs_and_the_catalog_know_nothing_of_each_other() -> None:
    crossing = [
        f"{name}:{line} imports {other}"
        for name, path in modules()
        for other, line in imports(ast.parse(path.read_text("utf-8")))
        if name.split(".")[0] != other.split(".")[0]
    ]
    assert crossing == []


@pytest.mark.parametrize(
    "source",
    [
        "from models_catalog.pages import home",
        "def f():\n    import models_catalog.catalog.filters",
        "import registry.urls",
    ],
)
def test_an_import_that_points_up_is_noticed(source: str) -> None:
    assert len(upward("models_catalog.models.entry", source)) == 1


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("pandas", "charts"),
        ("plotly", "charts"),
        ("opencc", "text"),
    ],
)
def test_a_heavy_library_stays_in_one_place(library: str, home: str) -> None:
    users = [name for name, path in modules() if f"import {library}" in path.read_text("utf-8")]
    users += [name for name, path in modules() if f"from {library}" in path.read_text("utf-8")]
    assert {room(name) for name in users} <= {home}


def imported() -> set[tuple[str, str]]:
    """Which room imports which."""
    pairs = (
        (room(name), room(other))
        for name, path in modules()
        for other, _line in imports(ast.parse(path.read_text("utf-8")))
    )
    return {(one, other) for one, other in pairs if one != other and other in RANKS}


def below(one: str, pairs: set[tuple[str, str]]) -> set[str]:
    """Every room that a room reaches."""
    next_to = {other for here, other in pairs if here == one}
    return next_to.union(*(below(other, pairs) for other in next_to))


def picture() -> str:
    """The rooms as a Mermaid graph, without an arrow where others lead the same way."""
    pairs = imported()
    arrows = [(a, b) for a, b in pairs if b not in below(a, pairs - {(a, b)})]
    arrows.sort(key=lambda arrow: (-RANKS[arrow[0]], -RANKS[arrow[1]]))
    return "".join(f"    {one} --> {other}\n" for one, other in arrows)


@pytest.mark.parametrize("guide", ["building.md", "building.zh.md"])
def test_the_picture_of_the_rooms_is_what_the_imports_say(guide: str) -> None:
    shown = (settings.BASE_DIR / "docs/guides" / guide).read_text("utf-8")
    assert f"```mermaid\ngraph TD\n{picture()}```" in shown
