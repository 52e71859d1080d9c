"""URLs in raw UTF-8, as `curl 'HOST/models.csv?q=文心'` sends them.

A URL may hold only ASCII (RFC 9112), and gunicorn answers any other with a bare 400 before the site sees it. Browsers,
nginx and Apache treat such bytes as if they were percent-encoded; so do we. Control characters are still refused.
"""

import re

from gunicorn.http import RequestParser
from gunicorn.http.message import Request

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


def encoded(line: bytes) -> bytes:
    """The request line with every non-ASCII byte of its URL percent-encoded."""
    method, blank, rest = line.partition(b" ")
    address, second, version = rest.partition(b" ")
    return method + blank + _BEYOND_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], address) + second + version


class RawRequest(Request):  # type: ignore[misc]  # gunicorn ships no types
    def parse_request_line(self, line_bytes: bytes) -> None:
        super().parse_request_line(encoded(line_bytes))


def take_raw_addresses() -> None:
    """Make gunicorn's workers parse requests this way. They take the class from there; no setting names it."""
    RequestParser.mesg_class = RawRequest
