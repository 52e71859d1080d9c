"""Users, their roles and second factors, as the history keeps them.

Proxies, because the triggers of a table belong to its app's migrations, and these tables belong to other apps. For
passwords and device secrets only the fact of a change is kept, never the value; log-ins are not kept.
"""

from typing import Any, ClassVar

from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice


class Account(User):
    """A user whose changes the history records."""

    class Meta:
        proxy = True
        default_permissions: ClassVar[Any] = ()


class Membership(User.groups.through):  # type: ignore[name-defined,misc]  # a table that Django makes by itself
    """A user's membership in a role."""

    class Meta:
        proxy = True
        default_permissions: ClassVar[Any] = ()


class SecondFactor(TOTPDevice):  # type: ignore[misc]  # django-otp has no types
    """A device that generates a user's two-factor codes."""

    class Meta:
        proxy = True
        default_permissions: ClassVar[Any] = ()


ACCOUNT = [
    "id",
    "username",
    "first_name",
    "last_name",
    "email",
    "is_staff",
    "is_active",
    "is_superuser",
    "date_joined",
]
SECOND_FACTOR = ["id", "user", "name", "confirmed"]
"""The columns of `Account` and `SecondFactor` that the history keeps."""
