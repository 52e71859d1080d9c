"""Reading an article, for curators: paste it, check the findings, select those to propose as claims."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from models_catalog.catalog.forms import taking_files
from models_catalog.claims.judge import NotAllowed
from models_catalog.curation.articles.cards import Card, cards_of, rows_of
from models_catalog.curation.articles.choices import Choices
from models_catalog.curation.articles.forms import (
    SourceForm,
    TextForm,
    carried,
    carried_suggestions,
    carry,
    carry_suggestions,
    text_within,
)
from models_catalog.curation.articles.groups import GroupStanding, ModelGroup, groups_of
from models_catalog.curation.articles.marks import FIELDS, MarkedWords, MarkForm, carried_marks
from models_catalog.curation.articles.reading import MAX_FINDINGS, MarkedReading, read_marked
from models_catalog.curation.pages import page, require, who
from models_catalog.intake.articles.extractor import Answer, NoAnswer, Suggestion, ask, extractor_host
from models_catalog.intake.articles.lexicon import read_lexicon
from models_catalog.intake.articles.places import kept_article
from models_catalog.intake.articles.propose import Outcome, propose_findings
from models_catalog.intake.articles.text import Article
from models_catalog.models import Source, SourceText
from models_catalog.models.vocabulary import EventKind


@taking_files
def read(request: HttpRequest) -> HttpResponse:
    """Take in the article, review its findings, propose. The form carries the article between the steps."""
    require(request, "add_source", "add_entry", "add_claim")
    if "article" not in request.POST:
        return _take_in(request)
    try:
        article, file_name, lacked_text = carried(request.POST["article"])
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _again(request)
    source = _known(article) or _described(request, article, file_name)
    if source is None:
        return _take_in(request)
    return _review(request, article, file_name, source, may_keep=lacked_text or source.pk is None)


@require_safe
def reread(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the stored text of a source with its findings and claims, to mark what was missed."""
    require(request, "add_source", "add_entry", "add_claim")
    source = get_object_or_404(Source, pk=pk)
    article = kept_article(source)
    if article is None:
        messages.warning(request, _("The text of this source is not kept. Paste it, and it is recognised."))
        return redirect("admin:models_catalog_source_read")
    return _review(request, article, source.file_name, source)


@require_POST
def purge_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the text of a source; its claims and their quotations stay."""
    require(request, "change_source")
    source = get_object_or_404(Source, pk=pk)
    SourceText.objects.filter(source=source).delete()
    messages.success(request, _("The text of “%(source)s” is kept no more.") % {"source": source.label})
    return redirect("admin:models_catalog_source_change", pk)


def _take_in(request: HttpRequest) -> HttpResponse:
    """First step: the article and, if its text is new, its source."""
    sent = request.POST if request.method == "POST" else None
    form, details = TextForm(sent, request.FILES or None), SourceForm(sent)
    if sent is not None and form.is_valid():
        article, file_name = form.cleaned_data["article"], form.cleaned_data["file_name"]
        source = _known(article) or (details.source_of(article, file_name) if details.is_valid() else None)
        if source is not None:
            return _review(request, article, file_name, source)
    context = {"title": _("Read an article"), "form": form, "details": details, "opts": Source._meta}
    return page(request, "admin/articles/take_in.html", context)


def _again(request: HttpRequest) -> HttpResponse:
    """First step again, filled with the text from a carried article that was refused, so that it is not lost."""
    form = TextForm(initial={"text": text_within(request.POST["article"])})
    details = SourceForm(initial={name: request.POST.get(name, "") for name in SourceForm.base_fields})
    context = {"title": _("Read an article"), "form": form, "details": details, "opts": Source._meta}
    return page(request, "admin/articles/take_in.html", context)


def _known(article: Article) -> Source | None:
    """Return the source with exactly this text."""
    return Source.objects.filter(sha256=article.sha256).first()


def _described(request: HttpRequest, article: Article, file_name: str) -> Source | None:
    details = SourceForm(request.POST)
    return details.source_of(article, file_name) if details.is_valid() else None


def _review(
    request: HttpRequest, article: Article, file_name: str, source: Source, *, may_keep: bool = False
) -> HttpResponse:
    """Second step: the findings next to the text; once selected ones are posted, propose them.

    `may_keep`: no text of the source was kept when the page was made, so that none was purged since.
    """
    lexicon = read_lexicon()
    form = MarkForm(article, request.POST if "_mark" in request.POST else None)
    marks = carried_marks(request.POST.getlist("marked"))
    added = form.mark if form.is_bound and form.is_valid() else None
    suggested, answer = _suggested(request, article)
    bench = read_marked(article, lexicon, source.published, [*marks, *([added] if added else [])], suggested)
    if answer:
        _tell_answer(request, answer, bench)
    cards = cards_of(bench.findings, source, lexicon, bench.doubts, bench.suggested)
    groups = groups_of(cards, lexicon, bench.rejected)
    if is_sent := "article" in request.POST:
        for group in groups:
            group.bind(request.POST)
    if form.is_bound:
        form = _marked(request, form, added, bench, cards)
    for mark, reason in bench.refused.items():
        messages.warning(
            request, _("“%(words)s” is marked no more: %(reason)s") % {"words": mark.words, "reason": reason}
        )
    if is_sent and "_propose" in request.POST:
        outcome = _proposed(request, groups, Choices(lexicon, source, article), article if may_keep else None)
        if outcome is not None:
            _tell(request, outcome)
            queue = reverse("admin:models_catalog_claim_queue")
            return redirect(f"{queue}?{urlencode({'source': outcome.source.slug})}")
    kept = SourceText.objects.filter(source=source.pk).first() if source.pk else None
    lacks_text = bool(source.pk) and kept is None and (may_keep or not is_sent)
    context = {
        "title": _("Read an article"), "opts": Source._meta, "source": source, "article": article,
        "carried": carry(article, file_name, lacks_text=lacks_text), "details": None if source.pk else SourceForm(request.POST),
        "groups": groups, "rows": rows_of(article, cards), "cards": cards, "bench": bench, "marking": form,
        "suggested": carry_suggestions(article, *suggested),
        "extractor": {"host": host, "model": settings.EXTRACTOR_MODEL} if (host := extractor_host()) else None,
        "marks": [json.dumps(mark, ensure_ascii=False) for mark in bench.marked],
        "most": MAX_FINDINGS if bench.is_cut_short else 0,
        "selected": sum(card.taken for card in cards), "wrong": [card for card in cards if card.error],
        "repairs": _repairs(article), "repaired": article.repairs.total(), "names": _names(cards), "events": EventKind.choices,
        "standings": GroupStanding.choices, "kept": kept,
    }  # fmt: skip
    return page(request, "admin/articles/review.html", context)


def _suggested(
    request: HttpRequest, article: Article
) -> tuple[tuple[str, Sequence[Suggestion]], Answer | None]:
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


def _tell_answer(request: HttpRequest, answer: Answer, bench: MarkedReading) -> None:
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
    request: HttpRequest, form: MarkForm, added: MarkedWords | None, bench: MarkedReading, cards: list[Card]
) -> MarkForm:
    """Select the new mark and offer a form for the next; or show on the form why it is not a finding."""
    if added is None:
        return form
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


def _proposed(
    request: HttpRequest, groups: list[ModelGroup], choices: Choices, kept: Article | None
) -> Outcome | None:
    """Propose the selected findings, keep a text, and return the outcome; on any error, report it, write nothing and return None."""
    sent = {name.removeprefix("take-") for name in request.POST if name.startswith("take-")}
    if sent - {card.finding.key for group in groups for card in group.cards}:
        messages.warning(
            request, _("The registry changed since this page was made: look again, then propose.")
        )
        return None
    if not choices.read(groups):
        messages.error(request, _("Nothing has been proposed yet: check the findings marked below."))
        return None
    if not choices.chosen:
        messages.error(request, _("Select at least one finding."))
        return None
    try:
        return propose_findings(
            source=choices.source, chosen=choices.chosen, proposer=who(request), article=kept
        )
    except NotAllowed as error:
        messages.error(request, str(error))
        return None


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


def _names(cards: list[Card]) -> list[str]:
    """Return the distinct names in this article, for the form to suggest."""
    return list(dict.fromkeys(card.entry for card in cards if card.entry))
