"""The language of a page: by its URL, else by cookie, else by browser preference. Of a file: by its URL alone.

`/en/models/` and `/zh/models/` are `/models/` in a fixed language. The prefix is removed before the URL is resolved and
becomes the script prefix, so that every `reverse()` and `{% url %}` of the page keeps it.
"""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

PREFIXES = {"zh": "zh-hans", "en": "en"}
"""URL prefix → the language that it fixes."""

NEUTRAL = ("/api/", "/static/", "/healthz", "/readyz")
"""URLs for machines: always in English."""

FILES = re.compile(r"/(?:models|claims)\.[a-z]+")
"""Downloads that people cite: in Chinese unless the URL has a language prefix. The same URL gives everybody the same
rows in the same order (docs/search.md)."""

_PREFIXED = re.compile(rf"/({'|'.join(PREFIXES)})(/.*)?", re.DOTALL)

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def split(path: str) -> tuple[str, str]:
    """The prefix of a path, or "", and the path without it: `/en/models/` → `en`, `/models/`."""
    match = _PREFIXED.fullmatch(path)
    return (match[1], match[2] or "") if match else ("", path)


class LanguageMiddleware:
    """Activates a language for each request and sets Content-Language and Vary."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        prefix, path = split(request.path_info)
        if prefix and not path:
            return HttpResponsePermanentRedirect(_with_slash(request))
        fixed = _fixed(prefix, path)
        language = fixed or _preferred(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        if prefix:
            request.path_info = path
            set_script_prefix(f"{request.META.get('SCRIPT_NAME', '').rstrip('/')}/{prefix}/")
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not fixed:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def _fixed(prefix: str, path: str) -> str:
    """The language that the URL fixes; "" if the reader's preference decides."""
    if prefix:
        return PREFIXES[prefix]
    if FILES.fullmatch(path):
        return settings.LANGUAGE_CODE
    return "en" if path.startswith(NEUTRAL) else ""


def _preferred(request: HttpRequest) -> str:
    """The language of the cookie; else the one of ours that the browser prefers, or English if it accepts neither.

    Without an Accept-Language header, or with `*` first, the site's default.
    """
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in PREFIXES.values():
        return chosen
    listed = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    wanted = [tag.partition("-")[0] for tag, quality in listed if quality > 0]
    if not listed or wanted[:1] == ["*"]:
        return settings.LANGUAGE_CODE
    return PREFIXES[next((one for one in wanted if one in PREFIXES), "en")]


def _with_slash(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{request.path}/?{query}" if query else f"{request.path}/"


def _forget(**_: Any) -> None:
    """Reset the script prefix after a response is sent, streamed ones included."""
    if get_script_prefix() != "/":
        set_script_prefix("/")


request_finished.connect(_forget, dispatch_uid="registry.middleware.language")
