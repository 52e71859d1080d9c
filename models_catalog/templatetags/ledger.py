"""Template tags that share the readers' Jinja rendering with the curators' Django templates."""

from typing import cast

from django import template
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.utils.safestring import SafeString

from models_catalog.fields.describe import value_words
from models_catalog.models import Claim
from models_catalog.pages.rendering.values import quoted

register = template.Library()
register.filter("quoted", quoted)
register.filter("value_words", value_words)


@register.simple_tag
def said(claim: Claim) -> SafeString:
    """The value of a claim as on the entry's page."""
    pages = cast(Jinja2, engines["jinja2"])
    return SafeString(pages.env.get_template("entries/_macros.html").module.value(claim))  # type: ignore[attr-defined]  # a macro
