"""Every request is read as UTF-8, whatever charset its own header claims, and no header of a form is an error of ours."""

from typing import Any

from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError


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


def refuse_broken_forms() -> None:
    """Answer 400 to a form in parts whose headers cannot be read.

    Django has them read by Python's `email`, which raises errors of several kinds at parameters in pieces (`name*=a; name*0=b`),
    in a charset that decodes nothing, or with numbers of 5,000 digits; Django foresees some of these, and in some places.
    """
    HttpRequest.parse_file_upload = _parsed  # type: ignore[assignment]  # its stub names self twice


_usual_form = HttpRequest.parse_file_upload


def _parsed(request: HttpRequest, meta: Any, data: Any) -> Any:
    try:
        return _usual_form(request, meta, data)
    except (TypeError, ValueError, LookupError) as error:
        raise MultiPartParserError(f"The form's headers cannot be read: {error}") from error
