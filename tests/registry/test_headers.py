"""Headers that every answer carries."""

import pytest
from django.test import Client

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
