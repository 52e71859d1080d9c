"""Addresses of the web that may stand as links: one place decides for forms, tables and fixtures."""

import re
from typing import Final

_ADDRESS: Final = re.compile(
    r"https://(?P<host>[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)(?::[0-9]{1,5})?(?:[/?#][^\s<>\"'\\]*)?"
)
MAX_ADDRESS: Final = 160


def host_of(address: str) -> str:
    """The host of an https address, small and without `www.`; "" for whatever may not stand as a link.

    What stands before an `@` looks like the host to a reader, and so does a host whose letters are of several scripts:
    neither is taken. A Chinese host is written as browsers send it, `xn--…`.
    """
    found = _ADDRESS.fullmatch(address) if len(address) <= MAX_ADDRESS else None
    return found["host"].lower().removeprefix("www.") if found else ""
