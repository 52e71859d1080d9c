"""Pages and JSON for what went wrong."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.urls("tests.registry.urls"), pytest.mark.django_db]

TITLES = {
    400: "This request could not be read",
    403: "You do not have access to this page",
    500: "Something went wrong on our side",
}


@pytest.mark.parametrize("status", TITLES)
def test_error_has_a_page_in_the_readers_language(client: Client, status: int) -> None:
    client.raise_request_exception = False
    response = client.get(f"/en/fail/{status}/")
    assert (response.status_code, TITLES[status] in response.content.decode()) == (status, True)


@pytest.mark.parametrize("status", TITLES)
def test_error_is_json_where_json_was_asked(client: Client, status: int) -> None:
    client.raise_request_exception = False
    response = client.get(f"/en/fail/{status}/", headers={"Accept": "application/json"})
    assert response.json()["detail"] == TITLES[status]


@pytest.mark.parametrize(
    "path", ["/en/nothing/", "/en/nothing", "/en/%00/", "/en/../etc/", "/en/api/nothing/"]
)
def test_unknown_address_is_not_found(client: Client, path: str) -> None:
    assert client.get(path, follow=True).status_code == 404


def test_unknown_host_is_refused(client: Client) -> None:
    assert client.get("/show/", headers={"Host": "evil.example"}).status_code == 400


def test_form_without_its_token_is_refused() -> None:
    response = Client(enforce_csrf_checks=True).post("/en/show/")
    assert (response.status_code, b"This form has expired" in response.content) == (403, True)


@pytest.mark.parametrize("path", ["/en/nothing/", "/en/fail/403/", "/en/fail/400/"])
def test_nobody_keeps_an_error_for_others(client: Client, path: str) -> None:
    response = client.get(path)
    assert response["Cache-Control"] == "private, no-cache"
    assert "Accept" in response["Vary"].split(", ")
