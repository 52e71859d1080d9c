"""Two administrators at one account: users have no history, so that their form carries what it showed."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils.translation import gettext as _

from models_catalog.actions.versions import ChangedMeanwhile, Told
from models_catalog.queries.row_text import text_of

COLUMNS = ("username", "first_name", "last_name", "email", "is_active", "groups")


def state_of(user: User) -> dict[str, Any]:
    """What the form of `user` shows; groups by their ids."""
    groups = sorted(user.groups.values_list("pk", flat=True))
    return {column: groups if column == "groups" else getattr(user, column) for column in COLUMNS}


def refuse_stale_user(user: User, seen: Mapping[str, Any]) -> None:
    """Raise `ChangedMeanwhile` if `user`, locked by the caller, is not as in `seen`."""
    now = state_of(user)
    changes = [
        _told(column, seen.get(column), now[column]) for column in COLUMNS if seen.get(column) != now[column]
    ]
    if changes:
        raise ChangedMeanwhile(changes, 0)


def _told(column: str, before: Any, after: Any) -> Told:
    field = User._meta.get_field(column)
    heading = getattr(field, "verbose_name", column)
    return Told("", column, heading, _text(field, before), _text(field, after))


def _text(field: Any, value: Any) -> str:
    if field.many_to_many:
        names = Group.objects.filter(pk__in=value or []).order_by("name").values_list("name", flat=True)
        return _(", ").join(names)
    return text_of(field, value)
