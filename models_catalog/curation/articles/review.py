"""Second step of reading an article: its findings are checked, marked, previewed and proposed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from models_catalog.claims.judge import NotAllowed
from models_catalog.curation.articles.cards import Card, cards_of, rows_of
from models_catalog.curation.articles.choices import Choices
from models_catalog.curation.articles.forms import SourceForm, carried_suggestions, carry, carry_suggestions
from models_catalog.curation.articles.groups import GroupStanding, ModelGroup, groups_of
from models_catalog.curation.articles.marks import FIELDS, MarkForm, carried_marks
from models_catalog.curation.articles.preview import preview_of
from models_catalog.curation.articles.reading import MAX_FINDINGS, MarkedReading, read_marked
from models_catalog.curation.pages import page, who
from models_catalog.intake.articles.extractor import NoAnswer, Suggested, ask, extractor_host
from models_catalog.intake.articles.finding import MarkedWords
from models_catalog.intake.articles.lexicon import read_lexicon
from models_catalog.intake.articles.propose import Outcome, propose_findings
from models_catalog.intake.articles.text import Article
from models_catalog.models import Source, SourceText
from models_catalog.models.vocabulary import EventKind


def review(
    request: HttpRequest, article: Article, file_name: str, source: Source, *, may_keep: bool = False
) -> HttpResponse:
    """The findings next to the text; what the button that was pressed says is done with the selected ones.

    `may_keep`: no text of the source was kept when the page was made, so that none was purged since.
    """
    lexicon = read_lexicon()
    form = MarkForm(article, request.POST if "_mark" in request.POST else None)
    added = [form.mark] if form.is_bound and form.is_valid() else []
    suggested, answer = _suggested(request, article)
    marks = [*carried_marks(request.POST.getlist("marked")), *added]
    bench = read_marked(article, lexicon, source.published, marks, suggested)
    cards = cards_of(bench.findings, source, lexicon, bench.doubts, bench.suggested)
    groups = groups_of(cards, lexicon, bench.rejected)
    if "article" in request.POST:
        for group in groups:
            group.bind(request.POST)
    if added:
        form = _marked(request, form, added[0], bench, cards)
    _tell_read(request, answer, bench)
    done = _acted(request, groups, Choices(lexicon, source, article), article if may_keep else None)
    if done is not None:
        return done
    kept = SourceText.objects.filter(source=source.pk).first() if source.pk else None
    lacks_text = bool(source.pk) and kept is None and (may_keep or "article" not in request.POST)
    context = {
        "source": source, "kept": kept, "details": None if source.pk else SourceForm(request.POST),
        "carried": carry(article, file_name, lacks_text=lacks_text),
        "suggested": carry_suggestions(article, *suggested), "marking": form,
    }  # fmt: skip
    return page(
        request,
        "admin/articles/review.html",
        context | _of_article(article, cards) | _of_bench(bench, groups),
    )


def _of_article(article: Article, cards: list[Card]) -> dict[str, Any]:
    """What the page shows of the text and of the findings in it."""
    host = extractor_host()
    return {
        "title": _("Read an article"), "opts": Source._meta, "article": article, "cards": cards, "rows": rows_of(article, cards), "wrong": [card for card in cards if card.error],
        "repairs": _repairs(article), "repaired": article.repairs.total(),
        "names": list(dict.fromkeys(card.entry for card in cards if card.entry)),
        "extractor": {"host": host, "model": settings.EXTRACTOR_MODEL} if host else None,
    }  # fmt: skip


def _of_bench(bench: MarkedReading, groups: list[ModelGroup]) -> dict[str, Any]:
    """What the page shows of the groups, and what their forms offer."""
    return {
        "bench": bench, "groups": groups, "events": EventKind.choices, "standings": GroupStanding.choices,
        "marks": [json.dumps(mark, ensure_ascii=False) for mark in bench.marked],
        "most": MAX_FINDINGS if bench.is_cut_short else 0,
    }  # fmt: skip


def _suggested(
    request: HttpRequest, article: Article
) -> tuple[tuple[str, Sequence[MarkedWords]], Suggested | None]:
    """Return a language model and what it suggested, as the form carries it; if it is asked now, its answer too."""
    kept = carried_suggestions(request.POST.get("suggested", ""), article)
    if "_ask" not in request.POST:
        return kept, None
    try:
        answer = ask(article, FIELDS)
    except NoAnswer as error:
        messages.error(request, _("The language model proposed nothing. %(reason)s") % {"reason": str(error)})
        return kept, None
    return (settings.EXTRACTOR_MODEL, answer.suggestions), answer


def _tell_read(request: HttpRequest, answer: Suggested | None, bench: MarkedReading) -> None:
    """Report what a language model proposed, and the marks that hold no longer."""
    if answer:
        _tell_answer(request, answer, bench)
    for mark, reason in bench.refused.items():
        told = {"words": mark.words, "reason": reason}
        messages.warning(request, _("“%(words)s” is marked no more: %(reason)s") % told)


def _tell_answer(request: HttpRequest, answer: Suggested, bench: MarkedReading) -> None:
    told = {"new": len(bench.suggested), "unborne": answer.left_out + bench.unborne}
    messages.success(
        request,
        _(
            "New findings that the language model proposed: %(new)s. Left out because the text does not bear them out: %(unborne)s."
        )
        % told,
    )
    if answer.last_line:
        messages.warning(
            request,
            _("The text is long: it was sent to the language model up to line %(line)s.")
            % {"line": answer.last_line},
        )


def _marked(
    request: HttpRequest, form: MarkForm, added: MarkedWords, bench: MarkedReading, cards: list[Card]
) -> MarkForm:
    """Select the new mark and offer a form for the next; or show on the form why it is not a finding."""
    if reason := bench.refused.pop(added, ""):
        form.add_error("words", reason)
        return form
    key = bench.marked[added].key
    card = next(card for card in cards if card.finding.key == key)
    card.taken = card.is_focused = True
    messages.success(
        request, _("Marked: %(field)s %(value)s.") % {"field": card.field.label, "value": card.said}
    )
    return MarkForm(form.article, initial={"line": added.line, "field": added.field, "model": card.entry})


def _acted(
    request: HttpRequest, groups: list[ModelGroup], choices: Choices, kept: Article | None
) -> HttpResponse | None:
    """Propose what is selected and keep a text, or show an entry before; None to show the page, with any error and nothing written."""
    looked_at = next((group for group in groups if group.key == request.POST.get("_preview")), None)
    if looked_at is None and "_propose" not in request.POST:
        return None
    if not _are_fine(request, groups, choices):
        return None
    try:
        if looked_at:
            return preview_of(request, choices, looked_at.entry)
        outcome = propose_findings(
            source=choices.source, chosen=choices.chosen, proposer=who(request), article=kept
        )
    except NotAllowed as error:
        messages.error(request, str(error))
        return None
    _tell(request, outcome)
    queue = reverse("admin:models_catalog_claim_queue")
    return redirect(f"{queue}?{urlencode({'source': outcome.source.slug})}")


def _are_fine(request: HttpRequest, groups: list[ModelGroup], choices: Choices) -> bool:
    """Read the selected findings into `choices`; report any error."""
    sent = {name.removeprefix("take-") for name in request.POST if name.startswith("take-")}
    if sent - {card.finding.key for group in groups for card in group.cards}:
        messages.warning(
            request, _("The registry changed since this page was made: look again, then propose.")
        )
    elif not choices.read(groups):
        messages.error(request, _("Nothing has been proposed yet: check the findings marked below."))
    elif not choices.chosen:
        messages.error(request, _("Select at least one finding."))
    else:
        return True
    return False


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    claims, entries = len(outcome.claims), len(outcome.entries)
    told = [ngettext("%(n)s claim proposed", "%(n)s claims proposed", claims) % {"n": claims}]
    if entries:
        told.append(ngettext("%(n)s new entry", "%(n)s new entries", entries) % {"n": entries})
    if makers := len(outcome.developers):
        told.append(ngettext("%(n)s new developer", "%(n)s new developers", makers) % {"n": makers})
    if outcome.known:
        told.append(_("%(n)s proposed before") % {"n": outcome.known})
    messages.success(
        request,
        _("From “%(source)s”: %(told)s.") % {"source": outcome.source.label, "told": _(", ").join(told)},
    )


def _repairs(article: Article) -> list[dict[str, Any]]:
    """Return the repairs of each kind: count, text before and after, and lines."""
    taken: dict[Any, list[tuple[int, str, str]]] = {}
    for line in article.lines:
        for one in line.repairs:
            taken.setdefault(one.kind, []).append((line.number, one.before, one.after))
    return [
        {"kind": kind.value, "count": len(places), "places": places[:200], "more": max(0, len(places) - 200)}
        for kind, places in sorted(taken.items())
    ]
