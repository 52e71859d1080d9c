"""A part of a file whose bytes never change, so that a broken download can be taken up again (RFC 9110, 14)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

_ONE_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """Bytes `first` to `last` of a file, both among them; none of them are there where `first` lies past its end."""

    first: int
    last: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1


def ranged(
    request: HttpRequest, size: int, same: tuple[str, ...], read: Callable[[Part], bytes]
) -> HttpResponse:
    """A frozen file of `size` bytes, or the one part of it that is asked for: 200, 206 or 416.

    `same` are the validators of these bytes, of which an `If-Range` must be one. Several parts at once, and
    whatever is no range of bytes, are answered with the whole, as a server may.
    """
    part = _asked(request, size, same)
    if part is None:
        whole = Part(0, size - 1)
        response = HttpResponse(read(whole) if request.method == "GET" else b"")
        response["Content-Length"] = str(size)
    elif part.first >= size or part.size < 1:
        told = _("The file has %(size)d bytes: nothing of it lies there.") % {"size": size}
        response = HttpResponse(f"{told}\n", status=416, content_type="text/plain; charset=utf-8")
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = HttpResponse(read(part), status=206)
        response["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    response["Accept-Ranges"] = "bytes"
    return response


def _asked(request: HttpRequest, size: int, same: tuple[str, ...]) -> Part | None:
    """The part that a request names, within the file but for its beginning; None for the whole."""
    match = _ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or match is None or request.headers.get("If-Range", same[0]) not in same:
        return None
    first, last = match.groups()
    if not first:
        return Part(max(size - int(last), 0), size - 1) if last else None  # the last so many bytes
    if last and int(last) < int(first):
        return None  # no range, says the RFC, and not an empty one
    return Part(int(first), min(int(last), size - 1) if last else size - 1)
