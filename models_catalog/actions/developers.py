"""Making developers that a table or an article names first."""

from __future__ import annotations

from collections.abc import Iterable

from models_catalog.models import Developer
from models_catalog.models.vocabulary import DeveloperKind
from models_catalog.text.characters import folded
from models_catalog.text.names import fold, slugify_name, sort_keys


def make_developers(named: Iterable[tuple[str, DeveloperKind]]) -> dict[str, Developer]:
    """A developer for each name, by its folded name; of several spellings the first, each under a free address."""
    made: dict[str, Developer] = {}
    slugs = set(Developer.objects.values_list("slug", flat=True))
    for spelt, kind in named:
        name = folded(spelt)
        if fold(name) in made:
            continue
        stem = slugify_name(name)[:50] or "developer"
        slug = stem if stem not in slugs else next(
            one for number in range(2, len(slugs) + 3) if (one := f"{stem}-{number}") not in slugs
        )  # fmt: skip
        slugs.add(slug)
        made[fold(name)] = Developer(slug=slug, name_zh=name, kind=kind, **sort_keys(name, ""))
    Developer.objects.bulk_create(made.values())
    return made
