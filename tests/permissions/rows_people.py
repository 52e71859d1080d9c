"""What may be done with other people's accounts, and with one's own."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from models_catalog.models import SavedView
from models_catalog.roles import Role
from tests.permissions.acts import Act, Case, Fill, typed
from tests.permissions.desk import give_device, keep_view
from tests.permissions.rows_tables import BUTTONS
from tests.permissions.table import ADMINS, EVERYONE, ROLES, STAFF

USER = "admin:auth_user"
WORD = "a-longer-word-than-before"


def hand(case: Case) -> User:
    """Somebody else, who is a viewer."""
    return User.objects.get(pk=case.ids["hand"])


def as_curator(case: Case) -> dict[str, Any]:
    return {"groups": Group.objects.get(name=Role.CURATOR).pk}


def chosen(row: str, **more: Any) -> Fill:
    return lambda case: {"_selected_action": case.ids[row], **more}


def own_code(case: Case) -> dict[str, Any]:
    """The code that one's own app shows now."""
    device = TOTPDevice.objects.filter(user=case.user).first()
    key = device.bin_key if device else b"0" * 20
    return {"token": f"{TOTP(key).token():06}"}


def own_device(case: Case) -> bool:
    return bool(TOTPDevice.objects.filter(user=case.user, confirmed=True).exists())


def is_logged_in(case: Case) -> bool:
    return any(
        one.get_decoded().get("_auth_user_id") == str(case.user.pk) for one in Session.objects.iterator()
    )


OTHERS = [
    *(Act(f"make a user, {press}", f"{USER}_add", ADMINS, press=press,
          fill=typed(username="b-new", password1=WORD, password2=WORD, usable_password="true"),
          does=lambda case: User.objects.filter(username="b-new", is_superuser=False).exists()) for press in BUTTONS),
    *(Act(f"give a role, {press}", f"{USER}_change", ADMINS, row="hand", press=press, fill=as_curator,
          does=lambda case: hand(case).groups.filter(name=Role.CURATOR).exists()) for press in BUTTONS),
    *(Act(f"disable a user, {press}", f"{USER}_change", ADMINS, row="hand", press=press, fill=typed(is_active=[]),
          does=lambda case: not hand(case).is_active) for press in BUTTONS),
    Act("enable a user again", f"{USER}_change", ADMINS, row="asleep", press="_save", fill=typed(is_active="on"),
        does=lambda case: User.objects.get(pk=case.ids["asleep"]).is_active),
    Act("take a role away", f"{USER}_change", ADMINS, row="keyed", press="_save", fill=typed(groups=[]),
        does=lambda case: not Group.objects.filter(user=case.ids["keyed"]).exists()),
    Act("rename a user", f"{USER}_change", ADMINS, row="hand", press="_save", fill=typed(username="b-renamed"),
        does=lambda case: hand(case).username == "b-renamed"),
    Act("make a user without a password", f"{USER}_add", ADMINS, press="_save",
        fill=typed(username="b-new", usable_password="false"),
        does=lambda case: any(not user.has_usable_password() for user in User.objects.filter(username="b-new"))),
    Act("set somebody's password", f"{USER}_password_change", ADMINS, row="hand", press="set-password",
        fill=typed(password1=WORD, password2=WORD, usable_password="true"),
        does=lambda case: hand(case).check_password(WORD)),
    Act("take somebody's password away", f"{USER}_password_change", ADMINS, row="hand", press="unset-password",
        fill=typed(usable_password="false"), does=lambda case: not hand(case).has_usable_password()),
    Act("delete a user", f"{USER}_delete", ADMINS, row="hand",
        does=lambda case: not User.objects.filter(pk=case.ids["hand"]).exists()),
    Act("delete selected users", f"{USER}_changelist", ADMINS, page=None, press="action=delete_selected",
        fill=chosen("hand", post="yes"),
        does=lambda case: not User.objects.filter(pk=case.ids["hand"]).exists()),
    Act("take away a lost device", f"{USER}_changelist", ADMINS, press="action=take_away_second_factor",
        fill=chosen("keyed"), does=lambda case: not TOTPDevice.objects.filter(user=case.ids["keyed"]).exists()),
]  # fmt: skip

OWN = [
    Act("log in", "admin:login", EVERYONE, fill=typed(username="a-hand", password="correct horse"), page=None,
        does=lambda case: hand(case).last_login is not None),
    Act("log out", "admin:logout", STAFF, page="admin:index", is_own=True, does=lambda case: not is_logged_in(case)),
    Act("change one's password", "admin:password_change", STAFF, is_own=True,
        fill=typed(old_password="correct horse", new_password1=WORD, new_password2=WORD),
        does=lambda case: case.user.check_password(WORD)),
    Act("set up a second factor", "admin:two_factor", STAFF, is_own=True, fill=own_code, does=own_device),
    Act("take one's second factor away", "admin:two_factor", STAFF, is_own=True, press="_remove", given=give_device,
        fill=own_code, does=lambda case: not TOTPDevice.objects.exclude(user=case.ids["keyed"]).exists()),
    Act("keep a view of a list", "admin:views", ROLES, page="admin:models_catalog_entry_changelist", is_own=True,
        fill=typed(name="mine"), does=lambda case: SavedView.objects.filter(name="mine").exists()),
    Act("remove a view of a list", "admin:views", ROLES, page="admin:models_catalog_entry_changelist", is_own=True,
        press="_remove", given=keep_view, does=lambda case: not SavedView.objects.exists()),
    Act("choose English", "language", EVERYONE, page=None, press="language=en",
        shows=lambda response: response.cookies["language"].value == "en"),
    Act("choose Chinese", "language", EVERYONE, page=None, press="language=zh-hans",
        shows=lambda response: response.cookies["language"].value == "zh-hans"),
]  # fmt: skip

ACTS = [*OTHERS, *OWN]
