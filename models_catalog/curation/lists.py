"""The base of all admin lists: checked parameters, search by any name, exports, histories, stale forms."""

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, IGNORED_PARAMS, PAGE_VAR, ChangeList
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from models_catalog.claims.recording import delete_rows, recorded
from models_catalog.curation.columns import FEW, ColumnsFilter, shown
from models_catalog.curation.exports import FORMS, ListSheet, respond
from models_catalog.curation.forms import call_by_label
from models_catalog.curation.pages import (
    has_just_acted,
    no_such_page,
    page,
    page_number,
    refuse_unknown,
    take_over,
    told_of,
    values_seen,
    version_seen,
    who,
)
from models_catalog.curation.saved_views import views_of
from models_catalog.history.rows import history_lines, text_of
from models_catalog.history.versions import ChangedMeanwhile, refuse_stale, version_of
from models_catalog.models import ACCOUNTS, HISTORIES, Located
from models_catalog.publish.spreadsheet import MAX_ROWS

_Row = TypeVar("_Row", bound=Model)

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_TERM_CHARS = 200
EVIDENCE_ACTIONS = ("export_evidence_csv", "export_evidence_xlsx", "export_evidence_json")
"""Additional actions of lists whose second sheet includes evidence."""


@admin.display(description=_("line and characters"), ordering="line")
def found_at(row: Located) -> str:
    """The place of the row's words in its article, as `line:start-end`."""
    return row.place


class Listing(ChangeList):
    """Django's change list, restricted to its own filters; Django accepts any column and lookup as a parameter."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        for value in (*request.GET, *(value for values in request.GET.lists() for value in values[1])):
            if "\0" in value:
                raise BadRequest("a parameter holds a NUL character")
        self.asked = page_number(request.GET)
        super().__init__(request, *args, **kwargs)

    def get_results(self, request: HttpRequest) -> None:
        try:
            super().get_results(request)
        except IncorrectLookupParameters as error:
            if has_just_acted(request):
                raise  # Django redirects to the first page
            raise no_such_page(self.asked) from error
        if not self.multi_page and self.asked > 1 and not has_just_acted(request):
            raise no_such_page(self.asked)  # Django would show the only page instead

    def get_filters(self, request: HttpRequest) -> Any:
        known = {getattr(one, "parameter_name", None) for one in self.list_filter}
        if unknown := set(self.get_filters_params()) - known - {*IGNORED_PARAMS, PAGE_VAR, ERROR_FLAG}:
            refuse_unknown(dict.fromkeys(sorted(unknown)), known={})
        return super().get_filters(request)


class ListAdmin(admin.ModelAdmin[_Row]):
    """The admin of a table of the registry."""

    list_per_page = 50
    list_max_show_all = 500
    search_fields: ClassVar[Any] = ("pk",)  # shows the search box; `find` does the searching
    show_full_result_count = False
    view_on_site = False
    find: "ClassVar[Callable[[QuerySet[Any], str], QuerySet[Any]] | None]" = None

    exported_as: ClassVar[tuple[ListSheet, ...]] = ()
    """The table's export formats: the first for the ordinary export actions, the second for `EVIDENCE_ACTIONS`."""
    change_list_template = "admin/registry_list.html"
    actions = ("export_csv", "export_xlsx", "export_json")

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        export = self.admin_site.admin_view(self.export_view)
        return [path("export/<slug:sheet>.<slug:form>", export, name=name), *super().get_urls()]

    @method_decorator(require_safe)
    def export_view(self, request: HttpRequest, sheet: str, form: str) -> HttpResponseBase:
        """Export all rows of the filtered list, on every page, in the list's order."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        chosen = next((one for one in self.exported_as if one.name == sheet), None)
        if chosen is None or form not in FORMS:
            raise Http404
        try:
            listing = self.get_changelist_instance(request)
        except IncorrectLookupParameters as error:
            raise BadRequest("there is no such list") from error
        return respond(request, chosen, listing.queryset, form)

    @admin.action(permissions=["view"], description=_("Export the selected rows as CSV"))
    def export_csv(self, request: HttpRequest, queryset: QuerySet[_Row]) -> HttpResponseBase:
        return respond(request, self.exported_as[0], queryset, "csv")

    @admin.action(permissions=["view"], description=_("Export the selected rows as XLSX"))
    def export_xlsx(self, request: HttpRequest, queryset: QuerySet[_Row]) -> HttpResponseBase:
        return respond(request, self.exported_as[0], queryset, "xlsx")

    @admin.action(permissions=["view"], description=_("Export the selected rows as JSON"))
    def export_json(self, request: HttpRequest, queryset: QuerySet[_Row]) -> HttpResponseBase:
        return respond(request, self.exported_as[0], queryset, "json")

    @admin.action(permissions=["view"], description=_("Export the selected rows with evidence as CSV"))
    def export_evidence_csv(self, request: HttpRequest, queryset: QuerySet[_Row]) -> HttpResponseBase:
        return respond(request, self.exported_as[1], queryset, "csv")

    @admin.action(permissions=["view"], description=_("Export the selected rows with evidence as XLSX"))
    def export_evidence_xlsx(self, request: HttpRequest, queryset: QuerySet[_Row]) -> HttpResponseBase:
        return respond(request, self.exported_as[1], queryset, "xlsx")

    @admin.action(permissions=["view"], description=_("Export the selected rows with evidence as JSON"))
    def export_evidence_json(self, request: HttpRequest, queryset: QuerySet[_Row]) -> HttpResponseBase:
        return respond(request, self.exported_as[1], queryset, "json")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Exports first, delete actions last."""
        actions = super().get_actions(request)
        return dict(sorted(actions.items(), key=lambda item: item[0].startswith("delete")))

    def delete_model(self, request: HttpRequest, obj: _Row) -> None:
        self.delete_queryset(request, type(obj)._default_manager.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[_Row]) -> None:
        delete_rows(rows=queryset, by=who(request))

    @method_decorator(require_safe)
    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show the registry's own history of a row, which nobody can edit; Django's log for tables without one."""
        if self.model not in HISTORIES | ACCOUNTS:
            return super().history_view(request, object_id, extra_context)
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        place = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        context = {
            "title": gettext("History"),
            "row": row,
            "plural": capfirst(self.opts.verbose_name_plural),
            "lines": history_lines(row),
            "list_address": reverse(f"{place}_changelist"),
            "row_address": reverse(f"{place}_change", args=[row.pk]),
        }
        return page(request, "admin/history.html", context)

    change_form_template = "admin/registry_form.html"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Django's form, which reports another user's change since it was shown instead of overwriting it."""
        row = self.get_object(request, object_id) if object_id else None
        own: dict[str, Any] = {}
        with transaction.atomic(), recorded("edit", who=who(request)):
            if row is not None and request.method == "POST":
                row = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
                own = {"original": row, "subtitle": str(row)}  # as saved; the form's row has the typed values
                try:
                    self.refuse_stale(request, row)
                except ChangedMeanwhile as changed:
                    request.stale = changed  # type: ignore[attr-defined]  # for get_form
            if row is not None:
                own["version"] = self.version_shown(row)
            return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **own})

    def version_shown(self, row: Any) -> Any:
        """Return the version that the form carries, to detect later changes; None for a table without versions."""
        return version_of(row) if type(row) in HISTORIES else None

    def refuse_stale(self, request: HttpRequest, row: Any) -> None:
        """Raise `ChangedMeanwhile` if `row`, locked, has changed since the form showed it."""
        if type(row) in HISTORIES:
            refuse_stale(row, version_seen(request.POST))

    def values_seen(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Return the values of `row` that the form showed."""
        return values_seen(row, version_seen(request.POST))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        base = super().get_form(request, obj, change=change, **kwargs)
        changed: ChangedMeanwhile | None = getattr(request, "stale", None)
        if changed is None:
            return base

        def refuse(form: Any) -> Any:
            taken = take_over(form, self.values_seen(request, obj))
            typed = {name for name in form.cleaned_data if name not in taken}
            raise ValidationError(
                told_of(changed, lambda column: self._typed(form, column) if column in typed else None)
            )

        return type(base.__name__, (base,), {"clean": refuse})

    def _typed(self, form: Any, column: str) -> str:
        """Return the typed value of a column in `form`, as text."""
        value = form.cleaned_data[column]
        if isinstance(value, QuerySet):
            return gettext(", ").join(str(one) for one in value)
        return text_of(self.opts.get_field(column), value)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return call_by_label(super().formfield_for_foreignkey(db_field, request, **kwargs))

    def get_list_display(self, request: HttpRequest) -> Any:
        columns = super().get_list_display(request)
        return shown(columns, request) if len(columns) > FEW else columns

    def get_list_filter(self, request: HttpRequest) -> Any:
        filters = super().get_list_filter(request)
        return (*filters, ColumnsFilter) if len(self.list_display) > FEW else filters

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
        if {*request.POST.getlist("action")} - {"", *self.get_actions(request)}:
            raise PermissionDenied  # Django would report that nothing was selected
        own = {
            "title": capfirst(self.opts.verbose_name_plural),
            "sheets": self.exported_as,
            "export_forms": FORMS,
            "xlsx_rows": MAX_ROWS,
            **views_of(request, f"{self.opts.app_label}_{self.opts.model_name}_changelist"),
        }
        return super().changelist_view(request, {**own, **(extra_context or {})})


class ReadListAdmin(ListAdmin[_Row]):
    """A read-only table, whose rows are written by actions with pages of their own."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
