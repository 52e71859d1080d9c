"""Comparison page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markupsafe import Markup

from models_catalog.catalog.index.current import current, shown_state
from models_catalog.compare import subjects as queries
from models_catalog.compare.figure import figure_of
from models_catalog.compare.forms import MOST, Choice, CompareForm
from models_catalog.compare.rows import ComparedRow, grouped, summary
from models_catalog.compare.subjects import FoundSubjects
from models_catalog.history.as_of import is_present
from models_catalog.models import Entry
from models_catalog.pages.http.as_of import as_it_stood
from models_catalog.pages.http.moved import moved_to
from models_catalog.pages.http.public import public_page
from models_catalog.pages.rendering.put_together import rendered


@dataclass(frozen=True)
class ComparisonProblem:
    """The reason why a comparison cannot be shown."""

    status: HTTPStatus
    title: str
    messages: Sequence[str] = ()


@dataclass(frozen=True)
class Asked:
    """A parsed request for a comparison, with the entries found."""

    choice: Choice
    form: CompareForm
    found: FoundSubjects = field(default_factory=lambda: FoundSubjects([], {}, []))
    problem: ComparisonProblem | None = None


@dataclass(frozen=True)
class PickedEntry:
    """An entry of the comparison, with the addresses without it, and with it moved left and right ("" at an end)."""

    entry: Entry
    without: str
    left: str
    right: str


@require_safe
@public_page(*CompareForm.base_fields)
@as_it_stood(filtered=True)
def compare(request: HttpRequest) -> HttpResponse:
    asked = examine(request)
    if asked.problem:
        return _problem_page(request, asked)
    if asked.found.merged:
        return led_on(request, asked, reverse("compare"))
    if is_present():
        current()  # follows what has changed, so that the comparison is kept by it
    entries = asked.found.listed
    examples = [] if entries else queries.examples()
    context = _adding(asked) | {
        "entries": entries,
        "examples": [
            (heading, found, asked.choice.of([one.slug for one in found]).url) for heading, found in examples
        ],
        "chosen": _chosen(asked),
        "repeated": [entry for entry in entries if entry.slug in asked.form.repeated],
        "compared": _compared(request, asked) if len(entries) > 1 else "",
        "suggest_url": asked.choice.address("compare_suggest"),
    }
    return render(request, "compare/compare.html", context)


def _compared(request: HttpRequest, asked: Asked) -> Markup:
    """The entries side by side, kept while these and all that they name stay as they are."""
    first, *others = [entry.pk for entry in asked.found.listed]
    family = queries.family_ids([first, *others])
    key = (first, ("compared", get_language(), get_script_prefix(), *asked.choice.parameters, *family))
    state = shown_state()
    if state and (kept := state.pieces.get([key])):
        return Markup(kept[first][0])  # noqa: S704  # of the template below
    rows = queries.comparison(asked.found.listed)
    made = _side_by_side(request, asked, rows)
    if state:
        things = (value.thing for row in rows for cell in row.cells for value in cell.values)
        named = {thing.pk for thing in things if isinstance(thing, Entry)}
        state.pieces.keep({key: (made,)}, others=named.union(family, others))
    return made


def _side_by_side(request: HttpRequest, asked: Asked, rows: Sequence[ComparedRow]) -> Markup:
    shown = [row for row in rows if row.differs] if asked.choice.differences else rows
    context = {
        "choice": asked.choice,
        "entries": asked.found.listed,
        "groups": list(grouped(shown)),
        "figure": figure_of(rows),
        "summary": summary(rows),
        "columns": len(asked.found.listed) + 1,
        "files": [(page.upper(), asked.choice.address(f"compare_{page}")) for page in ("csv", "json")],
    }
    return rendered("compare/_compared.html", context, request)


def led_on(request: HttpRequest, asked: Asked, address: str) -> HttpResponse:
    """Redirect to `address` with merged entries replaced by the kept ones; other parameters stay."""
    return moved_to(request, address, asked.choice.replacing(asked.found.merged).query_within(request.GET))


@require_safe
@public_page(*CompareForm.base_fields)
@as_it_stood(filtered=True)
def suggest(request: HttpRequest) -> HttpResponse:
    """A listbox of entries to add for the typed text, as an HTML fragment."""
    asked = examine(request)
    if asked.problem:
        return HttpResponse(status=asked.problem.status)
    return render(request, "compare/_suggestions.html", _adding(asked))


def examine(request: HttpRequest) -> Asked:
    """Parse and look up the request; the page and all files of a comparison use it."""
    form = CompareForm(request.GET)
    if not form.is_valid():
        problem = ComparisonProblem(
            HTTPStatus.BAD_REQUEST, _("This comparison link does not work"), form.messages
        )
        return Asked(form.choice, form, problem=problem)
    found = queries.find(form.choice.slugs)
    return Asked(form.choice, form, found, _problem(form.choice, found))


def _problem(choice: Choice, found: FoundSubjects) -> ComparisonProblem | None:
    if found.unknown:
        told = [_("There is no entry “%(slug)s” in the registry.") % {"slug": slug} for slug in found.unknown]
        return ComparisonProblem(HTTPStatus.NOT_FOUND, _("Not every entry was found"), told)
    if len(choice.slugs) > MOST and not found.merged:
        told = [_("%(given)s entries were given.") % {"given": len(choice.slugs)}]
        title = _("At most %(most)s entries fit side by side") % {"most": MOST}
        return ComparisonProblem(HTTPStatus.BAD_REQUEST, title, told)
    return None


def _problem_page(request: HttpRequest, asked: Asked) -> HttpResponse:
    """A page with the problem, and ways to continue with the valid entries."""
    known = [entry.slug for entry in asked.found.listed]
    guesses = [(slug, queries.hits(slug.replace("-", " "), known)) for slug in asked.found.unknown[:3]]
    context = _adding(asked) | {
        "problem": asked.problem,
        "suggest_url": "",
        "known": asked.found.listed,
        "onward": asked.choice.of(known),
        "guesses": [(slug, _additions(asked.choice.of(known), hits)) for slug, hits in guesses],
    }
    return render(
        request, "compare/problem.html", context, status=asked.problem.status if asked.problem else None
    )


def _adding(asked: Asked) -> dict[str, object]:
    """The search for more entries, and its results."""
    q = asked.form.cleaned_data.get("q") or "" if not asked.problem else ""
    hits = queries.hits(q, asked.choice.slugs) if q else []
    return {"choice": asked.choice, "most": MOST, "q": q, "hits": _additions(asked.choice, hits)}


def _additions(choice: Choice, entries: Sequence[Entry]) -> list[tuple[Entry, str]]:
    return [(entry, "" if choice.is_full else choice.adding(entry.slug).url) for entry in entries]


def _chosen(asked: Asked) -> list[PickedEntry]:
    choice = asked.choice
    chosen = []
    for entry in asked.found.listed:
        left, right = choice.moving(entry.slug, -1), choice.moving(entry.slug, 1)
        without = choice.without(entry.slug).url
        chosen.append(PickedEntry(entry, without, left.url if left else "", right.url if right else ""))
    return chosen
