"""Headers that every answer carries."""

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from registry.middleware.headers import HeadersMiddleware

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def policy(text: str) -> set[str]:
    return {directive.strip() for directive in text.split(";")}


@pytest.mark.parametrize("path", ["/healthz", "/language/"])
def test_answers_carry_the_headers(client: Client, path: str) -> None:
    response = client.get(path)
    found = {name: response.headers.get(name, "") for name in EXPECTED}
    name = "Content-Security-Policy"
    assert (policy(found.pop(name)), found) == (
        policy(EXPECTED[name]),
        {key: value for key, value in EXPECTED.items() if key != name},
    )


def test_no_sensor_is_asked_for(client: Client) -> None:
    assert "camera=()" in client.get("/healthz")["Permissions-Policy"]


@pytest.mark.parametrize("whole", [HttpResponse("abc"), StreamingHttpResponse([b"abc"])])
def test_head_is_headers_alone(whole: HttpResponseBase) -> None:
    response = HeadersMiddleware(lambda request: whole)(RequestFactory().head("/"))
    assert b"".join(iter(response)) == b""
    assert response.headers.get("Content-Length") == (None if response.streaming else "3")


@pytest.mark.parametrize(
    ("name", "kept"),
    [("csrftoken", "private, no-cache"), ("seen", "public, no-cache"), ("", "public, no-cache")],
)
def test_a_page_that_sets_a_readers_cookie_is_kept_for_nobody_else(name: str, kept: str) -> None:
    """A proxy may look at the first of several cookies alone."""

    def view(_request: HttpRequest) -> HttpResponse:
        response = HttpResponse(headers={"Cache-Control": "public, no-cache"})
        response.set_cookie("seen", "1")
        if name:
            response.set_cookie(name, "x")
        return response

    assert HeadersMiddleware(view)(RequestFactory().get("/"))["Cache-Control"] == kept
