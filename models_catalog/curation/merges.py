"""Merging duplicate entries, for administrators: choose, preview, merge; and the list of merges, with undo."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.merge import merge_entries, since_merged, undo_merge
from models_catalog.claims.merge_preview import preview_of
from models_catalog.claims.pending import call_by_waiting_names
from models_catalog.curation import sheets
from models_catalog.curation.filters import entries_like
from models_catalog.curation.lists import ReadListAdmin
from models_catalog.curation.pages import page, require, tell_changed, who
from models_catalog.history.versions import ChangedMeanwhile, version_of_claims
from models_catalog.models import Entry, EntryDeveloper, Merge

MAX_CANDIDATES = 30
MAX_NAMES = 6
"""Maximum number of the entry's own names to search for when the curator types none."""


class MergeForm(forms.Form):
    """The entry to merge into, the search term, and the versions of both entries that were shown."""

    q = forms.CharField(label=gettext_lazy("Name of the entry to keep"), required=False, max_length=100)
    into = forms.ModelChoiceField(queryset=Entry.objects.all(), required=False)
    kept_version = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    version = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)

    @property
    def seen(self) -> tuple[int, int]:
        """The versions of the kept and the merged entry that were shown; 0, which never matches, if missing."""
        return self.cleaned_data["kept_version"] or 0, self.cleaned_data["version"] or 0


class UndoForm(forms.Form):
    """The version up to which the curator has seen later decisions."""

    despite = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)


def merge_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Search for the entry to keep, preview the merge with both side by side, and merge."""
    require(request, "add_merge")
    entry = get_object_or_404(Entry.objects.select_related("merged_into"), pk=pk)
    call_by_waiting_names([entry])
    form = MergeForm(request.POST or request.GET)
    if not form.is_valid():
        raise BadRequest("there is no such entry to merge into")
    kept, error, preview, versions = form.cleaned_data["into"], "", None, (0, 0)
    call_by_waiting_names([kept])
    if kept is not None:
        try:
            if request.method == "POST" and _merged(request, entry, kept, form.seen):
                return redirect("admin:models_catalog_entry_change", kept.pk)
            # Read the versions before the preview, so that no change in between is missed.
            versions = version_of_claims(kept), version_of_claims(entry)
            preview = preview_of(kept=kept, merged=entry, by=who(request))
        except NotAllowed as refused:
            error = str(refused)
    context = {
        "title": _("Merge into another entry"), "entry": entry, "kept": kept, "error": error,
        "preview": preview, "versions": versions, "term": form.cleaned_data["q"],
        "candidates": _candidates(entry, form.cleaned_data["q"]), "opts": Entry._meta,
    }  # fmt: skip
    return page(request, "admin/merges/merge.html", context)


def _merged(request: HttpRequest, entry: Entry, kept: Entry, seen: tuple[int, int]) -> bool:
    """Merge and return True, or report what somebody else changed since the page was shown and return False."""
    try:
        merge_entries(kept=kept, merged=entry, by=who(request), seen=seen)
    except ChangedMeanwhile as changed:
        entry.refresh_from_db(fields=["merged_into"])
        if entry.merged_into_id == kept.pk:
            return True  # a repeated request: already done and reported
        tell_changed(request, changed)
        return False
    messages.success(request, _("Merged: %(entry)s.") % {"entry": entry})
    return True


def _candidates(entry: Entry, term: str) -> list[Entry]:
    """Return the entries that match the typed name, or else any of the entry's own names."""
    own = (
        [entry.name_zh, entry.name_en, *entry.aliases, entry.waiting_name]
        if str(entry) != entry.slug
        else [entry.slug]
    )
    others = Entry.objects.filter(merged_into=None).exclude(pk=entry.pk)
    found: set[int] = set()
    for one in [term] if term else list(filter(None, own))[:MAX_NAMES]:
        found |= set(entries_like(others, one).values_list("pk", flat=True)[:MAX_CANDIDATES])
    developers = Prefetch("entry_developers", EntryDeveloper.objects.select_related("developer"))
    rows = others.filter(pk__in=found).annotate(claim_count=Count("claims")).prefetch_related(developers)
    candidates = list(rows[:MAX_CANDIDATES])
    call_by_waiting_names(candidates)
    return candidates


def merges_like(queryset: QuerySet[Merge], term: str) -> QuerySet[Merge]:
    found = entries_like(Entry.objects.all(), term)
    slugs = Q(kept_slug__icontains=term) | Q(merged_slug__icontains=term)
    return queryset.filter(Q(kept__in=found) | Q(merged__in=found) | slugs)


@admin.register(Merge)
class MergeAdmin(ReadListAdmin[Merge]):
    exported_as = (sheets.MERGES,)
    list_display = ("merged_entry", "kept_entry", "done_by", "done_at", "undone_by", "undone_at")
    list_select_related = ("merged", "kept")
    find = merges_like
    change_form_template = "admin/merges/change.html"
    fields = readonly_fields = (
        "merged_entry", "kept_entry", "done_by", "done_at", "undone_by", "undone_at",
    )  # fmt: skip

    def get_urls(self) -> list[Any]:
        undo = self.admin_site.admin_view(self.undo_view)
        return [path("<int:pk>/undo/", undo, name="models_catalog_merge_undo"), *super().get_urls()]

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Undo a merge. Decisions made since are shown first; they are kept."""
        require(request, "change_merge")
        merge = get_object_or_404(Merge, pk=pk)
        if request.method == "POST":
            form = UndoForm(request.POST)
            despite = (form.cleaned_data["despite"] or 0) if form.is_valid() else 0
            since = since_merged(merge)
            if since.version > despite:
                context = {"title": _("Undo a merge"), "merge": merge, "since": since, "opts": Merge._meta}
                return page(request, "admin/merges/undo.html", context)
            try:
                undo_merge(merge=merge, by=who(request), despite=despite)
                messages.success(request, _("Undone: %(merge)s.") % {"merge": merge})
            except NotAllowed as error:
                messages.error(request, str(error))
        return redirect("admin:models_catalog_merge_change", merge.pk)

    @admin.display(description=gettext_lazy("merged"), ordering="merged_slug")
    def merged_entry(self, merge: Merge) -> str:
        return merge.merged_name or merge.merged_slug

    @admin.display(description=gettext_lazy("kept"), ordering="kept_slug")
    def kept_entry(self, merge: Merge) -> str:
        return str(merge.kept or merge.kept_slug)
