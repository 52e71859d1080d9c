"""Every action × every identity: who may do it does it, and for everybody else nothing at all changes."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from tests.permissions.acts import Act, Case, Request, request_of
from tests.permissions.desk import Desk, contents, given_back
from tests.permissions.every_act import ACTS
from tests.permissions.table import STAFF, Who

pytestmark = pytest.mark.django_db


def refusal(who: Who) -> str:
    return "forbidden" if who in STAFF else "login"


def answer(act: Act, response: Any) -> str:
    if response.status_code == 302 and (
        "/login/?next=" in response["Location"]
        or (act.at == "admin:logout" and response["Location"] == reverse("admin:index"))
    ):
        return "login"
    if b"/login/?next=" in response.content and response.status_code == 403:  # the form is kept meanwhile
        return "login"
    return "forbidden" if response.status_code == 403 else str(response.status_code)


def carried_out(act: Act, who: Who, request: Request, desk: Desk) -> str:
    """What came of the valid request: `done`, `login` or `forbidden`; else what was wrong."""
    before = contents() if act.is_own else desk.before
    assert not (act.does and act.does(desk.case(who))), f"{act.what}: done before it was asked for"
    response = request.send(desk.client(who))
    if who in act.by:
        is_done = response.status_code < 400 and _is_done(act, desk.case(who), response, before)
        return "done" if is_done else f"{response.status_code}, and not done"
    changed = [table for table, content in contents().items() if before[table] != content]
    return f"{answer(act, response)}, but changed {changed}" if changed else answer(act, response)


def _is_done(act: Act, case: Case, response: Any, before: dict[str, str]) -> bool:
    if act.does is None:
        return bool(act.shows(response)) and contents() == before
    with connection.cursor() as cursor:  # what the database looks at when a transaction ends, it looks at now
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return bool(act.does(case))


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.what)
def test_act_is_done_by_whom_it_may_and_by_nobody_else(act: Act, desk: Desk) -> None:
    shared = None if act.is_own else request_of(act, desk.case(Who.SUPERUSER), desk.client(Who.SUPERUSER))
    found = {}
    for who in Who:
        with given_back():
            opener = desk.client(who if who in act.by else Who.SUPERUSER)
            request = shared or request_of(act, desk.case(who), opener)
            found[who] = carried_out(act, who, request, desk)
    assert found == {who: "done" if who in act.by else refusal(who) for who in Who}
