"""Addresses of pages, kept once worked out: a page has a hundred links, and the next page has most of them again."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse


def address(view: str, *args: str | int) -> str:
    """The address of a view by its name, with the prefix of the language in which the request came."""
    return _address(settings.ROOT_URLCONF, get_script_prefix(), view, args)


@lru_cache(maxsize=20_000)
def _address(_urls: str, _prefix: str, view: str, args: tuple[str | int, ...]) -> str:
    return reverse(view, args=args)
