"""Accounts: two administrators at one, the own one, and whose sessions end."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from models_catalog.roles import Role
from tests.admin.test_logins import confirmed_device
from tests.permissions.world import group_of, make_user

pytestmark = pytest.mark.django_db
LIST = reverse("admin:auth_user_changelist")


def address(user: User, page: str = "change") -> str:
    return reverse(f"admin:auth_user_{page}", args=[user.pk])


def shown(client: Client, user: User) -> dict[str, Any]:
    """What a browser would send back of the form as it is shown now."""
    return fields_of(client.get(address(user)))


def fields_of(page: Any) -> dict[str, Any]:
    form = page.context["adminform"].form
    values = {name: form[name].value() for name in form.fields if name != "password"}
    if not values.get("is_active"):
        values.pop("is_active", None)
    return {**values, "version": page.context["version"]}


def test_the_second_to_save_an_account_enables_nobody_unasked(administrator: Client) -> None:
    user = make_user("somebody", Role.VIEWER)
    first, second = shown(administrator, user), shown(administrator, user)
    first.pop("is_active")
    administrator.post(address(user), {**first, "first_name": "Ada"})
    page = administrator.post(address(user), {**second, "last_name": "Wu"}, headers={"accept-language": "en"})
    user.refresh_from_db()
    assert (user.is_active, user.first_name, user.last_name) == (False, "Ada", "")
    told = str(page.context["errors"])
    assert ("active: Yes → No" in told, "first name: empty → Ada" in told, "yours is" in told) == (
        True,
        True,
        False,
    )


def test_saved_again_as_then_shown_both_changes_stand(administrator: Client) -> None:
    user = make_user("somebody", Role.VIEWER)
    first, second = shown(administrator, user), shown(administrator, user)
    first.pop("is_active")
    administrator.post(address(user), {**first, "groups": [group_of(Role.CURATOR).pk]})
    page = administrator.post(address(user), {**second, "last_name": "Wu"})
    again = administrator.post(address(user), fields_of(page))
    assert again.status_code == 302
    user.refresh_from_db()
    roles = [group.name for group in user.groups.all()]
    assert (user.is_active, roles, user.last_name) == (False, [Role.CURATOR], "Wu")


@pytest.mark.parametrize("column", ["username", "email", "groups"])
def test_each_column_of_an_account_is_told(administrator: Client, column: str) -> None:
    user = make_user("somebody", Role.VIEWER)
    seen = shown(administrator, user)
    new = {"username": "else", "email": "a@example.org", "groups": [group_of(Role.ADMIN).pk]}[column]
    administrator.post(address(user), {**seen, column: new})
    own = {"username": "third", "email": "b@example.org", "groups": []}[column]
    page = administrator.post(address(user), {**seen, column: own})
    assert "你的是" in str(page.context["errors"])


def test_a_forged_version_is_refused(administrator: Client) -> None:
    user = make_user("somebody", Role.VIEWER)
    sent = {**shown(administrator, user), "version": "forged:by:hand"}
    assert administrator.post(address(user), sent).status_code == 400


def test_nobody_disables_or_deletes_the_own_account(administrator: Client) -> None:
    own = User.objects.get(username="the-admin")
    sent = shown(administrator, own)
    administrator.post(address(own), sent)
    administrator.post(address(own, "delete"), {"post": "yes"})
    administrator.post(LIST, {"action": "delete_selected", "_selected_action": own.pk, "post": "yes"})
    own.refresh_from_db()
    assert own.is_active


def test_the_second_factor_of_a_superuser_is_said_to_stay(administrator: Client) -> None:
    boss = User.objects.create_superuser("boss", password="correct horse")
    confirmed_device(boss)
    sent = {"action": "take_away_second_factor", "_selected_action": [boss.pk]}
    page = administrator.post(LIST, sent, follow=True, headers={"accept-language": "en"})
    told = [str(one) for one in page.context["messages"]]
    assert told == ["boss not changed: only a superuser can change a superuser."]
    assert TOTPDevice.objects.exists()
