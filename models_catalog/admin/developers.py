"""Developers: the organisations behind the entries."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from models_catalog.actions.families import leads_to
from models_catalog.actions.vocabularies import save_developer
from models_catalog.admin import filters, sheets
from models_catalog.admin.labels import SentenceCase
from models_catalog.admin.lists import ListAdmin
from models_catalog.admin.placed import Placed
from models_catalog.admin.search import developers_like
from models_catalog.models import Developer, DeveloperClaim, Source
from models_catalog.models.developer_claim import VALUE_COLUMNS


class StatementForm(SentenceCase, Placed, forms.ModelForm[DeveloperClaim]):
    """Who says what about the developer, and where."""

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
        return cleaned


class DeveloperForm(forms.ModelForm[Developer]):
    """A developer, whose parent is none of its own family below it."""

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

    def save_model(
        self, request: HttpRequest, obj: Developer, form: forms.ModelForm[Developer], change: bool
    ) -> None:
        save_developer(developer=obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", Developer.objects.order_by("sort_key"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
