"""Translatable messages: collected from code and templates by parsing them, kept in one `.po` by Babel.

Needs no gettext installation. English is the source language, so only Chinese has a catalogue.
"""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.template import Engine, engines
from django.template.base import FilterExpression, Node, Variable
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from jinja2 import Environment

PO = settings.BASE_DIR / "locale/zh_Hans/LC_MESSAGES/django.po"
CODE = ("models_catalog", "registry")

_SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
_PLURAL = {"ngettext", "ngettext_lazy"}
_CONTEXT = {"pgettext", "pgettext_lazy"}
_CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
_ARGUMENT = re.compile(r"""_\((["'])(.*?)\1\)""")
_MADE = datetime(2026, 11, 22, tzinfo=UTC)


class Message(NamedTuple):
    """A message as in the source; `plural` and `context` are "" if absent."""

    text: str
    plural: str = ""
    context: str = ""

    @property
    def id(self) -> str | tuple[str, str]:
        return (self.text, self.plural) if self.plural else self.text


def collect() -> set[Message]:
    """All messages of the code and the templates."""
    found: set[Message] = set()
    for folder in CODE:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            found.update(in_python(path.read_text("utf-8")))
    for path in page_files():
        found.update(in_page(path.read_text("utf-8")))
    for path in admin_files():
        found.update(in_admin(path.read_text("utf-8")))
    return {message for message in found if message.text}


def page_files() -> list[Path]:
    """Jinja templates: the readers' pages."""
    return _templates(settings.BASE_DIR / "templates")


def admin_files() -> list[Path]:
    """Django templates: the curation site."""
    return [path for app in CODE for path in _templates(settings.BASE_DIR / app / "templates")]


def _templates(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in {".html", ".txt", ".xml"})


def in_python(source: str) -> Iterator[Message]:
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            words = [
                arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            yield from _called(name, words)


def _called(name: str, words: list[str]) -> Iterator[Message]:
    if name in _SINGLE and words:
        yield Message(words[0])
    elif name in _PLURAL and len(words) >= 2:
        yield Message(words[0], words[1])
    elif name in _CONTEXT and len(words) >= 2:
        yield Message(words[1], context=words[0])
    elif name in _CONTEXT_PLURAL and len(words) >= 3:
        yield Message(words[1], words[2], words[0])


def in_page(source: str) -> Iterator[Message]:
    """The messages of a Jinja template, found by Jinja's own i18n extension."""
    env: Environment = engines["jinja2"].env  # type: ignore[attr-defined]  # Django's backend for Jinja has it
    for _line, name, found in env.extract_translations(source):  # type: ignore[attr-defined]  # so has the extension
        words = found if isinstance(found, tuple) else (found,)
        yield from _called(name, [word for word in words if word])


def in_admin(source: str) -> Iterator[Message]:
    """The messages of a Django template."""
    engine: Engine = engines["django"].engine  # type: ignore[attr-defined]  # Django's own backend has it
    for node in _nodes(engine.from_string(source).nodelist):
        if isinstance(node, BlockTranslateNode):
            singular = node.render_token_list(node.singular)[0]
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            trim = (lambda text: " ".join(text.split())) if node.trimmed else str
            yield Message(trim(singular), trim(plural), _literal(node.message_context))
        elif isinstance(node, TranslateNode):
            yield Message(_literal(node.filter_expression), context=_literal(node.message_context))
        else:
            yield from _marked(vars(node).values())


def _nodes(nodelist: Any) -> Iterator[Node]:
    for node in nodelist:
        yield node
        for value in vars(node).values():
            if isinstance(value, list) and type(value).__name__ == "NodeList":
                yield from _nodes(value)
            elif isinstance(value, list):
                for part in value:
                    if isinstance(part, tuple):
                        for piece in part:
                            if type(piece).__name__ == "NodeList":
                                yield from _nodes(piece)


def _marked(values: Any) -> Iterator[Message]:
    """Messages of `_("…")` in the arguments of other tags."""
    for value in values:
        if isinstance(value, FilterExpression):
            yield from (Message(words) for _quote, words in _ARGUMENT.findall(value.token))
        elif isinstance(value, dict):
            yield from _marked(value.values())
        elif isinstance(value, list | tuple):
            yield from _marked(value)


def _literal(expression: FilterExpression | None) -> str:
    """The literal text of a template expression; "" for a variable, whose text is found elsewhere."""
    if expression is None:
        return ""
    var = expression.var
    if isinstance(var, Variable):
        return str(var.literal) if isinstance(var.literal, str) else ""
    return str(var or "")


def read_catalogue(path: Path = PO) -> Catalog:
    if not path.exists():
        return Catalog(locale="zh_Hans")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def untranslated(catalogue: Catalog, messages: set[Message]) -> list[Message]:
    """Messages that a Chinese reader would see in English, sorted."""
    return sorted(message for message in messages if not _translation(catalogue, message))


def _translation(catalogue: Catalog, message: Message) -> Any:
    found = catalogue.get(message.text, message.context or None)
    string = found.string if found and not found.fuzzy else ""
    return all(string) if isinstance(string, tuple) else string


def update(path: Path = PO) -> list[Message]:
    """Write the catalogue with exactly the messages of the source, keep translations, return the untranslated."""
    old, new = read_catalogue(path), Catalog(locale="zh_Hans", project="Baimo", fuzzy=False, charset="utf-8")
    new.header_comment = "# The site in Simplified Chinese. Written anew by `manage.py update_messages`."
    new.creation_date = new.revision_date = _MADE
    messages = collect()
    for message in sorted(messages):
        known = old.get(message.text, message.context or None)
        string: Any = known.string if known else ""
        if message.plural and not isinstance(string, tuple):
            string = (string,)
        elif not message.plural and isinstance(string, tuple):
            string = string[0]
        new.add(message.id, string, context=message.context or None)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=0, sort_output=True, no_location=True)
    return untranslated(new, messages)
