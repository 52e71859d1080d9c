"""Reading an article, for curators: paste it, check the findings, select those to propose as claims."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from models_catalog.catalog.forms import taking_files
from models_catalog.curation.articles.forms import SourceForm, TextForm, carried, text_within
from models_catalog.curation.articles.review import review
from models_catalog.curation.pages import page, require
from models_catalog.intake.articles.places import kept_article
from models_catalog.intake.articles.text import Article
from models_catalog.models import Source, SourceText

DOING = ("_propose", "_ask", "_preview")
"""Buttons that do more than show the form again; a form that is only shown again loses them."""


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
    return review(request, article, file_name, source, may_keep=lacked_text or source.pk is None)


def show_again(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the form of `read` as it was sent, with a new token and nothing done: its session ended or its token is stale.

    Whoever is logged out gets the fields to send again after logging in. The status is 403 in both cases.
    """
    sent = request.POST.copy()
    for name in (*DOING, "csrfmiddlewaretoken"):
        sent.pop(name, None)
    if not admin.site.has_permission(request):
        context = {"title": _("You are logged out"), "fields": [*sent.lists()]}
        return page(request, "admin/articles/logged_out.html", context, status=HTTPStatus.FORBIDDEN)
    setattr(request, "POST", sent)  # noqa: B010  # its type has no setter
    messages.warning(
        request, _("This form had expired: nothing was done and nothing is lost. Press the button again.")
    )
    response = read(request)
    response.status_code = HTTPStatus.FORBIDDEN
    return response


def losing_nothing(
    view: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Wrap `read`, as the admin guards it, so that a form sent without a session or with a stale token is shown again."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        has_work = request.method == "POST" and not request.POST.keys().isdisjoint(("article", "text"))
        if has_work and not admin.site.has_permission(request):
            return show_again(request)
        return view(request)

    setattr(guarded, "show_again", show_again)  # noqa: B010  # for `registry.errors.csrf_failure`
    return guarded


@require_safe
def reread(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the stored text of a source with its findings and claims, to mark what was missed."""
    require(request, "add_source", "add_entry", "add_claim")
    source = get_object_or_404(Source, pk=pk)
    article = kept_article(source)
    if article is None:
        messages.warning(request, _("The text of this source is not kept. Paste it, and it is recognised."))
        return redirect("admin:models_catalog_source_read")
    return review(request, article, source.file_name, source)


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
            return review(request, article, file_name, source)
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
