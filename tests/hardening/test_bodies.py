"""Bodies: too large ones are refused by their length, unread, at every address; no file ever reaches the disk."""

import tempfile
from contextlib import suppress
from io import BytesIO
from typing import Any, NoReturn

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse

from models_catalog.models import ImportBatch
from registry.serving.worker import body as worker_body
from tests.permissions.table import TABLE

pytestmark = pytest.mark.django_db


class Unread(BytesIO):
    def read(self, *_arguments: Any) -> NoReturn:
        raise AssertionError("the body was read")


@pytest.fixture(autouse=True)
def _no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_arguments: Any, **_more: Any) -> NoReturn:
        raise AssertionError("a file was made")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refused)
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", refused)


def send(client: Client, path: str, length: str, method: str = "POST") -> int:
    more = {"PATH_INFO": path, "REQUEST_METHOD": method, "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    status: int = client.request(**more, **{"CONTENT_LENGTH": length, "wsgi.input": Unread()}).status_code
    return status


def addresses() -> list[str]:
    """Every address that needs no row, and some that name one: the length is looked at before the address."""
    found = [
        "/models/x/report/",
        "/admin/models_catalog/entry/1/change/",
        "/admin/models_catalog/claim/1/delete/",
    ]
    for name in TABLE:
        with suppress(NoReverseMatch):
            found.append(reverse(name))
    return found


def test_every_address_refuses_a_large_body_by_its_length(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root"))
    assert len(addresses()) > 60
    codes = {send(who, path, "50000000") for path in addresses() for who in (client, Client())}
    assert codes == {413}


@pytest.mark.parametrize(
    "path", ["/language/", "/admin/login/", "/models/", "/nowhere", "/healthz", "/zh/language/"]
)
@pytest.mark.parametrize("method", ["POST", "PUT", "GET"])
def test_who_is_not_logged_in_sends_little(client: Client, path: str, method: str) -> None:
    assert send(client, path, "64001", method) == 413


@pytest.mark.parametrize("length", ["", "-1", "+70000", "7_0000", "x", "٧٠٠٠٠"])
def test_a_length_that_is_none_is_no_body(client: Client, length: str) -> None:
    assert client.get("/healthz", CONTENT_LENGTH=length).status_code == 200


@pytest.mark.parametrize("path", ["/language/", "/admin/login/", "/admin/models_catalog/entry/add/"])
def test_a_file_that_nobody_wants_is_left_unread(
    client: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Any] = []
    handler = "django.core.files.uploadhandler.MemoryFileUploadHandler.receive_data_chunk"
    monkeypatch.setattr(handler, lambda _self, data, _start: kept.append(data))
    client.post(path, {"language": "en", "file": SimpleUploadedFile("a.csv", b"x" * 50_000)})
    assert kept == []


def test_a_file_that_is_wanted_arrives(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root"))
    file = SimpleUploadedFile("a.csv", "名称,参数\n".encode() + "文心,10亿\n".encode() * 9_000)
    answer = client.post(reverse("admin:models_catalog_importbatch_add"), {"file": file})
    assert (answer.status_code, ImportBatch.objects.count()) == (302, 1)


@pytest.mark.parametrize(
    ("cookie", "length", "arrived"),
    [("", 1_000, 1_000), ("", 64_001, 0), ("language=en", 400_000, 0), ("session=x", 400_000, 400_000)],
)
def test_the_server_reads_no_more_of_a_stranger_than_is_taken(cookie: str, length: int, arrived: int) -> None:
    sent = BytesIO(b"x" * length)
    environ = {"CONTENT_LENGTH": str(length), "HTTP_COOKIE": cookie, "wsgi.input": sent}
    with worker_body(environ) as came:
        assert (len(came.read()), sent.tell()) == (arrived, arrived)


BROKEN = {
    "pieces": "name=a; name*0=b", "no number": f"name*{'9' * 4_400}=a", "no charset": "name*=no-such''%41",
    "no decoder": "name*=undefined''%41", "an old name": "name*=idna''%41%2e%2e",
}  # fmt: skip
FORM = "--B\r\nContent-Disposition: form-data; {}\r\n\r\nen\r\n--B--\r\n"


@pytest.mark.parametrize("path", ["/language/", "/models/x/report/", "/admin/login/", "/nowhere"])
@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_headers_of_a_form_that_cannot_be_read_are_no_error_of_ours(path: str, broken: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrf"] = "x" * 32  # else nobody looks for a token in the form
    whole = client.post(path, FORM.format('name="language"'), f"multipart/form-data; boundary=B; {broken}")
    part = client.post(path, FORM.format(broken), "multipart/form-data; boundary=B")
    assert max(whole.status_code, part.status_code) < 500
