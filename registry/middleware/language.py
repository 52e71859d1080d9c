"""The language of a page: by its address, else by the reader's choice, else by the browser's preference. Of a file: by its address.

`/en/models/` and `/zh/models/` are `/models/` in a fixed language. The prefix is taken off before the address is
resolved and becomes the script prefix, so that every `reverse()` and `{% url %}` of the page keeps it.
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
"""The first part of an address → the language that it fixes."""

NEUTRAL = ("/api/", "/static/", "/healthz", "/readyz")
"""What machines read: always in English, whatever a browser prefers."""

FILES = re.compile(r"/(?:models|claims)\.[a-z]+")
"""What people download and cite: in the registry's own language, unless the address says another. The same address gives
the same rows in the same order to whoever asks (docs/search.md)."""

_PREFIXED = re.compile(rf"/({'|'.join(PREFIXES)})(/.*)?", re.DOTALL)

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def split(path: str) -> tuple[str, str]:
    """The prefix of an address, or "", and the address without it: `/en/models/` → `en`, `/models/`."""
    match = _PREFIXED.fullmatch(path)
    return (match[1], match[2] or "") if match else ("", path)


class LanguageMiddleware:
    """Activates a language for each request, and says in the answer which one and what it depended on."""

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
    """The language that an address fixes; "" where the reader is asked."""
    if prefix:
        return PREFIXES[prefix]
    if FILES.fullmatch(path):
        return settings.LANGUAGE_CODE
    return "en" if path.startswith(NEUTRAL) else ""


def _preferred(request: HttpRequest) -> str:
    """The reader's choice; else the language that the browser likes best, English where it lists none of ours.

    Who lists nothing at all, or anything, gets the site's own.
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
    """Take a prefix off again once an answer is out, a streamed one too."""
    if get_script_prefix() != "/":
        set_script_prefix("/")


request_finished.connect(_forget, dispatch_uid="registry.middleware.language")
