"""The admin of the other tables: developers, target industries, sources, omissions and market figures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from models_catalog.claims.links import save_developer, save_sector
from models_catalog.claims.settle import leads_to
from models_catalog.curation import filters, merges, near, sheets
from models_catalog.curation.articles import pages
from models_catalog.curation.filters import developers_like
from models_catalog.curation.forms import DaysField, Placed, SentenceCase, WebPageField, call_by_label
from models_catalog.curation.lists import EVIDENCE_ACTIONS, ListAdmin, found_at
from models_catalog.intake.fixtures.files import Refused, decimal_range
from models_catalog.intake.stated import is_alias_or_parent_named
from models_catalog.models import (
    Developer,
    DeveloperClaim,
    FigureEvidence,
    MarketFigure,
    Omission,
    Sector,
    Source,
)
from models_catalog.models.developer_claim import VALUE_COLUMNS
from models_catalog.text.names import simplify


class StatementForm(SentenceCase, Placed, forms.ModelForm[DeveloperClaim]):
    """A claim about a developer, with its evidence."""

    source = forms.ModelChoiceField(queryset=Source.objects.all(), required=False, label=_("source"))

    class Meta:
        model = DeveloperClaim
        fields = [
            "key", "field", "token", "text", "parent", "basis", "source", "line", "quotation", "stated", "start",
            "end", "gloss_en", "reason_zh", "reason_en", "status",
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.clean_words(cleaned)
        own = VALUE_COLUMNS.get(cleaned.get("field", ""))
        for column in VALUE_COLUMNS.values():
            if column != own:
                cleaned[column] = None if column == "parent" else ""
        if own and not cleaned.get(own):
            self.add_error(own, _("Give a value."))
        elif own and not self.errors:
            columns = {name: cleaned[name] for name in ("basis", "stated", "text", "parent")}
            if not is_alias_or_parent_named(DeveloperClaim(**columns)):
                self.add_error("stated", _("These words do not hold the name that is given."))
        return cleaned


class DeveloperForm(forms.ModelForm[Developer]):
    """A developer; its parent cannot be itself or a descendant."""

    def clean_parent(self) -> Developer | None:
        parent: Developer | None = self.cleaned_data["parent"]
        parents = dict(Developer.objects.exclude(parent=None).values_list("pk", "parent"))
        if parent and self.instance.pk and leads_to(parents, parent.pk, self.instance.pk):
            told = {"parent": parent, "developer": self.instance}
            raise forms.ValidationError(_("%(parent)s is %(developer)s itself or belongs to it.") % told)
        return parent


class StatementInline(admin.StackedInline[DeveloperClaim, Developer]):
    model = DeveloperClaim
    form = StatementForm
    fk_name = "developer"
    view_on_site = False
    extra = 0

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "parent":
            kwargs.setdefault("queryset", Developer.objects.order_by("sort_key"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Developer)
class DeveloperAdmin(ListAdmin[Developer]):
    exported_as = (sheets.DEVELOPERS,)
    list_display = ("name_zh", "name_en", "kind", "parent", "slug")
    list_filter = (filters.DEVELOPER_KIND,)
    list_select_related = ("parent",)
    search_help_text = _("Any name of the developer, in any script, or pinyin or its initials.")
    find = developers_like
    fields = ("slug", "name_zh", "name_en", "aliases", "kind", "parent")
    form = DeveloperForm
    inlines = (StatementInline,)
    change_list_template = "admin/developers/list.html"
    change_form_template = "admin/developers/change.html"

    def get_urls(self) -> list[Any]:
        wrap, name = self.admin_site.admin_view, "models_catalog_developer"
        own = [
            path("near/", wrap(near.developers_page), name=f"{name}_near"),
            path("<int:pk>/merge/", wrap(merges.DEVELOPERS.merge_page), name=f"{name}_merge"),
        ]
        return [*own, *super().get_urls()]

    def save_model(
        self, request: HttpRequest, obj: Developer, form: forms.ModelForm[Developer], change: bool
    ) -> None:
        save_developer(developer=obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", Developer.objects.order_by("sort_key"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def sectors_like(queryset: QuerySet[Sector], term: str) -> QuerySet[Sector]:
    words = simplify(term)
    return queryset.filter(Q(name_zh__icontains=words) | Q(name_en__icontains=term) | Q(slug__icontains=term))


@admin.register(Sector)
class SectorAdmin(ListAdmin[Sector]):
    exported_as = (sheets.SECTORS,)
    list_display = ("name_zh", "name_en", "slug", "position")
    find = sectors_like
    fields = ("slug", "name_zh", "name_en", "position")

    def save_model(
        self, request: HttpRequest, obj: Sector, form: forms.ModelForm[Sector], change: bool
    ) -> None:
        save_sector(sector=obj)


def sources_like(queryset: QuerySet[Source], term: str) -> QuerySet[Source]:
    words = simplify(term)
    named = Q(name_zh__icontains=words) | Q(name_en__icontains=term) | Q(slug__icontains=term)
    return queryset.filter(named | Q(publisher_zh__icontains=words) | Q(publisher_en__icontains=term))


class SourceRowForm(forms.ModelForm[Source]):
    published = DaysField(
        label=_("published"), help_text=_("2023-04-25, 2023-04, 2023, or two with / between.")
    )
    web_address = WebPageField()

    class Meta:
        model = Source
        fields = [
            "slug", "file_name", "sha256", "name_zh", "name_en", "publisher_zh", "publisher_en", "author_zh", "author_en", "found_at_zh",
            "found_at_en", "published", "published_note_zh", "published_note_en", "condition_zh", "condition_en",
            "is_reworded", "position", "web_address",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"name_en", "publisher_en"} & self.fields.keys():
            self.fields[name].required = False
            self.fields[name].help_text = _("Empty: as in Chinese.")

    def clean(self) -> dict[str, Any]:
        """Title and publisher in English default to the Chinese ones; a source has a text or an address."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("name", "publisher"):
            cleaned[f"{name}_en"] = cleaned.get(f"{name}_en") or cleaned.get(f"{name}_zh", "")
        sha256 = cleaned.get("sha256", self.instance.sha256)
        if bool(sha256) != bool(cleaned.get("file_name", self.instance.file_name)):
            both = _("A text that was read has both: a file name and its SHA-256.")
            self.add_error("file_name" if sha256 else "sha256", both)
        elif not sha256 and not self.errors and not cleaned.get("web_address"):
            self.add_error("web_address", _("Give the address of the web page, or a text that was read."))
        return cleaned


@admin.register(Source)
class SourceAdmin(ListAdmin[Source]):
    exported_as = (sheets.SOURCES,)
    form = SourceRowForm
    list_display = ("name_zh", "publisher_zh", "published", "is_reworded", "slug")
    find = sources_like

    change_list_template = "admin/articles/list.html"
    change_form_template = "admin/articles/source.html"

    def get_urls(self) -> list[Any]:
        wrap, name = self.admin_site.admin_view, "models_catalog_source"
        own = [
            path("read/", pages.losing_nothing(wrap(pages.read)), name=f"{name}_read"),
            path("<int:pk>/read/", wrap(pages.reread), name=f"{name}_reread"),
            path("<int:pk>/purge-text/", wrap(pages.purge_text), name=f"{name}_purge_text"),
        ]
        return [*own, *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The text of an existing source cannot change, because claims quote it."""
        return ["file_name", "sha256"] if obj else []


def _with_text(db_field: Any, kwargs: dict[str, Any]) -> dict[str, Any]:
    """The options of a form's source: in a web page nothing has a place."""
    return {**kwargs, "queryset": Source.objects.exclude(sha256="")} if db_field.name == "source" else kwargs


def omissions_like(queryset: QuerySet[Omission], term: str) -> QuerySet[Omission]:
    words = simplify(term)
    return queryset.filter(
        Q(quotation__icontains=words) | Q(note_zh__icontains=words) | Q(note_en__icontains=term)
    )


@admin.register(Omission)
class OmissionAdmin(ListAdmin[Omission]):
    exported_as = (sheets.OMISSIONS,)
    list_display = ("quotation", "reason", "source", found_at, "note_zh")
    list_filter = (filters.REASON, filters.SOURCE)
    list_select_related = ("source",)
    find = omissions_like
    fields = (
        "source", "line", "start", "end", "quotation", "stated", "gloss_en", "reason", "note_zh", "note_en",
    )  # fmt: skip

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(db_field, request, **_with_text(db_field, kwargs))


def figures_like(queryset: QuerySet[MarketFigure], term: str) -> QuerySet[MarketFigure]:
    words = simplify(term)
    return queryset.filter(
        Q(name_zh__icontains=words) | Q(name_en__icontains=term) | Q(counted_by_zh__icontains=words)
    )


class FigureForm(forms.ModelForm[MarketFigure]):
    """A market figure; its value is entered as two inclusive bounds, one of which can be empty."""

    low = forms.DecimalField(label=_("at least"), required=False, max_digits=30)
    high = forms.DecimalField(label=_("at most"), required=False, max_digits=30)
    as_of = DaysField(label=_("as of"), required=False)

    class Meta:
        model = MarketFigure
        fields = [
            "slug", "name_zh", "name_en", "unit", "scope_zh", "scope_en", "as_of", "counted_by_zh",
            "counted_by_en", "position",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.value is not None:
            self.initial.setdefault("low", self.instance.value.lower)
            self.initial.setdefault("high", self.instance.value.upper)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            self.instance.value = decimal_range(cleaned.get("low"), cleaned.get("high"))
        except Refused as error:
            raise ValidationError(str(error)) from error
        return cleaned


class EvidenceInline(admin.TabularInline[FigureEvidence, MarketFigure]):
    model = FigureEvidence
    view_on_site = False
    extra = 0
    fields = ("source", "line", "start", "end", "quotation", "stated", "gloss_en", "basis")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return call_by_label(
            super().formfield_for_foreignkey(db_field, request, **_with_text(db_field, kwargs))
        )


@admin.register(MarketFigure)
class FigureAdmin(ListAdmin[MarketFigure]):
    exported_as = (sheets.FIGURES, sheets.FIGURES_WITH_EVIDENCE)
    actions = (*ListAdmin.actions, *EVIDENCE_ACTIONS)  # type: ignore[assignment]  # extends the base
    form = FigureForm
    list_display = ("name_zh", "value", "unit", "as_of", "counted_by_zh")
    list_filter = (filters.UNIT, filters.EVIDENCE_SOURCE)
    find = figures_like
    inlines = (EvidenceInline,)
