"""URLs of pages, cached: a page has a hundred links, and most of them recur on the next."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse

from models_catalog.models.labels import in_english


def address(view: str, *args: str | int) -> str:
    """The URL of a named view, with the language prefix of the current request."""
    return _address(settings.ROOT_URLCONF, get_script_prefix(), view, args)


def file(view: str) -> str:
    """The URL of a file with the page's language as prefix: without a prefix, files are in Chinese for everybody."""
    root, path = get_script_prefix(), address(view)
    prefix = f"{'en' if in_english() else 'zh'}/"
    return path if root.endswith(f"/{prefix}") else f"{root}{prefix}{path.removeprefix(root)}"


@lru_cache(maxsize=20_000)
def _address(_urls: str, _prefix: str, view: str, args: tuple[str | int, ...]) -> str:
    return reverse(view, args=args)
