"""Where the sources disagree, and what was seen and left out."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.catalog import audit
from models_catalog.models import Omission
from models_catalog.pages.http.public import public_page


def page_of(
    request: HttpRequest, rows: QuerySet[Any, Any], size: int, number: int | None = None
) -> Page[Any]:
    """The page of `rows` that the request names, unless a `number` is given; 404 for one that does not exist."""
    try:
        return Paginator(rows, size).page(number or request.GET.get("page", "1")[:6])
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error


@require_safe
@public_page("page")
def disputes(request: HttpRequest) -> HttpResponse:
    page = page_of(request, audit.contested(), audit.DISPUTES_PAGE)
    context = {"page": page, "disputes": audit.disputes(page.object_list)}
    return render(request, "audit/disputes.html", context)


@require_safe
@public_page(*audit.OmissionForm.base_fields, "page")
def left_out(request: HttpRequest) -> HttpResponse:
    form = audit.OmissionForm(request.GET)
    is_sound = form.is_valid()
    rows = audit.omissions(form.cleaned_data) if is_sound else Omission.objects.none()
    context = {
        "form": form,
        "page": page_of(request, rows, audit.OMISSIONS_PAGE),
        "reasons": audit.reasons_counted(),
        "chosen": {name: value for name, value in form.cleaned_data.items() if value},
    }
    return render(request, "audit/left_out.html", context, status=200 if is_sound else 400)
