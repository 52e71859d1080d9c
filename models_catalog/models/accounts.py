"""Who may do what here, and since when: Django's users, their roles and second factors, as the history keeps them.

Proxies, because the triggers of a table belong to the migrations of its app, and these tables are of others. Of a
password and of a device's secret it is kept that they changed, never what they are; log-ins are not kept.
"""

from typing import Any, ClassVar

from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice


class Account(User):
    """A user, as the history sees one."""

    class Meta:
        proxy = True
        default_permissions: ClassVar[Any] = ()


class Membership(User.groups.through):  # type: ignore[name-defined,misc]  # a table that Django makes by itself
    """A role that a user has."""

    class Meta:
        proxy = True
        default_permissions: ClassVar[Any] = ()


class SecondFactor(TOTPDevice):  # type: ignore[misc]  # django-otp has no types
    """A device of which a user gives the codes."""

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
"""The columns that the history keeps."""
