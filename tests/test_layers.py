"""Imports go one way, down the layers of the house: read from the syntax trees, so that nothing has to run."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

LAYERS: list[set[str]] = [
    {"models_catalog.text"},
    {"models_catalog.models"},
    {"models_catalog.compare", "models_catalog.claims"},
    {
        "models_catalog.queries",
        "models_catalog.actions",
        "models_catalog.intake",
        "models_catalog.roles",
    },
    {
        "models_catalog.catalog.filters",
        "models_catalog.catalog.results",
        "models_catalog.publish.writers",
        "models_catalog.catalog.addresses",
        "models_catalog.catalog.forms",
        "models_catalog.publish.columns",
        "models_catalog.publish.spreadsheet",
        "models_catalog.compare.forms",
        "models_catalog.compare.files",
        "models_catalog.publish.tables",
        "models_catalog.publish.releases",
        "models_catalog.publish.citations",
        "models_catalog.publish.selection",
        "models_catalog.charts",
    },
    {
        "models_catalog.pages",
        "models_catalog.api",
        "models_catalog.curation",
        "models_catalog.management",
        "models_catalog.templatetags",
        "models_catalog.pages.rendering",
    },
    {"models_catalog.urls", "models_catalog.apps"},
    {"registry"},
]
RANKS = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def layer(module: str) -> str:
    parts = module.split(".")
    return parts[0] if parts[0] == "registry" else ".".join(parts[:2])


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
    own = RANKS[layer(module)]
    found = imports(ast.parse(source))
    return [f"{module}:{line} imports {name}" for name, line in found if RANKS.get(layer(name), -1) > own]


def modules() -> list[tuple[str, Path]]:
    paths = [
        path for top in ("models_catalog", "registry") for path in (settings.BASE_DIR / top).rglob("*.py")
    ]
    named = (
        (".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts), path) for path in sorted(paths)
    )
    return [
        (name, path)
        for name, path in named
        if "migrations" not in name and layer(name) != "models_catalog.__init__"
    ]


def test_every_module_has_a_layer() -> None:
    assert {layer(name) for name, _ in modules()} - set(RANKS) == set()


def test_no_import_points_up() -> None:
    assert [line for name, path in modules() for line in upward(name, path.read_text("utf-8"))] == []


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
        ("pandas", "models_catalog.charts"),
        ("plotly", "models_catalog.charts"),
        ("opencc", "models_catalog.text"),
    ],
)
def test_a_heavy_library_stays_in_one_place(library: str, home: str) -> None:
    users = [name for name, path in modules() if f"import {library}" in path.read_text("utf-8")]
    users += [name for name, path in modules() if f"from {library}" in path.read_text("utf-8")]
    assert {layer(name) for name in users} <= {home}
