"""Reads every request as UTF-8 whatever charset its header claims, and answers 400 to unreadable form headers."""

from typing import Any

from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError


def read_as_utf8() -> None:
    """Stop Django from decoding the query string by the request's charset, as of `Content-Type: text/plain;
    charset=gbk`.

    Otherwise one URL has two meanings, and a cache keyed by URL (ours, or any proxy) serves the answer to one of them
    for both. A charset that decodes no text ("hex") caused a 500 before any middleware ran. Our forms send UTF-8.
    """
    HttpRequest._set_content_type_params = _without_charset  # type: ignore[attr-defined]  # not in the stubs


_usual = HttpRequest._set_content_type_params  # type: ignore[attr-defined]  # as above


def _without_charset(request: HttpRequest, meta: dict[str, Any]) -> None:
    """Set the content type without its parameters; the boundary of multipart forms is read elsewhere."""
    _usual(request, {"CONTENT_TYPE": meta.get("CONTENT_TYPE", "").partition(";")[0]})


def refuse_broken_forms() -> None:
    """Answer 400 to a multipart form whose headers cannot be parsed.

    Django parses them with Python's `email`, which raises several kinds of errors for split parameters (`name*=a;
    name*0=b`), for charsets that decode no text, and for numbers of 5,000 digits; Django catches only some of them.
    """
    HttpRequest.parse_file_upload = _parsed  # type: ignore[assignment]  # its stub names self twice


_usual_form = HttpRequest.parse_file_upload


def _parsed(request: HttpRequest, meta: Any, data: Any) -> Any:
    try:
        return _usual_form(request, meta, data)
    except (TypeError, ValueError, LookupError) as error:
        raise MultiPartParserError(f"The form's headers cannot be read: {error}") from error
