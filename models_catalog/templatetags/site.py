"""Small parts of every page: icons, text in its own language, addresses with a changed query."""

import json
import re
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of the sprite's icons, beside a text that says the same; hidden from screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("vendor/lucide/icons.svg"),
        name,
    )


def language_of(text: str) -> str:
    """The BCP 47 tag of a name: Chinese if any character is Han, English if any is Latin, else ""."""
    if _HAN.search(text):
        return "zh-Hans"
    return "en" if _LATIN.search(text) else ""


@register.filter
def in_lang(text: object) -> str | SafeString:
    """`text`, inside a `<span lang>` where its language is not the page's."""
    words = str(text)
    tag = language_of(words)
    if not tag or tag.lower() == (get_language() or "").lower():
        return words
    return format_html('<span lang="{}">{}</span>', tag, words)


@register.simple_tag
def lang_attribute(text: object) -> SafeString | str:
    """` lang="…"` for an element that holds nothing but `text`, where its language is not the page's."""
    tag = language_of(str(text))
    return format_html(' lang="{}"', tag) if tag and tag.lower() != (get_language() or "").lower() else ""


_NOT_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """Data for search engines. Not a script that runs: no policy on scripts touches it."""
    # Safe: with the three signs written as JSON escapes nothing in it can end the element.
    text = SafeString(json.dumps(data, ensure_ascii=False).translate(_NOT_IN_SCRIPT))
    return format_html('<script type="application/ld+json">{}</script>', text)


@register.simple_tag(takes_context=True)
def carried(context: dict[str, Any]) -> str:
    """The list's query as `?…` to hang on a link to one of its rows; "" if there is none."""
    request = context.get("request")
    query = request.META.get("QUERY_STRING", "") if request else ""
    return f"?{query}" if query else ""
