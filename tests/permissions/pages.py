"""What a page offers, as a browser sees it: its links, its forms and their buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

Values = dict[str, list[Any]]


@dataclass
class Form:
    """A form with what it holds before anybody types. `buttons` are called `name=value`, by the name alone where
    the value is what a person reads, or "" where there is neither."""

    method: str
    action: str
    fields: Values = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)
    choices: Values = field(default_factory=dict)

    @property
    def path(self) -> str:
        return urlsplit(self.action).path


class Page(HTMLParser):
    """Reads a page at `address`."""

    def __init__(self, html: str, address: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._by_id: dict[str, Form] = {}
        self._open: Form | None = None
        self._select: tuple[Form, str, bool] | None = None
        self._text: tuple[Form, str] | None = None
        for name in ("meet", "read"):  # a field may name a form that comes later
            self._pass = name
            self.reset()
            self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._begin(given)
        elif self._pass == "read":
            self._meet(tag, given)

    def _begin(self, given: dict[str, str]) -> None:
        key = given.get("id") or f"form at {self.getpos()}"
        if self._pass == "meet":
            action = urljoin(self.address, given.get("action") or self.address)
            self._by_id[key] = Form(given.get("method", "get").lower(), action)
            self.forms.append(self._by_id[key])
        self._open = self._by_id[key]

    def _meet(self, tag: str, given: dict[str, str]) -> None:
        if tag == "a" and given.get("href"):
            self.links.append(urljoin(self.address, given["href"]))
        form = self._by_id.get(given["form"]) if "form" in given else self._open
        if form is None or "disabled" in given:
            return
        if tag in ("input", "button"):
            self._meet_input(form, tag, given)
        elif tag == "textarea":
            self._text = (form, given.get("name", ""))
            form.fields.setdefault(given.get("name", ""), [""])
        elif tag == "select":
            self._select = (form, given.get("name", ""), "multiple" in given)
        elif tag == "option" and self._select:
            self._meet_option(given)

    def _meet_input(self, form: Form, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "submit" if tag == "button" else "text")
        name, value = given.get("name", ""), given.get("value", "")
        if kind == "submit":
            form = self._elsewhere(form, given["formaction"]) if "formaction" in given else form
            method = given.get("formmethod", form.method)
            if method == form.method:
                form.buttons.append(f"{name}={value}" if tag == "button" and value else name)
        elif kind in ("checkbox", "radio"):
            if "checked" in given:
                form.fields.setdefault(name, []).append(value or "on")
            form.choices.setdefault(name, []).append(value)
        elif kind not in ("file", "button", "reset") and name:
            form.fields.setdefault(name, []).append(value)

    def _elsewhere(self, form: Form, action: str) -> Form:
        """The form that a button sends to another address: with the same fields, those that follow included."""
        address = urljoin(self.address, action)
        found = [one for one in self.forms if one.action == address and one.fields is form.fields]
        if not found:
            found = [Form(form.method, address, form.fields, [], form.choices)]
            self.forms += found
        return found[0]

    def _meet_option(self, given: dict[str, str]) -> None:
        assert self._select
        form, name, is_multiple = self._select
        form.choices.setdefault(name, []).append(given.get("value", ""))
        if "selected" in given and (is_multiple or len(form.choices[name]) == 1):
            form.fields.setdefault(name, []).append(given.get("value", ""))
        elif "selected" in given:
            form.fields[name] = [given.get("value", "")]
        elif not is_multiple:
            form.fields.setdefault(name, [form.choices[name][0]])

    def handle_data(self, data: str) -> None:
        if self._text and self._pass == "read":
            form, name = self._text
            form.fields[name] = [form.fields[name][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._text = None


def name_of(address: str) -> str:
    """The name in the URLconf of an address of this site; "" of any other."""
    parts = urlsplit(address)
    if parts.netloc not in ("", "testserver") or parts.scheme not in ("", "http", "https"):
        return ""
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return ""
