"""Frame of every page: navigation, its addresses in both languages, the canonical address."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

PREFIXES = {"zh-hans": "zh", "en": "en"}
"""Language code → path prefix that fixes the language."""

TAGS = {"zh-hans": "zh-Hans", "en": "en"}
"""Language code → BCP 47 tag, for `lang` and `hreflang`."""

_PAGED = re.compile(r"/models/|/developers/|/sources/[^/]+/|/disputes/|/left-out/|/market/")
"""Lists whose further pages have canonical addresses of their own."""

_PREFIX = re.compile(r"^/(?:zh|en)(?=/)")

_NAVIGATION = [
    ("models", _("Models")),
    ("developers", _("Developers")),
    ("sectors", _("Industries")),
    ("compare", _("Compare")),
    ("charts", _("Charts")),
    ("market", _("Market")),
    ("sources", _("Sources")),
    ("data", _("Data")),
    ("about", _("About")),
]


@dataclass(frozen=True)
class FrameLink:
    """A link of the navigation. `current` is the value of `aria-current`: "page", "true" (a page below it) or ""."""

    url: str
    label: str
    current: str


@dataclass(frozen=True)
class Alternate:
    """This page in one language: `path` with its query for readers, `url` as the canonical address for crawlers."""

    tag: str
    label: str
    path: str
    url: str
    is_current: bool


class Frame:
    """Addresses and navigation of the current page, computed only when a template uses them."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def language(self) -> str:
        code = (get_language() or settings.LANGUAGE_CODE).lower()
        return code if code in PREFIXES else settings.LANGUAGE_CODE

    @property
    def tag(self) -> str:
        return TAGS[self.language]

    @cached_property
    def navigation(self) -> list[FrameLink]:
        links = [(reverse(name), str(label)) for name, label in _NAVIGATION]
        return [FrameLink(url, label, self._current(url)) for url, label in links]

    def _current(self, url: str) -> str:
        path = self._request.path
        return "page" if path == url else "true" if path.startswith(url) else ""

    @cached_property
    def path(self) -> str:
        """The path without language prefix."""
        return without_language(self._request.path)

    @cached_property
    def alternates(self) -> list[Alternate]:
        """This page, with its query, in each language."""
        query = self._query
        tail = f"{self.path}?{query}" if query else self.path
        return [
            Alternate(
                TAGS[code], label, f"/{prefix}{tail}", self._indexed(f"/{prefix}"), code == self.language
            )
            for code, label in settings.LANGUAGES
            for prefix in [PREFIXES[code]]
        ]

    @property
    def _query(self) -> str:
        """The part of the query string that the page accepts (`pages.http.public`); "" if no page was found."""
        return self._request.META["QUERY_STRING"] if hasattr(self._request, "takes") else ""

    @property
    def neutral(self) -> str:
        """The address that lets the reader's preference choose the language."""
        return self._indexed("")

    @property
    def canonical(self) -> str:
        """The address of this page in its language without query, since a filtered list is not another page."""
        return self._indexed(f"/{PREFIXES[self.language]}")

    def _indexed(self, prefix: str) -> str:
        """The canonical address with a language prefix. Only a page number that is the whole query is kept."""
        number = self._request.GET.get("page", "")
        is_page = len(self._request.GET) == 1 and re.fullmatch("[1-9][0-9]{0,8}", number) and number != "1"
        tail = f"?page={number}" if is_page and _PAGED.fullmatch(self.path) else ""
        return self.absolute(f"{prefix}{self.path}{tail}")

    @property
    def shared(self) -> str:
        """The address of this page in its language, with all parameters that it accepts."""
        return self.fixed(f"{self.path}?{self._query}" if self._query else self.path)

    def fixed(self, path: str) -> str:
        """The full address of a path, fixed to the current language."""
        return self.absolute(f"/{PREFIXES[self.language]}{without_language(path)}")

    @property
    def site(self) -> str:
        """The start page's address without language prefix."""
        return self.absolute("/")

    @property
    def here(self) -> str:
        """The address as the reader sees it, without unknown parameters; for print."""
        query = f"?{self._query}" if self._query else ""
        return self._request.build_absolute_uri(f"{escape_uri_path(self._request.path)}{query}")

    @property
    def origin(self) -> str:
        return f"{self._request.scheme}://{self._request.get_host()}"

    def absolute(self, path: str) -> str:
        """The full address of a path on this site."""
        return f"{self.origin}{path}"


def without_language(path: str) -> str:
    """The path without its language prefix."""
    return _PREFIX.sub("", path)


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: `frame` in every template."""
    return {"frame": Frame(request)}
