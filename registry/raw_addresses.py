"""Addresses in raw UTF-8, as `curl 'HOST/models.csv?q=文心'` sends them.

An address may hold ASCII alone (RFC 9112), and gunicorn answers any other with a bare 400 that no part of the site
sees. Browsers, nginx and Apache take such bytes as if they had been percent-encoded; so do we. Control characters
stay refused.
"""

import re

from gunicorn.http import RequestParser
from gunicorn.http.message import Request

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


def encoded(line: bytes) -> bytes:
    """The first line of a request with each byte of its address beyond ASCII percent-encoded."""
    method, blank, rest = line.partition(b" ")
    address, second, version = rest.partition(b" ")
    return method + blank + _BEYOND_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], address) + second + version


class RawRequest(Request):  # type: ignore[misc]  # gunicorn ships no types
    def parse_request_line(self, line_bytes: bytes) -> None:
        super().parse_request_line(encoded(line_bytes))


def take_raw_addresses() -> None:
    """Have gunicorn's workers read requests this way; they look the class up there, and no setting names it."""
    RequestParser.mesg_class = RawRequest
