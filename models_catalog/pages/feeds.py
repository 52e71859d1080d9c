"""Feeds of changes in the registry: Atom for readers, JSON with a cursor for programs."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from models_catalog.catalog.filters import EntryFilter
from models_catalog.catalog.forms import StrictForm
from models_catalog.history.between import ImportStep, newest_steps
from models_catalog.history.changes import KINDS, START, Change, Cursor, changes_since, newest_changes
from models_catalog.history.version import version
from models_catalog.models import Claim, Entry
from models_catalog.models.labels import in_english
from models_catalog.models.vocabulary import Field
from models_catalog.pages.citing_selections import query_words
from models_catalog.pages.files import refused_as_text
from models_catalog.pages.http.as_of import dear_if_large, minding_as_of
from models_catalog.pages.http.problems import PROBLEM, problem
from models_catalog.pages.http.sharing import shared
from models_catalog.pages.plain_text import sentences_of
from models_catalog.text.characters import for_xml

SHOWN, MAX_LIMIT = 50, 500
ENTRIES = KINDS[:2]
"""Kinds of changes that link to an entry's page. Older cursors have only these and are still accepted."""

_KINDS = {
    "developer": gettext_lazy("Developer"),
    "sector": gettext_lazy("Target industry"),
    "source": gettext_lazy("Source"),
}


class SinceField(forms.CharField):
    """A cursor from an earlier response, cleaned; START if not given."""

    def clean(self, value: Any) -> Cursor:
        text = super().clean(value)
        return _opened(text) if text else START


class SinceForm(StrictForm):
    since = SinceField(required=False, max_length=200)
    limit = forms.IntegerField(required=False, min_value=1, max_value=MAX_LIMIT)


@shared
@require_safe
@dear_if_large()
def changes_json(request: HttpRequest) -> HttpResponse:
    """Changes after `since`, oldest first, with the cursor for the next request; invalid parameters get 400."""
    form = SinceForm(request.GET)
    if not form.is_valid():
        errors = {"query" if k == "__all__" else k: [str(e) for e in v] for k, v in form.errors.items()}
        body = problem(400, _("A parameter was refused: see errors."), errors)
        return JsonResponse(body, status=400, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})
    limit = form.cleaned_data["limit"] or SHOWN
    since: Cursor = form.cleaned_data["since"]
    found = list(changes_since(since, limit))
    cursor = sealed(found[-1][1] if found else since)
    more = f"{reverse('changes_json')}?since={cursor}&limit={limit}"
    body = {
        "cursor": cursor,
        "next": request.build_absolute_uri(more) if len(found) == limit else None,
        "results": [_object(request, change) | {"cursor": sealed(after)} for change, after in found],
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


IDS = "tag:baimo,2026:"
"""Prefix of the ids of feeds and items (RFC 4151): permanent, and the same on every host and in every language."""


class _Feed(Atom1Feed):
    """A feed with a permanent `id`. Without items, its date is that of the last change (`changed`)."""

    def latest_post_date(self) -> datetime:
        changed: datetime = self.feed["changed"] or datetime.fromtimestamp(0, UTC)
        return super().latest_post_date() if self.items else changed

    def write(self, outfile: Any, encoding: str) -> None:
        """Write the feed without characters that XML forbids, which the history or a reader's filter may contain."""
        self.feed, self.items = _for_xml(self.feed), [_for_xml(item) for item in self.items]
        super().write(outfile, encoding)


def _for_xml(texts: dict[str, Any]) -> dict[str, Any]:
    return {name: for_xml(one) if isinstance(one, str) else one for name, one in texts.items()}


@shared
@minding_as_of
@require_safe
@dear_if_large()
def changes_atom(request: HttpRequest) -> HttpResponse:
    """The newest changes in the reader's language; with filter parameters, only those of matching entries."""
    query = _filter_in(request)
    catalog = EntryFilter(data=query, queryset=Entry.objects.listed())
    if not catalog.is_valid():
        return refused_as_text(catalog)
    entries = catalog.qs.order_by().values("pk") if query else None
    changes = newest_changes(SHOWN, entries)
    told: list[Change | ImportStep] = [*changes, *(newest_steps(SHOWN) if entries is None else ())]
    feed = _feed(request, query)
    claims = _claims_of(changes)
    for one in sorted(told, key=lambda one: one.at, reverse=True)[:SHOWN]:
        item = _step(one) if isinstance(one, ImportStep) else _change(one, claims)
        feed.add_item(
            title=item.title,
            link=request.build_absolute_uri(item.address),
            description=escape(item.summary),  # Atom treats it as HTML
            unique_id=f"{IDS}change:{item.number}",
            updateddate=one.at,
            pubdate=one.at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _filter_in(request: HttpRequest) -> QueryDict:
    """The filter parameters in the request. Others are ignored: feed readers and aggregators append their own."""
    query = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name in EntryFilter.base_filters and name not in ("page", "sort") and any(values):
            query.setlist(name, values)
    return query


def _feed(request: HttpRequest, query: QueryDict) -> _Feed:
    here = request.build_absolute_uri
    words = f"?{query.urlencode()}" if query else ""
    title = _("Baimo: what changes")
    if query:
        title += f" ({query_words(query)})"
    return _Feed(
        title=title,
        link=here(f"{reverse('models')}{words}" if query else reverse("data")),
        description=_(
            "Changes of entries, of the claims behind them, and of developers, industries and sources."
        ),
        feed_url=here(f"{reverse('changes_atom')}{words}"),
        feed_guid=f"{IDS}feed:changes{words}",
        language=get_language(),
        author_name=_("Baimo editors"),
        changed=version().changed,
    )


@dataclass(frozen=True)
class _Item:
    """Parts of a feed item: a title, a summary, the address of its page, and its permanent number."""

    title: str
    summary: str
    address: str
    number: str


Claims = dict[tuple[str, str], Claim]  # by entry slug and claim key


def _claims_of(changes: list[Change]) -> Claims:
    """The claims of these changes that are public now, in one query."""
    keys = {(one.slug, one.key) for one in changes if one.key}
    slugs = {slug for slug, _key in keys}
    of_shown = Claim.objects.public().filter(entry__is_listed=True)
    found = of_shown.filter(entry__slug__in=slugs, key__in={key for _slug, key in keys})
    claims = found.with_related().select_related("entry") if keys else ()
    return {(claim.entry.slug, claim.key): claim for claim in claims}


def _change(change: Change, claims: Claims) -> _Item:
    claim = claims.get((change.slug, change.key))
    return _Item(
        _sentence(change),
        _summary(change, claim if change.action != "removed" else None),
        _address(change),
        f"{change.of}:{change.number}",
    )


def _summary(change: Change, claim: Claim | None) -> str:
    """The current claim with its quotation and place, or else the names in both languages and the time."""
    if claim:
        return sentences_of(claim)
    names = " / ".join(dict.fromkeys(name for name in (change.name_zh, change.name_en) if name))
    kind = _("Entry") if change.of in ENTRIES else _KINDS[change.of]
    clauses = (f"{kind}{_(': ')}{names}", date_format(timezone.localtime(change.at), "DATETIME_FORMAT"))
    return pgettext("clause", ", ").join(clauses)


def _step(step: ImportStep) -> _Item:
    counts = [
        ngettext("%(n)s entry", "%(n)s entries", step.entries) % {"n": step.entries} if step.entries else "",
        ngettext("%(n)s developer", "%(n)s developers", step.developers) % {"n": step.developers}
        if step.developers
        else "",
        ngettext("%(n)s claim", "%(n)s claims", step.claims) % {"n": step.claims} if step.claims else "",
    ]
    sentence = {
        "import": _("Import of %(file)s: %(counts)s"),
        "undo import": _("The import of %(file)s was undone: %(counts)s"),
        "accept": _("Accepted together, of the import of %(file)s: %(counts)s"),
        "reopen": _("Waiting again, of the import of %(file)s: %(counts)s"),
        "forget places": _("Line numbers that were never checked against a text are gone: %(counts)s"),
    }[step.what]
    told = _(", ").join(filter(None, counts))
    address = reverse("models") + (f"?source={step.source}" if step.source else "")
    at = date_format(timezone.localtime(step.at), "DATETIME_FORMAT")
    summary = pgettext("clause", ", ").join((told, at))
    return _Item(sentence % {"file": step.file, "counts": told}, summary, address, f"step:{step.context}")


def _object(request: HttpRequest, change: Change) -> dict[str, Any]:
    return {
        "at": change.at.astimezone(UTC).isoformat(),
        "action": change.action,
        "of": change.of,
        "entry": change.slug if change.of in ENTRIES else None,
        "slug": change.slug,
        "name_zh": change.name_zh,
        "name_en": change.name_en or None,
        "was": {"name_zh": change.was_zh, "name_en": change.was_en or None} if change.was_zh else None,
        "claim": change.key or None,
        "field": change.field or None,
        "url": request.build_absolute_uri(_address(change)),
    }


def _address(change: Change) -> str:
    """The page that shows the change; for a removed developer or sector, the list."""
    if change.action == "removed" and change.of not in ENTRIES:
        return reverse(f"{change.of}s")
    page = reverse("entry" if change.of in ENTRIES else change.of, args=[change.slug])
    return f"{page}#{change.key}" if change.key else page


def _sentence(change: Change) -> str:
    name = _name(change.name_zh, change.name_en)
    if change.of not in ENTRIES:
        was = _name(change.was_zh, change.was_en)
        return _vocabulary_sentence(change, was) % {"kind": _KINDS[change.of], "name": name, "was": was}
    entry = {
        "added": _("%(name)s: entered the registry"),
        "changed": _("%(name)s: changed"),
        "removed": _("%(name)s: left the registry"),
    }
    claim = {
        "added": _("%(name)s: new claim on “%(field)s”"),
        "changed": _("%(name)s: a claim on “%(field)s” changed"),
        "removed": _("%(name)s: a claim on “%(field)s” was withdrawn"),
    }
    field = Field(change.field).label if change.field else ""
    return (claim if change.key else entry)[change.action] % {"name": name, "field": field}


def _vocabulary_sentence(change: Change, was: str) -> str:
    if was not in ("", _name(change.name_zh, change.name_en)):
        return _("%(kind)s: “%(was)s” is now called “%(name)s”")
    return {
        "added": _("%(kind)s: “%(name)s” came in"),
        "changed": _("%(kind)s: “%(name)s” changed"),
        "removed": _("%(kind)s: “%(name)s” was removed"),
    }[change.action]


def _name(chinese: str, english: str) -> str:
    return (english or chinese) if in_english() else (chinese or english)


def sealed(cursor: Cursor) -> str:
    """A cursor as opaque text."""
    return base64.urlsafe_b64encode(" ".join(map(str, cursor)).encode()).decode().rstrip("=")


def _opened(text: str) -> Cursor:
    try:
        numbers = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii").split(" ")
        cursor = tuple(int(number) for number in numbers)
        is_ours = sealed(cursor) == text and all(0 <= number < 2**63 for number in cursor)
        if is_ours and len(cursor) in (len(KINDS), len(ENTRIES)):
            return cursor + START[len(cursor) :]
    except (binascii.Error, ValueError):
        pass
    raise ValidationError(_("This is not a cursor: leave it out, and then send back the last one."))
