"""Ways to more than one's role gives: fields that no form shows, other people's accounts, a door left open."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from pytest_django.fixtures import Settings

from models_catalog.models import Claim, Developer, ImportBatch
from models_catalog.models.vocabulary import Field, Status
from models_catalog.roles import Role
from tests.permissions.acts import Act, request_of
from tests.permissions.desk import Desk, contents, given_back
from tests.permissions.every_act import ACTS
from tests.permissions.table import EVERYONE, TABLE, Who

pytestmark = pytest.mark.django_db
BY_NAME = {act.what: act for act in ACTS}


def send(what: str, who: Who, desk: Desk, **more: Any) -> Any:
    """Carry out the act of that name with `more` slipped in; `row` is another row than the one that is meant."""
    row = more.pop("row", "")
    act = BY_NAME[what]
    act = replace(
        act, fill=lambda case: {**BY_NAME[what].fill(case), **more}, **({"row": row} if row else {})
    )
    request = request_of(act, desk.case(Who.SUPERUSER), desk.client(Who.SUPERUSER))
    return request.send(desk.client(who))


def test_who_proposes_decides_nothing(desk: Desk) -> None:
    smuggled = {
        "status": "accepted",
        "preferred": "on",
        "reviewed_by": "boss",
        "ruling": "curator",
        "key": "x-9",
    }
    with given_back():
        send("propose a claim", Who.CURATOR, desk, **smuggled)
        claim = Claim.objects.get(entry=desk.world.ids["sized"], field=Field.CATEGORY)
        assert (claim.status, claim.preferred, claim.reviewed_by, claim.ruling) == ("proposed", False, "", "")
        assert claim.key != "x-9"


def test_a_decision_is_signed_by_whoever_made_it(desk: Desk) -> None:
    with given_back():
        send("accept a claim", Who.CURATOR, desk, reviewed_by="boss", user="1", reviewer="boss")
        assert Claim.objects.get(pk=desk.world.ids["proposal"]).reviewed_by == "a-curator"


def test_a_correction_moves_no_claim_and_decides_nothing(desk: Desk) -> None:
    ids = desk.world.ids
    smuggled = {
        "entry": ids["lonely"],
        "field": "name",
        "status": "rejected",
        "id": ids["proposal"],
        "pk": ids["proposal"],
    }
    with given_back():
        send("correct a claim", Who.CURATOR, desk, **smuggled)
        claim = Claim.objects.get(pk=ids["size"])
        assert (claim.entry_id, claim.field, claim.status) == (
            ids["sized"],
            Field.PARAMETERS,
            Status.ACCEPTED,
        )
        assert Claim.objects.get(pk=ids["proposal"]).status == Status.PROPOSED


def test_a_new_row_overwrites_no_other(desk: Desk) -> None:
    with given_back():
        other = Developer.objects.get(pk=desk.world.ids["unused"])
        send("add a developer, _save", Who.CURATOR, desk, id=other.pk, pk=other.pk, version="0")
        assert Developer.objects.get(pk=other.pk).name_zh == other.name_zh
        assert Developer.objects.filter(slug="xin").exists()


def test_a_report_of_another_field_is_not_settled(desk: Desk) -> None:
    with given_back():
        response = send(
            "dispute a claim that a reader reports",
            Who.CURATOR,
            desk,
            report=desk.world.ids["models_catalog_report"],
        )
        assert (response.status_code, contents()) == (404, desk.before)


@pytest.mark.parametrize("what", ["make a user, _save", "give a role, _save"])
def test_an_administrator_makes_no_superuser(what: str, desk: Desk) -> None:
    every = list(Permission.objects.values_list("pk", flat=True))
    with given_back():
        send(what, Who.ADMIN, desk, is_superuser="on", user_permissions=every)
        made = User.objects.get(username="b-new" if "make" in what else "a-hand")
        assert (made.is_superuser, made.user_permissions.count()) == (False, 0)


TOUCHES = ("give a role, _save", "disable a user, _save", "set somebody's password", "delete a user")


@pytest.mark.parametrize("what", TOUCHES)
def test_an_administrator_touches_no_superuser(what: str, desk: Desk) -> None:
    with given_back():
        desk.world.ids["superuser"] = User.objects.create_superuser("another").pk
        before = contents()
        assert send(what, Who.ADMIN, desk, row="superuser").status_code == 403
        assert contents() == before


@pytest.mark.parametrize("what", ["delete selected users", "take away a lost device"])
def test_nor_from_the_list(what: str, desk: Desk) -> None:
    superuser = desk.world.users[Who.SUPERUSER]
    with given_back():
        send(what, Who.ADMIN, desk, _selected_action=superuser.pk)
        assert contents() == desk.before


def test_an_import_is_the_registrys_not_its_uploaders(desk: Desk) -> None:
    """Another curator may apply it; the import says who did what."""
    with given_back():
        colleague = User.objects.get(pk=desk.world.ids["keyed"])
        client = desk.client(Who.ANONYMOUS)
        client.force_login(colleague)
        act = BY_NAME["apply an import"]
        request_of(act, desk.case(Who.SUPERUSER), desk.client(Who.SUPERUSER)).send(client)
        batch = ImportBatch.objects.get(pk=desk.world.ids["mapped"])
        assert (batch.uploaded_by, batch.applied_by) == ("a-curator", "a-keyed")


def lose_staff(user: User) -> None:
    user.is_staff = False


def lose_activity(user: User) -> None:
    user.is_active = False


def lose_password(user: User) -> None:
    user.set_password("another long word")


@pytest.mark.parametrize("lose", [lose_staff, lose_activity, lose_password])
def test_a_session_ends_at_once(lose: Any, desk: Desk) -> None:
    with given_back():
        user = User.objects.get(username="a-curator")
        client = desk.client(Who.CURATOR)
        assert client.get("/admin/").status_code == 200
        lose(user)
        user.save()
        assert client.get("/admin/")["Location"].startswith("/admin/login/")


def test_a_role_that_is_taken_away_ends_at_once(desk: Desk) -> None:
    with given_back():
        Group.objects.get(name=Role.CURATOR).user_set.clear()
        response = send("accept a claim", Who.CURATOR, desk)
        assert response.status_code == 403


def staff_only() -> list[Act]:
    own = {"admin:login", "admin:logout", "admin:two_factor", "report", "language"}
    return [act for act in ACTS if act.at not in own and not act.is_own]


OF_AN_ARTICLE = {
    "read an article", "mark words of an article", "preview the entry of one model",
    "ask a language model about an article", "propose what an article says", "take all that is sure of one model",
}  # fmt: skip
"""What the workbench shows again, beside a way to log in, so that nothing of it is lost."""


def test_nobody_acts_before_the_second_factor_where_it_is_demanded(desk: Desk, settings: Settings) -> None:
    case, opener = desk.case(Who.SUPERUSER), desk.client(Who.SUPERUSER)
    requests = {act.what: request_of(act, case, opener) for act in staff_only()}
    settings.REQUIRE_2FA = True
    answers = {what: request.send(desk.client(Who.SUPERUSER)) for what, request in requests.items()}
    led = {what: one.get("Location", "").startswith("/admin/login/?next=") for what, one in answers.items()}
    shown_again = {
        what
        for what, one in answers.items()
        if one.status_code == 403 and "/admin/login/?next=" in one.content.decode()
    }
    assert {what for what, is_led in led.items() if not is_led} == shown_again <= OF_AN_ARTICLE
    assert contents() == desk.before


def test_nobody_reads_before_the_second_factor_where_it_is_demanded(desk: Desk, settings: Settings) -> None:
    settings.REQUIRE_2FA = True
    names = {name for name, rule in TABLE.items() if name.startswith("admin:") and rule.read != EVERYONE}
    client = desk.client(Who.SUPERUSER)
    paths = {
        name: reverse(name, args=TABLE[name].args(desk.world)) for name in names if "two_factor" not in name
    }
    found = {name: client.get(path).get("Location", "") for name, path in paths.items()}
    assert {name for name, to in found.items() if not to.startswith(("/admin/login/", "/admin/"))} == set()
