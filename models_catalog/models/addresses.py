"""Addresses of pages, kept once worked out: a page has a hundred links, and the next page has most of them again."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse

from models_catalog.models.labels import in_english


def address(view: str, *args: str | int) -> str:
    """The address of a view by its name, with the prefix of the language in which the request came."""
    return _address(settings.ROOT_URLCONF, get_script_prefix(), view, args)


def file(view: str) -> str:
    """The address of a file in the page's language, fixed by its prefix: without one a file is Chinese for everybody."""
    root, path = get_script_prefix(), address(view)
    prefix = f"{'en' if in_english() else 'zh'}/"
    return path if root.endswith(f"/{prefix}") else f"{root}{prefix}{path.removeprefix(root)}"


@lru_cache(maxsize=20_000)
def _address(_urls: str, _prefix: str, view: str, args: tuple[str | int, ...]) -> str:
    return reverse(view, args=args)
