"""Users: who has which role. What a role may do is set by migrations, so groups are only read."""

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
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp import admin as _registers_devices  # noqa: F401  # before it is taken away below
from django_otp.plugins.otp_totp.models import TOTPDevice

from models_catalog.actions.logins import end_sessions
from models_catalog.actions.recording import recorded
from models_catalog.actions.user_versions import refuse_stale_user, state_of
from models_catalog.admin import sheets
from models_catalog.admin.filters import BoundedFilter, Choices
from models_catalog.admin.lists import ListAdmin, ReadListAdmin
from models_catalog.admin.pages import VERSION, who
from models_catalog.roles import Role

Group._meta.verbose_name, Group._meta.verbose_name_plural = _("role"), _("roles")

admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.unregister(
    TOTPDevice
)  # whoever sees a device's page sees its secret; everybody has their own page


class RoleFilter(BoundedFilter):
    title = _("Role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(Role.choices)

    def choose(self, queryset: Any, value: str) -> Any:
        return queryset.filter(groups__name=value)


class ActiveFilter(BoundedFilter):
    title = _("May log in")
    parameter_name = "active"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("yes", _("Yes")), ("no", _("No"))]

    def choose(self, queryset: Any, value: str) -> Any:
        return queryset.filter(is_active=value == "yes")


def users_like(queryset: Any, term: str) -> Any:
    return queryset.filter(username__icontains=term)


@admin.register(User)
class CuratorAdmin(ListAdmin[User], UserAdmin[User]):
    """Users with a role. Only a superuser may touch a superuser or make one."""

    exported_as = (sheets.USERS,)
    list_display = ("username", "first_name", "last_name", "is_active", "last_login")
    list_filter = (RoleFilter, ActiveFilter)
    filter_horizontal = ()
    find = users_like
    ordering = ("username",)
    actions = (*ListAdmin.actions, "take_away_second_factor")  # type: ignore[assignment]  # one more
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Role"), {"fields": ("is_active", "groups")}),
    )

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        is_own = obj is not None and obj.pk == request.user.pk
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj) and not is_own

    def version_shown(self, row: User) -> str:
        """Signed, for it says what the saver is told of; whoever sees the form may see all of it."""
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
        """Nobody shuts the door behind themselves; so there is always a superuser left, too."""
        own = ("is_active",) if obj is not None and obj.pk == request.user.pk else ()
        return (*super().get_readonly_fields(request, obj), *own)

    def _may_touch(self, request: HttpRequest, obj: User | None) -> bool:
        return obj is None or not obj.is_superuser or bool(request.user.is_superuser)

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm[User], change: bool) -> None:
        """Whoever is made here is made to curate, so may enter the admin; what they may do there says the role."""
        obj.is_staff = True
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            end_sessions(user=obj)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        with recorded("set password", who=who(request)):
            return super().user_change_password(request, id, form_url)

    @admin.action(permissions=["change"], description=_("Take away the second factor (a lost device)"))
    def take_away_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        mine = [user for user in queryset if self._may_touch(request, user)]
        with transaction.atomic(), recorded("take away second factor", who=who(request)):
            for user in mine:
                end_sessions(user=user)
            TOTPDevice.objects.filter(user__in=mine).delete()
        if mine:
            self.message_user(request, _("They log in by name and password, and can set up a new device."))
        if others := [str(user) for user in queryset if not self._may_touch(request, user)]:
            told = gettext("Nothing was done to %(names)s: only a superuser may touch a superuser.")
            self.message_user(request, told % {"names": gettext(", ").join(others)}, messages.WARNING)


@admin.register(Group)
class RoleAdmin(ReadListAdmin[Group]):
    exported_as = (sheets.ROLES,)
    list_display = ("name",)
    search_fields = ()
    fields = readonly_fields = ("name", "permissions")
