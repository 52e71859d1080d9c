"""What the articles say about the field as a whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.queries.market import figures_by_unit
from models_catalog.views.pages import public_page


@require_safe
@public_page()
def market(request: HttpRequest) -> HttpResponse:
    return render(request, "market/market.html", {"groups": figures_by_unit()})
