"""The views of the API: two classes for all tables, and the way in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from models_catalog.catalog.forms import SHOWN_CHARS
from models_catalog.models.sector import current_slug
from models_catalog.pages.api.addresses import detail_name, list_name, url_builder
from models_catalog.pages.api.paging import PageForm, RowForm, page_of
from models_catalog.pages.api.schema import TableSchema
from models_catalog.pages.http import problems
from models_catalog.pages.http.moved import claim_moved_from, kept_slug, moved_to
from models_catalog.publish.selection import Selection, parameters_of
from models_catalog.publish.tables import CLAIMS, MODELS, SECTORS, TABLES, Table


class AlwaysJson(BaseContentNegotiation):
    """JSON is all there is, whatever is asked for; a browser shows it too."""

    def select_parser(self, request: Request, parsers: Any) -> BaseParser | None:
        return None

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class Endpoint(APIView):
    """What all endpoints share: nobody signs in, everything is JSON."""

    authentication_classes = ()
    permission_classes = ()
    parser_classes = ()
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = AlwaysJson
    http_method_names = ["get", "head", "options"]

    def get_exception_handler(self) -> Callable[..., Response | None]:
        return problems.answer


class TableEndpoint(Endpoint):
    table: Table = MODELS
    schema = TableSchema()


class ListEndpoint(TableEndpoint):
    """`GET /<table>/`: a page of the rows that the parameters choose."""

    def get(self, request: Request) -> Response:
        form = PageForm(request.GET, self.table, frozenset(parameters_of(self.table)))
        selection = Selection(self.table, request.GET, frozenset(form.fields))
        errors = {name: [str(one) for one in found] for name, found in form.errors.items()}
        if refused := _named({**errors, **selection.errors}):
            raise problems.Refused(refused)
        page = page_of(request._request, selection, form)
        url_of = url_builder(request._request, self.table)
        rows = self.table.json_objects(page.rows, url_of, form.cleaned_data["fields"])
        return Response(
            {"count": page.count, "next": page.next, "previous": page.previous, "results": list(rows)}
        )


class DetailEndpoint(TableEndpoint):
    """`GET /<table>/<key>/`: one row; of a model, with its claims."""

    def get(self, request: Request, **key: str) -> Response | HttpResponse:
        form = RowForm(request.GET, self.table)
        if not form.is_valid():
            raise problems.Refused(
                _named({name: [str(one) for one in found] for name, found in form.errors.items()})
            )
        records = self.table.all().filter(**self.lookup(key))
        found = list(
            self.table.objects(
                records, url_builder(request._request, self.table), form.cleaned_data["fields"]
            )
        )
        if not found:
            return self.moved(request._request, key)
        (row,) = found
        if self.table is MODELS and not form.cleaned_data["fields"]:
            claims = CLAIMS.all().filter(entry__slug=key["slug"])
            row["claims"] = list(CLAIMS.objects(claims, url_builder(request._request, CLAIMS)))
        return Response(row)

    def lookup(self, key: dict[str, str]) -> dict[str, str]:
        return {"entry__slug": key["entry"], "key": key["key"]} if self.table is CLAIMS else key

    def moved(self, request: HttpRequest, key: dict[str, str]) -> HttpResponse:
        """To the row's address now, of the tables in `MOVES`. Http404 for anything else."""
        kept: list[str] = []
        if (self.table is SECTORS and (slug := current_slug(key["slug"])) != key["slug"]) or (
            self.table is MODELS and (slug := kept_slug(key["slug"]))
        ):
            kept = [slug]
        elif self.table is CLAIMS and (claim := claim_moved_from(key["entry"], key["key"])):
            kept = [claim.entry.slug, claim.key]
        if not kept:
            raise Http404(_("There is no such row."))
        return moved_to(request, reverse(detail_name(self.table), args=kept))


class Root(Endpoint):
    """`GET /api/v1/`: where everything is."""

    schema = None

    def get(self, request: Request) -> Response:
        for name in request.GET:
            raise problems.Refused(
                {"query": [_("There is no parameter “%(name)s”.") % {"name": name[:SHOWN_CHARS]}]}
            )
        here = request._request.build_absolute_uri
        tables = {table.name: here(reverse(list_name(table))) for table in TABLES}
        return Response(
            {**tables, "openapi": here(reverse("api_schema")), "documentation": here(reverse("api_docs"))}
        )


class Nothing(Endpoint):
    """Every other address below `/api/`."""

    schema = None

    def get(self, request: Request, **_path: str) -> Response:
        raise Http404(_("There is nothing at this address."))


def _named(errors: dict[str, list[str]]) -> dict[str, list[str]]:
    """Errors by parameter; those of the whole query string under `query`."""
    return {"query" if name == "__all__" else name: found for name, found in errors.items()}
