"""Merging duplicate entries and developers, for administrators: choose, preview, merge; and the list of merges, with undo."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.merge import merge_entries, since_merged, undo_merge
from models_catalog.claims.merge_developers import merge_developers, now, undo_developer_merge
from models_catalog.claims.merge_preview import Preview, preview_of, preview_of_developers
from models_catalog.claims.pending import call_by_waiting_names
from models_catalog.curation import filters, sheets
from models_catalog.curation.filters import developers_like, entries_like
from models_catalog.curation.lists import ReadListAdmin
from models_catalog.curation.pages import page, require, tell_changed, who
from models_catalog.history.versions import ChangedMeanwhile, version_of, version_of_claims
from models_catalog.models import Developer, Entry, EntryDeveloper, Merge

MAX_CANDIDATES = 30
MAX_NAMES = 6
"""Maximum number of the entry's own names to search for when the curator types none."""


class MergeForm(forms.Form):
    """The row to merge into, the search term, and the versions of both rows that were shown."""

    q = forms.CharField(required=False, max_length=100)
    into: Any = forms.ModelChoiceField(queryset=None, required=False)
    kept_version = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    version = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)

    def __init__(self, data: Any, *, rows: QuerySet[Any]) -> None:
        super().__init__(data)
        self.fields["into"].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def seen(self) -> tuple[int, int]:
        """The versions of the kept and the merged row that were shown; 0, which never matches, if missing."""
        return self.cleaned_data["kept_version"] or 0, self.cleaned_data["version"] or 0


class UndoForm(forms.Form):
    """The version up to which the curator has seen later decisions."""

    despite = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)


@dataclass(frozen=True)
class Mergeable:
    """How rows of one table are merged. `name` is that of the table in the admin's addresses."""

    name: str
    rows: QuerySet[Any]
    candidates: Callable[[Any, str], list[Any]]
    preview: Callable[[Any, Any, str], Preview]
    merge: Callable[..., Merge]
    version: Callable[[Any], int]
    now: Callable[[int], Any] = lambda pk: None
    """The row into which one with this id was merged, if that one is gone."""

    def address(self, page: str, row: Any) -> str:
        return reverse(f"admin:models_catalog_{self.name}_{page}", args=[row.pk])

    def merge_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Search for the row to keep, preview the merge with both side by side, and merge. A lone match is chosen."""
        require(request, "add_merge")
        row = self.rows.filter(pk=pk).first()
        if row is None and (kept := self.now(pk)):
            return redirect(self.address("change", kept))  # a repeated request: already done and reported
        if row is None:
            raise Http404
        form = MergeForm(request.POST or request.GET, rows=self.rows)
        if not form.is_valid():
            raise BadRequest("there is nothing like that to merge into")
        term, error, preview, versions = form.cleaned_data["q"], "", None, (0, 0)
        candidates = self.candidates(row, term)
        only = candidates[0] if len(candidates) == 1 and not term and request.method == "GET" else None
        kept = form.cleaned_data["into"] or only
        call_by_waiting_names(one for one in (row, kept) if isinstance(one, Entry))
        if kept is not None:
            try:
                if request.method == "POST" and self._is_merged(request, row, kept, form.seen):
                    return redirect(self.address("change", kept))
                # Read the versions before the preview, so that no change in between is missed.
                versions = self.version(kept), self.version(row)
                preview = self.preview(kept, row, who(request))
            except NotAllowed as refused:
                kept, error = form.cleaned_data["into"], str(refused) if form.cleaned_data["into"] else ""
        context = {
            "title": _("Merge into another"), "row": row, "kept": kept, "error": error, "preview": preview,
            "versions": versions, "term": term, "entry": row if self.name == "entry" else None,
            "candidates": candidates, "opts": row._meta,
            "other_way": self.address("merge", kept) if kept else "", "row_address": self.address("change", row),
        }  # fmt: skip
        return page(request, "admin/merges/merge.html", context)

    def _is_merged(self, request: HttpRequest, row: Any, kept: Any, seen: tuple[int, int]) -> bool:
        """Merge and return True, or report what somebody else changed since the page was shown and return False."""
        try:
            merge = self.merge(kept=kept, merged=row, by=who(request), seen=seen)
        except ChangedMeanwhile as changed:
            if isinstance(row, Entry):
                row.refresh_from_db(fields=["merged_into"])
                if row.merged_into_id == kept.pk:
                    return True  # a repeated request: already done and reported
            tell_changed(request, changed)
            return False
        told = _("Merged: %(merge)s.") % {"merge": merge}
        undo = reverse("admin:models_catalog_merge_undo", args=[merge.pk])
        form = (
            '{} <form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            "<button data-undo>{}</button></form>"
        )
        messages.success(request, format_html(form, told, undo, get_token(request), _("Undo")))
        return True


def _entries(entry: Entry, term: str) -> list[Entry]:
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


def _developers(developer: Developer, term: str) -> list[Developer]:
    """Return the developers that match the typed name, or else any of the developer's own names."""
    others = Developer.objects.exclude(pk=developer.pk)
    own = [developer.name_zh, developer.name_en, *developer.aliases]
    found: set[int] = set()
    for one in [term] if term else list(filter(None, own))[:MAX_NAMES]:
        found |= set(developers_like(others, one).values_list("pk", flat=True)[:MAX_CANDIDATES])
    return list(others.filter(pk__in=found).annotate(claim_count=Count("claims"))[:MAX_CANDIDATES])


ENTRIES = Mergeable(
    "entry", Entry.objects.select_related("merged_into"), _entries,
    lambda kept, merged, by: preview_of(kept=kept, merged=merged, by=by), merge_entries, version_of_claims,
)  # fmt: skip
DEVELOPERS = Mergeable(
    "developer", Developer.objects.select_related("parent"), _developers,
    lambda kept, merged, _by: preview_of_developers(kept=kept, merged=merged), merge_developers, version_of,
    lambda pk: Developer.objects.filter(pk=now(pk) or 0).first(),
)  # fmt: skip


def merges_like(queryset: QuerySet[Merge], term: str) -> QuerySet[Merge]:
    found = entries_like(Entry.objects.all(), term)
    slugs = Q(kept_slug__icontains=term) | Q(merged_slug__icontains=term) | Q(merged_name__icontains=term)
    return queryset.filter(Q(kept__in=found) | Q(merged__in=found) | slugs)


@admin.register(Merge)
class MergeAdmin(ReadListAdmin[Merge]):
    exported_as = (sheets.MERGES,)
    list_display = ("merged_entry", "kept_entry", "of", "done_by", "done_at", "undone_by", "undone_at")
    list_filter = (filters.MERGE_OF,)
    list_select_related = ("merged", "kept")
    find = merges_like
    change_form_template = "admin/merges/change.html"
    fields = readonly_fields = (
        "merged_entry", "kept_entry", "of", "done_by", "done_at", "undone_by", "undone_at",
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
            if since.version > despite:  # of developers never: what was decided goes back with its claim
                context = {"title": _("Undo a merge"), "merge": merge, "since": since, "opts": Merge._meta}
                return page(request, "admin/merges/undo.html", context)
            try:
                if merge.of == Merge.Of.DEVELOPER:
                    undo_developer_merge(merge=merge, by=who(request))
                else:
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
        return merge.kept_name
