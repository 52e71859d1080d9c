"""Every request is read as UTF-8, whatever charset its own header claims."""

from typing import Any

from django.http import HttpRequest


def read_as_utf8() -> None:
    """Keep Django from reading the query string of `Content-Type: text/plain; charset=gbk` as GBK, also of a GET.

    One address would have two meanings, and whoever keeps answers by their address, as our pages and every proxy do, would
    give all readers the answer to a question that they did not ask. A charset that decodes nothing ("hex") was a 500, before
    any middleware saw the request. Our forms send UTF-8.
    """
    HttpRequest._set_content_type_params = _without_charset  # type: ignore[attr-defined]  # not in the stubs


_usual = HttpRequest._set_content_type_params  # type: ignore[attr-defined]  # as above


def _without_charset(request: HttpRequest, meta: dict[str, Any]) -> None:
    """What kind of body it is, without the parameters; where the parts of a form end is read elsewhere."""
    _usual(request, {"CONTENT_TYPE": meta.get("CONTENT_TYPE", "").partition(";")[0]})
