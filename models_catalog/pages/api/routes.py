"""Routes of the API: two for each table, the root, and the documentation."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from models_catalog.pages.api.addresses import ROOT, detail_name, has_rows, list_name, path_of
from models_catalog.pages.api.documents import api_docs, openapi
from models_catalog.pages.api.views import DetailEndpoint, ListEndpoint, Nothing, Root
from models_catalog.pages.http.as_of import as_it_stood
from models_catalog.pages.http.sharing import shared
from models_catalog.publish.tables import TABLES, Table


def _of(table: Table) -> list[URLPattern]:
    address = path_of(table)
    every = path(
        address, shared(as_it_stood(filtered=True)(ListEndpoint.as_view(table=table))), name=list_name(table)
    )
    if not has_rows(table):
        return [every]
    key = "/".join(f"<slug:{column}>" for column in table.key)
    return [
        every,
        path(
            f"{address}{key}/",
            shared(as_it_stood(filtered=True)(DetailEndpoint.as_view(table=table))),
            name=detail_name(table),
        ),
    ]


tables: list[URLPattern | URLResolver] = [route for table in TABLES for route in _of(table)]

urlpatterns: list[URLPattern | URLResolver] = [
    path(ROOT, shared(Root.as_view()), name="api"),
    path(f"{ROOT}openapi.json", shared(openapi, dated=False), name="api_schema"),
    *tables,
    path("data/api/", api_docs, name="api_docs"),
    re_path(r"^api/(?P<rest>.*/)?$", shared(Nothing.as_view()), name="api_nothing"),
]
