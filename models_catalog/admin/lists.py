"""What every list of the admin has in common: bounded parameters, search by any name."""

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG, IGNORED_PARAMS, PAGE_VAR, ChangeList
from django.core.exceptions import BadRequest
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

_Row = TypeVar("_Row", bound=Model)

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_TERM_CHARS = 200


class Listing(ChangeList):
    """Django's list, which takes any column and lookup as a parameter, held to the filters that it shows."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        for value in (*request.GET, *(value for values in request.GET.lists() for value in values[1])):
            if "\0" in value:
                raise BadRequest("a parameter holds a NUL character")
        super().__init__(request, *args, **kwargs)

    def get_filters(self, request: HttpRequest) -> Any:
        known = {getattr(one, "parameter_name", None) for one in self.list_filter}
        if unknown := set(self.get_filters_params()) - known - {*IGNORED_PARAMS, PAGE_VAR, ERROR_FLAG}:
            raise BadRequest(f"unknown parameter {', '.join(sorted(unknown))}")
        return super().get_filters(request)


class ListAdmin(admin.ModelAdmin[_Row]):
    """A table of the registry as curators see it."""

    list_per_page = 50
    list_max_show_all = 500
    search_fields: ClassVar[Any] = ("pk",)  # shows the box; `find` does the searching
    show_full_result_count = False
    view_on_site = False
    find: "ClassVar[Callable[[QuerySet[Any], str], QuerySet[Any]] | None]" = None

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Listing

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return "__" not in lookup

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[_Row], search_term: str
    ) -> tuple[QuerySet[_Row], bool]:
        find = type(self).find
        term = search_term.strip()[:MAX_TERM_CHARS]
        return (find(queryset, term), False) if term and find else (queryset, False)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        for picked in request.POST.getlist("_selected_action"):
            if not picked.isascii() or not picked.isdigit() or len(picked) > 18:
                raise BadRequest("a selected row is a number")
        return super().changelist_view(request, extra_context)
