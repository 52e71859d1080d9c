"""One thing that the site lets somebody do: a valid request, who may send it, and how one sees that it was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.models import User
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from tests.permissions.pages import Form, Page, Values
from tests.permissions.table import TABLE, Who
from tests.permissions.world import World


@dataclass(frozen=True)
class Case:
    """The rows that there are, and who acts on them (of a stranger: the superuser's row, who is not named then)."""

    world: World
    user: User

    @property
    def ids(self) -> dict[str, int]:
        return self.world.ids


Fill = Callable[[Case], dict[str, Any]]


def typed(**values: Any) -> Fill:
    """The same words, whoever types them."""
    return lambda case: values


nothing = typed()


@dataclass(frozen=True)
class Act:
    """`at` is the name of the address that is asked, `by` who may; everybody else is refused and nothing changes.

    A POST is what the form on `page` (else at `at` itself) holds, with `fill` typed in and the button `press`
    pressed; where `page` is None all of it is in `fill`. `does` is false before it was done and true after;
    an act without it leaves every table as it was, and `shows` is true of the answer.
    """

    what: str
    at: str
    by: frozenset[Who]
    does: Callable[[Case], Any] | None = None
    shows: Callable[[Any], Any] = lambda response: True
    fill: Fill = nothing
    press: str = ""
    page: str | None = ""
    row: str = ""
    """The key in `World.ids` of the row that is worked on, where it is not the table's usual one."""
    page_row: str = ""
    query: Fill = nothing
    method: str = "POST"
    args: list[Any] = field(default_factory=list)
    having: str = ""
    """A field of the form that is meant, where two would do."""
    given: Callable[[Client], Any] = lambda opener: None
    """What is made so before the page is opened, about the account of whoever opens it."""
    is_own: bool = False
    """Whether it is about the account of whoever acts, who then opens the page too."""

    def path(self, case: Case) -> str:
        return _path(self.at, self.row, case, self.args)

    def page_address(self, case: Case) -> str:
        row = self.page_row or (self.row if not self.page else "")
        return _path(self.page or self.at, row, case, self.args if not self.page else [])


@dataclass(frozen=True)
class Request:
    """What goes over the wire, the same for everybody."""

    method: str
    address: str
    body: bytes = b""

    def send(self, client: Client) -> Any:
        return client.generic(self.method, self.address, self.body, MULTIPART_CONTENT)


def _path(name: str, row: str, case: Case, args: list[Any]) -> str:
    if args:
        return reverse(name, args=args)
    return reverse(name, args=[case.ids[row]] if row else TABLE[name].args(case.world))


def request_of(act: Act, case: Case, opener: Client) -> Request:
    """The valid request, from the page as `opener` sees it."""
    act.given(opener)
    query = {name: str(value) for name, value in act.query(case).items()}
    if act.method == "GET":
        return Request("GET", f"{act.path(case)}?{urlencode(query)}")
    form = Form("post", act.path(case)) if act.page is None else _form(act, case, opener, query)
    values: Values = {**form.fields}
    for name, value in act.fill(case).items():
        values[name] = value if isinstance(value, list) else [value]
    if act.press:
        name, _equals, value = act.press.partition("=")
        values[name] = [value or "1"]
    return Request("POST", form.action, encode_multipart(BOUNDARY, values))


def _form(act: Act, case: Case, opener: Client, query: dict[str, str]) -> Form:
    response = opener.get(act.page_address(case), query)
    page = Page(response.content.decode(), response.wsgi_request.get_full_path())
    path = urlsplit(act.path(case)).path
    fits = [
        form for form in page.forms
        if (form.method, form.path) == ("post", path)
        and (act.press in form.buttons or act.press.startswith("action="))
        and (not act.having or act.having in form.fields)
    ]  # fmt: skip
    offered = [(form.method, form.path, form.buttons) for form in page.forms]
    assert fits, (
        f"{act.what}: no form at {act.page_address(case)} ({response.status_code}) fits; it has {offered}"
    )
    return fits[0]
