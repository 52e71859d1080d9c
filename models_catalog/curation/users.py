"""Users and their roles, with stale-form checks. Migrations define the roles, so groups are read-only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core import signing
from django.core.exceptions import BadRequest
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp import admin as _registers_devices  # noqa: F401  # registers the admin that is removed below
from django_otp.plugins.otp_totp.models import TOTPDevice

from models_catalog.claims.recording import recorded
from models_catalog.curation import sheets
from models_catalog.curation.filters import BoundedFilter, Choices
from models_catalog.curation.lists import ListAdmin, ReadListAdmin
from models_catalog.curation.pages import VERSION, who
from models_catalog.history.rows import text_of
from models_catalog.history.versions import ChangedMeanwhile, ConcurrentChange
from models_catalog.limits.logins import end_sessions
from models_catalog.roles import Role

COLUMNS = ("username", "first_name", "last_name", "email", "is_active", "groups")


def state_of(user: User) -> dict[str, Any]:
    """Return the values that the form of `user` shows; groups as ids."""
    groups = sorted(user.groups.values_list("pk", flat=True))
    return {column: groups if column == "groups" else getattr(user, column) for column in COLUMNS}


def refuse_stale_user(user: User, seen: Mapping[str, Any]) -> None:
    """Raise `ChangedMeanwhile` if `user`, locked by the caller, differs from `seen`."""
    now = state_of(user)
    changes = [
        _told(column, seen.get(column), now[column]) for column in COLUMNS if seen.get(column) != now[column]
    ]
    if changes:
        raise ChangedMeanwhile(changes, 0)


def _told(column: str, before: Any, after: Any) -> ConcurrentChange:
    field = User._meta.get_field(column)
    heading = getattr(field, "verbose_name", column)
    return ConcurrentChange("", column, heading, _text(field, before), _text(field, after))


def _text(field: Any, value: Any) -> str:
    if field.many_to_many:
        names = Group.objects.filter(pk__in=value or []).order_by("name").values_list("name", flat=True)
        return _(", ").join(names)
    return text_of(field, value)


Group._meta.verbose_name, Group._meta.verbose_name_plural = gettext_lazy("role"), gettext_lazy("roles")

admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.unregister(TOTPDevice)  # a device's page shows its secret; users have a page for their own


class RoleFilter(BoundedFilter):
    title = gettext_lazy("Role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(Role.choices)

    def choose(self, queryset: Any, value: str) -> Any:
        return queryset.filter(groups__name=value)


class ActiveFilter(BoundedFilter):
    title = gettext_lazy("May log in")
    parameter_name = "active"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]

    def choose(self, queryset: Any, value: str) -> Any:
        return queryset.filter(is_active=value == "yes")


def users_like(queryset: Any, term: str) -> Any:
    return queryset.filter(username__icontains=term)


@admin.register(User)
class CuratorAdmin(ListAdmin[User], UserAdmin[User]):
    """Users with a role. Only a superuser can change a superuser or make one."""

    exported_as = (sheets.USERS,)
    list_display = ("username", "first_name", "last_name", "is_active", "last_login")
    list_filter = (RoleFilter, ActiveFilter)
    filter_horizontal = ()
    find = users_like
    ordering = ("username",)
    actions = (*ListAdmin.actions, "take_away_second_factor")  # type: ignore[assignment]  # extends the base
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (gettext_lazy("Person"), {"fields": ("first_name", "last_name", "email")}),
        (gettext_lazy("Role"), {"fields": ("is_active", "groups")}),
    )

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        is_own = obj is not None and obj.pk == request.user.pk
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj) and not is_own

    def version_shown(self, row: User) -> str:
        """Return the form's values, signed because conflict messages quote them; anyone with the form may see them."""
        return signing.dumps(state_of(row), salt=f"user {row.pk}")

    def refuse_stale(self, request: HttpRequest, row: User) -> None:
        refuse_stale_user(row, self.values_seen(request, row))

    def values_seen(self, request: HttpRequest, row: User) -> dict[str, Any]:
        words = request.POST.get(VERSION, "")
        try:
            seen: dict[str, Any] = signing.loads(words, salt=f"user {row.pk}") if words else {}
        except signing.BadSignature as error:
            raise BadRequest("a version is what the form showed") from error
        return seen

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Prevent users from deactivating themselves, so that one superuser always remains."""
        own = ("is_active",) if obj is not None and obj.pk == request.user.pk else ()
        return (*super().get_readonly_fields(request, obj), *own)

    def _may_touch(self, request: HttpRequest, obj: User | None) -> bool:
        return obj is None or not obj.is_superuser or bool(request.user.is_superuser)

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm[User], change: bool) -> None:
        """Let new users enter the admin, where their role decides; end the sessions of deactivated ones."""
        obj.is_staff = True
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            end_sessions(user=obj)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        with recorded("set password", who=who(request)):
            return super().user_change_password(request, id, form_url)

    @admin.action(
        permissions=["change"], description=gettext_lazy("Turn off two-factor authentication (a lost device)")
    )
    def take_away_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        mine = [user for user in queryset if self._may_touch(request, user)]
        with transaction.atomic(), recorded("take away second factor", who=who(request)):
            for user in mine:
                end_sessions(user=user)
            TOTPDevice.objects.filter(user__in=mine).delete()
        if mine:
            self.message_user(
                request, gettext_lazy("They log in by name and password, and can set up a new device.")
            )
        if others := [str(user) for user in queryset if not self._may_touch(request, user)]:
            told = gettext("%(names)s not changed: only a superuser can change a superuser.")
            self.message_user(request, told % {"names": gettext(", ").join(others)}, messages.WARNING)


@admin.register(Group)
class RoleAdmin(ReadListAdmin[Group]):
    exported_as = (sheets.ROLES,)
    list_display = ("name",)
    search_fields = ()
    fields = readonly_fields = ("name", "permissions")
