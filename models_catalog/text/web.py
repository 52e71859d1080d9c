"""URLs that are allowed as links, defined once for forms, tables and fixtures."""

import re
from typing import Final

from models_catalog.text.characters import is_plain

_ADDRESS: Final = re.compile(
    r"https://(?P<host>[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)(?::[0-9]{1,5})?(?:[/?#][^\s<>\"'\\]*)?"
)
MAX_ADDRESS: Final = 160
MAX_PAGE: Final = 500
"""Maximum length of the address of a web page that is a source."""


def host_of(address: str) -> str:
    """The host of an https URL, in lower case and without `www.`; "" for a URL that is not allowed as a link.

    User info (before `@`) is refused, as readers may take it for the host, and so are non-ASCII hosts, whose letters
    may imitate others. A Chinese host is written as browsers send it, `xn--…`.
    """
    found = _ADDRESS.fullmatch(address) if len(address) <= MAX_ADDRESS and is_plain(address) else None
    return found["host"].lower().removeprefix("www.") if found else ""


def is_web_page(address: str) -> bool:
    """Whether `address` can be a source's: as for links, but http is allowed too."""
    secure = re.sub(r"\Ahttp://", "https://", address)
    return len(address) <= MAX_PAGE and is_plain(address) and _ADDRESS.fullmatch(secure) is not None
