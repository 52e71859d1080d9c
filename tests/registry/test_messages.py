"""Every message of the site has its Chinese, and no template speaks without asking for it."""

import re

import pytest

from registry.messages import (
    Message,
    admin_files,
    collect,
    in_admin,
    in_page,
    in_python,
    page_files,
    read_catalogue,
    untranslated,
)

_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
COMMENTED = re.compile(
    r"{% blocktranslate\b.*?{% endblocktranslate %}|{%-? trans\b.*?{% endtrans -?%}|{#.*?#}|<!--.*?-->",
    re.DOTALL,
)
_CODE = re.compile(r"<(script|style|code|pre|svg)\b.*?</\1>", re.DOTALL)
_ENGLISH = re.compile(r'<div lang="en">.*</div>', re.DOTALL)
"""A part that says of itself that it is in English, for every reader."""
_HTML = re.compile(r"<[^>]*>|&\w+;", re.DOTALL)
_WORD = re.compile(r"[A-Za-z\u3400-\u9fff]{2,}")
_SAID = re.compile(
    r"""\b(?:placeholder|title|aria-label|alt|content)=["']([^"'{]*[A-Za-z\u3400-\u9fff]{3}[^"'{]*)["']"""
)

SAME_IN_BOTH = {
    "Baimo",
    "百模图鉴",
    "CSV",
    "JSON",
    "XLSX",
    "PNG",
    "SVG",
    "CC",
    "BY",
    "SHA",
    "API",
    "Atom",
    "DuckDB",
    "OpenAPI",
    "BibTeX",
    *["Creative", "Commons", "Attribution"],
    "RIS",
}
"""Names and formats that need no translation."""


def test_every_message_has_its_chinese() -> None:
    assert untranslated(read_catalogue(), collect()) == []


def test_chinese_keeps_the_placeholders() -> None:
    wrong = [
        message.id
        for message in read_catalogue()
        if message.id and _places(message.id) != _places(message.string)
    ]
    assert wrong == []


def _places(text: str | tuple[str, ...] | list[str] | None) -> set[str]:
    return set(re.findall(r"%\(\w+\)", text if isinstance(text, str) else " ".join(text or [])))


@pytest.mark.parametrize("path", [*page_files(), *admin_files()], ids=lambda path: path.name)
def test_template_has_no_untranslated_text(path: object) -> None:
    source = path.read_text("utf-8")  # type: ignore[attr-defined]  # a Path; parametrize does not say so
    text = _HTML.sub(" ", _ENGLISH.sub(" ", _CODE.sub(" ", _TAG.sub(" ", COMMENTED.sub(" ", source)))))
    attributes = " ".join(_SAID.findall(_CODE.sub(" ", _TAG.sub("{", source))))
    assert set(_WORD.findall(text)) - SAME_IN_BOTH == set(), attributes


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("_('One')", [Message("One")]),
        ("ngettext('%(n)d row', '%(n)d rows', n)", [Message("%(n)d row", "%(n)d rows")]),
        ("pgettext('mark', 'ed.')", [Message("ed.", context="mark")]),
        ("_(name)", []),
        ("print('One')", []),
    ],
)
def test_messages_are_found_in_code(source: str, expected: list[Message]) -> None:
    assert list(in_python(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ _('One') }}", [Message("One")]),
        ('{% if a %}{{ pgettext("mark", "ed.") }}{% endif %}', [Message("ed.", context="mark")]),
        ('{{ _("Compare %(name)s", name=a) }}', [Message("Compare %(name)s")]),
        (
            "{% trans n=rows %}{{ n }} row{% pluralize %}{{ n }} rows{% endtrans %}",
            [Message("%(n)s row", "%(n)s rows")],
        ),
        ("{{ _(one) }}", []),
        ("One", []),
    ],
)
def test_messages_are_found_in_pages(source: str, expected: list[Message]) -> None:
    assert list(in_page(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% translate 'One' %}", [Message("One")]),
        ('{% if a %}{% translate "ed." context "mark" %}{% endif %}', [Message("ed.", context="mark")]),
        (
            "{% blocktranslate count n=rows %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}",
            [Message("%(n)s row", "%(n)s rows")],
        ),
        ('{% include "admin/a.html" with label=_("One") %}', [Message("One")]),
        ("One", []),
    ],
)
def test_messages_are_found_in_the_admin(source: str, expected: list[Message]) -> None:
    assert list(in_admin("{% load i18n %}" + source)) == expected
