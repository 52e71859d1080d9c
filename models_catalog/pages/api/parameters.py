"""Parameters in the OpenAPI document, derived from their form fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from models_catalog.catalog.facets import NOT, UNSTATED
from models_catalog.catalog.forms import (
    MAX_FACET_VALUES,
    MAX_QUERY_CHARS,
    DayField,
    FacetField,
    NumberField,
)
from models_catalog.catalog.past_forms import MOMENT, AsOfField, KnownByField
from models_catalog.fields.declared import NUMBERED
from models_catalog.pages.api.examples import EXAMPLES
from models_catalog.pages.api.paging import (
    CURSOR,
    DEFAULT_SIZE,
    FIRST,
    ColumnsField,
    CursorField,
    PageForm,
    RowForm,
)
from models_catalog.publish.selection import SLUG, parameters_of
from models_catalog.publish.tables import Table

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Schema = dict[str, Any]

_SLUG: Schema = {"type": "string", "pattern": f"^{SLUG}$"}


def _day(before: str, between: str, after: str = "") -> str:
    """A pattern of valid months and days with separators. It matches real dates only, so that no match is refused."""
    month = "0?[1-9]|1[0-2]"
    days = f"({month}){between}(0?[1-9]|1[0-9]|2[0-8])|(0?[13-9]|1[0-2]){between}(29|30)|(0?[13578]|1[02]){between}31"
    return f"{before}({days}){after}"


_YEAR, _LEAP_YEAR = "20[0-9]{2}", "20([02468][048]|[13579][26])"
_PADDED = _day("-", "-").replace("0?", "0")
_WHOLE_DAY = f"{_YEAR}{_PADDED}|{_LEAP_YEAR}-02-29"
"""Days of this century in ISO 8601."""

_DAYS = "|".join(
    (
        f"{_YEAR}年?",
        f"{_YEAR}[-/](0?[1-9]|1[0-2])",
        f"{_YEAR}年(0?[1-9]|1[0-2])月",
        _YEAR + _day("[-/]", "[-/]"),
        _YEAR + _day("年", "月", "日"),
        f"{_LEAP_YEAR}([-/]0?2[-/]29|年0?2月29日)",
    )
)
"""A year, month or day of this century, as `parse_day_bound` accepts it."""

MEANINGS: dict[str, tuple[StrOrPromise, Any]] = {
    "q": (_("Words to look for in names of models and developers: Chinese of either script, pinyin, initials, English."), "文心"),
    "developer": (_("Slugs of developers, or `unstated`. Several values are combined with OR, different parameters with AND. A `-` before a value excludes it, here and below."), ["baidu"]),
    "developer_kind": (_("Kinds of developers."), ["academia"]),
    "category": (_("General-purpose or industry-specific."), ["industry"]),
    "kind": (_("Kinds of entries."), ["model"]),
    "developers.kind": (_("Kinds of developers."), ["big-tech"]),
    "modality": (_("What the model takes and gives."), ["text"]),
    "sector": (_("Slugs of target industries."), ["finance"]),
    "openness": (_("As a source states it."), ["open"]),
    "stage": (_("The furthest that the sources support."), ["released"]),
    "evidence": (_("How well the values of the entry are backed."), ["disputed"]),
    "source": (_("Slugs of articles."), ["thepaper-2023"]),
    **{
        f"{number.parameter}_{end}": (number.bound_meanings[place], number.bounds[place])
        for _one, number in NUMBERED
        for place, end in enumerate(("min", "max"))
    },
    "released_from": (_("Released in or after this year, month or day."), "2023-03"),
    "released_to": (_("Released in or before this year, month or day."), "2023-06-30"),
    "certainty": (_("Whether a range must be within the bounds (`certain`) or may be (`possible`, the default)."), "certain"),
    "include_subsidiaries": (_("1 to take the organisations below a chosen developer, too."), "1"),
    "include_unstated": (_("1 to keep entries of which the bounded value is not stated."), "1"),
    "as_of": (_("The registry at the end of this day, in Asia/Shanghai, or at a moment (`2026-11-22T16:30:00+08:00`)."), "2026-11-22"),
    "release": (_("The registry in the release of this number; not with `as_of`."), 1),
    "without": (_("Slugs of articles that do not count: values are computed from the others."), ["thepaper-2023"]),
    "known_by": (_("Only articles published by the end of this day count."), "2023-04-30"),
    "sort": (_("Sort order. A leading `-` reverses it. Unknown values come last."), "-parameters"),
    "model": (_("Slugs of entries."), ["wenxin-yiyan"]),
    "field": (_("What the claim speaks of."), ["parameters"]),
    "status": (_("Accepted, or disputed."), ["disputed"]),
    "basis": (_("What the claim rests on."), ["stated"]),
    "claim_source": (_("Slugs of the articles that the claims come from (`source` chooses entries)."), ["thepaper-2023"]),
    "unit": (_("What is counted."), ["models"]),
    "figure": (_("Slugs of market figures."), ["models-china-over-120"]),
    "reason": (_("Why the mention is not an entry."), ["foreign-model"]),
    "page": (_("Number of the page, from 1. Beyond the last there are no results."), 1),
    "page_size": (format_lazy(_("Rows on a page; {size} if left out."), size=DEFAULT_SIZE), 20),
    "cursor": (_("Begin with `*` and follow `next` to read everything in a fixed order, whatever comes in meanwhile. Not with `page` or `sort`."), FIRST),
    "fields": (_("Names of the fields to give, by commas; all if left out."), "slug,name_zh,url"),
}  # fmt: skip


def list_parameters(table: Table) -> list[Schema]:
    """The parameters of a list: those that select rows, then those for the page and fields."""
    fields = parameters_of(table) | PageForm(QueryDict(), table).fields
    return [_query(table, name, field) for name, field in fields.items()]


def row_parameters(table: Table) -> list[Schema]:
    """The parameters of a row: its key, then those for its past state and fields."""
    fields = RowForm(QueryDict(), table).fields
    keys = (_path(table, name) for name in table.key)
    return [*keys, *(_query(table, name, field) for name, field in fields.items())]


def _query(table: Table, name: str, field: forms.Field) -> Schema:
    meaning, example = MEANINGS.get(f"{table.name}.{name}") or MEANINGS[name]
    if name == "fields":
        example = ",".join(table.names[:3])
    one: Schema = {"name": name, "in": "query", "required": False, "description": str(meaning)}
    schema = field_schema(field)
    if schema["type"] == "array":
        one |= {"style": "form", "explode": True}
    return {**one, "schema": schema, "example": example}


def _path(table: Table, name: str) -> Schema:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": str(next(column.meaning for column in table.columns if column.name == name)),
        "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
        "example": EXAMPLES[table.name][name],
    }


def field_schema(field: forms.Field) -> Schema:
    """The JSON schema of a form field's input."""
    if isinstance(field.widget, forms.SelectMultiple):
        return {"type": "array", "items": _words(field), "maxItems": MAX_FACET_VALUES}
    if isinstance(field, forms.ChoiceField):
        return {"type": "string", "enum": ["", *_choices(field)]}  # an empty value is the same as none
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    if isinstance(field, AsOfField):
        return {"type": "string", "pattern": f"^(({_WHOLE_DAY})({MOMENT})?)?$"}
    if isinstance(field, KnownByField):
        return {"type": "string", "pattern": f"^({_WHOLE_DAY})?$"}
    if isinstance(field, DayField):
        return {"type": "string", "pattern": f"^({_DAYS})?$"}
    if isinstance(field, CursorField):
        return {"type": "string", "pattern": f"^([*]|{CURSOR})?$"}
    if isinstance(field, ColumnsField):
        names = "|".join(field.table.names)
        return {"type": "string", "pattern": f"^(({names})(,({names}))*)?$", "maxLength": field.max_length}
    if isinstance(field, NumberField):
        return {"type": "string", "pattern": f"^({field.number.bound_pattern})?$"}
    return {"type": "string", "maxLength": MAX_QUERY_CHARS, "pattern": r"^[^\u0000]*$"}


def _words(field: forms.Field) -> Schema:
    if isinstance(field, FacetField):
        words = field.facet.words
        if not words:
            return {"type": "string", "pattern": f"^{NOT}?{SLUG}$"}
        values = [*words.values, UNSTATED]
        return {"type": "string", "enum": [*values, *(NOT + value for value in values)]}
    return {"type": "string", "enum": _choices(field)} if isinstance(field, forms.ChoiceField) else _SLUG


def _choices(field: Any) -> list[str]:
    return [str(value) for value, _label in field.choices if value != ""]
