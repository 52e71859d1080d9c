"""Merging duplicates, for administrators: choose, see the effect, merge; and the list of merges, to undo one."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.actions.claims import NotAllowed
from models_catalog.actions.effects import effect_of
from models_catalog.actions.merge import merge_entries, undo_merge
from models_catalog.admin import sheets
from models_catalog.admin.lists import ReadListAdmin
from models_catalog.admin.pages import page, require, who
from models_catalog.admin.search import entries_like
from models_catalog.models import Entry, Merge

MAX_CANDIDATES = 30


class MergeForm(forms.Form):
    """Into which entry, and the words by which it is looked for."""

    q = forms.CharField(label=gettext_lazy("Name of the entry to keep"), required=False, max_length=100)
    into = forms.ModelChoiceField(queryset=Entry.objects.filter(merged_into=None), required=False)


def merge_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for the entry that this one is, see what merging does to it, merge."""
    require(request, "add_merge")
    entry = get_object_or_404(Entry, pk=pk)
    form = MergeForm(request.POST or request.GET)
    if not form.is_valid():
        raise BadRequest("there is no such entry to merge into")
    kept, error, effects = form.cleaned_data["into"], "", None
    if kept is not None:
        try:
            if request.method == "POST":
                merge_entries(kept=kept, merged=entry, by=who(request))
                messages.success(request, _("Merged: %(entry)s.") % {"entry": entry})
                return redirect("admin:models_catalog_entry_change", kept.pk)
            effects = effect_of(kept, lambda: merge_entries(kept=kept, merged=entry, by=who(request)))
        except NotAllowed as refused:
            error = str(refused)
    others = Entry.objects.filter(merged_into=None).exclude(pk=entry.pk)
    term = form.cleaned_data["q"] or entry.name_zh
    context = {
        "title": _("Merge into another entry"), "entry": entry, "kept": kept, "error": error, "effects": effects,
        "candidates": entries_like(others, term)[:MAX_CANDIDATES], "term": term, "opts": Entry._meta,
    }  # fmt: skip
    return page(request, "admin/merges/merge.html", context)


def merges_like(queryset: QuerySet[Merge], term: str) -> QuerySet[Merge]:
    found = entries_like(Entry.objects.all(), term)
    return queryset.filter(kept__in=found) | queryset.filter(merged__in=found)


@admin.register(Merge)
class MergeAdmin(ReadListAdmin[Merge]):
    exported_as = (sheets.MERGES,)
    list_display = ("merged", "kept", "done_by", "done_at", "undone_by", "undone_at")
    list_select_related = ("merged", "kept")
    find = merges_like
    change_form_template = "admin/merges/change.html"
    fields = readonly_fields = ("merged", "kept", "done_by", "done_at", "undone_by", "undone_at")

    def get_urls(self) -> list[Any]:
        undo = self.admin_site.admin_view(self.undo_view)
        return [path("<int:pk>/undo/", undo, name="models_catalog_merge_undo"), *super().get_urls()]

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a merge back; asked for by the merge's own page."""
        require(request, "change_merge")
        merge = get_object_or_404(Merge, pk=pk)
        if request.method == "POST":
            try:
                undo_merge(merge=merge, by=who(request))
                messages.success(request, _("Undone: %(merge)s.") % {"merge": merge})
            except NotAllowed as error:
                messages.error(request, str(error))
        return redirect("admin:models_catalog_merge_change", merge.pk)
