"""Views of the API: two classes for all tables, and the root."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from models_catalog.catalog.forms import SHOWN_CHARS
from models_catalog.claims.merge_developers import merged_developer
from models_catalog.models.sector import current_slug
from models_catalog.pages.api.addresses import detail_name, list_name, url_builder
from models_catalog.pages.api.paging import PageForm, RowForm, page_of
from models_catalog.pages.http import problems
from models_catalog.pages.http.as_of import dear_if_large
from models_catalog.pages.http.moved import claim_moved_from, kept_slug, moved_to
from models_catalog.publish.selection import Selection, parameter_names
from models_catalog.publish.tables import CLAIMS, DEVELOPERS, MODELS, SECTORS, TABLES, Table


class Endpoint(View):
    """Base of all endpoints: read-only, and always JSON."""

    http_method_names = ["get", "head", "options"]

    def http_method_not_allowed(self, request: HttpRequest, *_args: Any, **_key: Any) -> HttpResponse:
        told = _('Method "%(method)s" not allowed.') % {"method": request.method}
        response = problems.response(HTTPStatus.METHOD_NOT_ALLOWED, told)
        response.headers["Allow"] = ", ".join(self.http_method_names).upper()
        return response


class TableEndpoint(Endpoint):
    table: Table = MODELS


class ListEndpoint(TableEndpoint):
    """`GET /<table>/`: a page of the rows that the parameters select."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = PageForm(request.GET, self.table, parameter_names(self.table))
        selection = Selection(self.table, request.GET, frozenset(form.fields))
        if refused := _errors_of(form) | selection.errors:
            return _refused(refused)
        if self.table is not CLAIMS:
            return self._page(request, selection, form)
        with dear_if_large():  # a page of them may put all in order, and counts them
            return self._page(request, selection, form)

    def _page(self, request: HttpRequest, selection: Selection, form: PageForm) -> HttpResponse:
        page = page_of(request, selection, form)
        url_of = url_builder(request, self.table)
        rows = self.table.json_objects(page.rows, url_of, form.cleaned_data["fields"])
        return _json(
            {"count": page.count, "next": page.next, "previous": page.previous, "results": list(rows)}
        )


class DetailEndpoint(TableEndpoint):
    """`GET /<table>/<key>/`: one row; a model includes its claims."""

    def get(self, request: HttpRequest, **key: str) -> HttpResponse:
        form = RowForm(request.GET, self.table)
        if not form.is_valid():
            return _refused(_errors_of(form))
        records = self.table.all().filter(**self.lookup(key))
        url_of = url_builder(request, self.table)
        found = list(self.table.objects(records, url_of, form.cleaned_data["fields"]))
        if not found:
            return self.moved(request, key)
        (row,) = found
        if self.table is MODELS and not form.cleaned_data["fields"]:
            claims = CLAIMS.all().filter(entry__slug=key["slug"])
            row["claims"] = list(CLAIMS.objects(claims, url_builder(request, CLAIMS)))
        return _json(row)

    def lookup(self, key: dict[str, str]) -> dict[str, str]:
        return {"entry__slug": key["entry"], "key": key["key"]} if self.table is CLAIMS else key

    def moved(self, request: HttpRequest, key: dict[str, str]) -> HttpResponse:
        """Redirect to the row's current address, if it was merged or renamed; 404 otherwise."""
        kept: list[str] = []
        if (self.table is SECTORS and (slug := current_slug(key["slug"])) != key["slug"]) or (
            self.table is MODELS and (slug := kept_slug(key["slug"]))
        ):
            kept = [slug]
        elif self.table is DEVELOPERS and (developer := merged_developer(key["slug"])):
            kept = [developer.slug]
        elif self.table is CLAIMS and (claim := claim_moved_from(key["entry"], key["key"])):
            kept = [claim.entry.slug, claim.key]
        if not kept:
            return problems.response(HTTPStatus.NOT_FOUND, _("There is no such row."))
        return moved_to(request, reverse(detail_name(self.table), args=kept))


class Root(Endpoint):
    """`GET /api/v1/`: the addresses of all tables and of the documentation."""

    def get(self, request: HttpRequest) -> HttpResponse:
        for name in request.GET:
            told = _("There is no parameter “%(name)s”.") % {"name": name[:SHOWN_CHARS]}
            return _refused({"query": [told]})
        here = request.build_absolute_uri
        tables = {table.name: here(reverse(list_name(table))) for table in TABLES}
        return _json(
            {**tables, "openapi": here(reverse("api_schema")), "documentation": here(reverse("api_docs"))}
        )


class Nothing(Endpoint):
    """All other addresses under `/api/`: 404."""

    def get(self, request: HttpRequest, **_path: str) -> HttpResponse:
        return problems.response(HTTPStatus.NOT_FOUND, _("There is nothing at this address."))


def _json(body: dict[str, Any]) -> JsonResponse:
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


def _errors_of(form: BaseForm) -> problems.Errors:
    return {name: [str(one) for one in found] for name, found in form.errors.items()}


def _refused(errors: problems.Errors) -> HttpResponse:
    """400 with errors by parameter; those of the whole query string are under `query`."""
    return problems.refused({"query" if name == "__all__" else name: found for name, found in errors.items()})
