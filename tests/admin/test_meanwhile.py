"""Two administrators at the same entries in the same moment: one merge is made, whoever is second is told, and nothing is a 500."""

from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, OperationalError
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from models_catalog.claims import merge
from models_catalog.claims.recording import delete_rows
from models_catalog.history.versions import version_of_claims
from models_catalog.models import Claim, Entry, Merge
from models_catalog.roles import Role
from registry.middleware.database import explain
from registry.middleware.meanwhile import MeanwhileMiddleware
from tests.elsewhere import all_at_once, elsewhere
from tests.factories import make_entry
from tests.permissions.world import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(make_user("first", Role.ADMIN))
    return client


def pressed(client: Client, merged: Entry, kept: Entry) -> Any:
    """The answer to the button of the page as it is now."""
    versions = {"kept_version": version_of_claims(kept), "version": version_of_claims(merged)}
    address = reverse("admin:models_catalog_entry_merge", args=[merged.pk])
    return client.post(address, {"into": kept.pk, **versions}, headers={"Accept-Language": "en"})


@pytest.mark.parametrize("second", ["the same into another", "the other way round", "the same again"])
def test_of_two_merges_at_once_one_is_made(administrator: Client, second: str) -> None:
    one, other, third = make_entry("文心一言"), make_entry("文心"), make_entry("一言")
    claims, later = Claim.objects.count(), Client()
    later.force_login(make_user("second", Role.ADMIN))
    pair = {"the same into another": (other, third), "the other way round": (one, other)}.get(
        second, (other, one)
    )
    answers = all_at_once(
        lambda: pressed(administrator, other, one).status_code, lambda: pressed(later, *pair).status_code
    )
    done = Merge.objects.get()
    assert set(answers) <= {200, 302}
    assert [done.merged_id] == list(Entry.objects.exclude(merged_into=None).values_list("pk", flat=True))
    assert Claim.objects.exclude(entry=done.merged_id).count() == claims


@pytest.mark.parametrize("gone", ["kept", "merged"])
def test_an_entry_that_was_deleted_meanwhile_is_told(
    administrator: Client, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    pair = {"kept": make_entry("文心一言"), "merged": make_entry("文心")}
    usual = merge.locked_pair

    def locked(*entries: Entry) -> Any:
        elsewhere(lambda: delete_rows(rows=Entry.objects.filter(pk=pair[gone].pk), by="else"))
        return usual(*entries)

    monkeypatch.setattr(merge, "locked_pair", locked)
    answer = pressed(administrator, pair["merged"], pair["kept"])
    assert (answer.status_code, "Nothing of yours was saved" in answer.content.decode()) == (409, True)


def caused(error: Exception, cause: type[Exception]) -> Exception:
    error.__cause__ = cause()
    return error


@pytest.mark.parametrize(
    ("method", "error", "status"),
    [
        ("post", Entry.DoesNotExist(), 409),
        ("post", caused(IntegrityError(), psycopg.errors.UniqueViolation), 409),
        ("post", caused(IntegrityError(), psycopg.errors.ForeignKeyViolation), 409),
        ("post", caused(IntegrityError(), psycopg.errors.CheckViolation), None),
        ("post", ProtectedError("", set()), 409),
        ("get", ProtectedError("", set()), None),
        ("get", Entry.DoesNotExist(), None),
        ("post", ValueError(), None),
    ],
)
def test_what_others_wrote_meanwhile_is_a_409(
    rf: RequestFactory, method: str, error: Exception, status: int | None
) -> None:
    answer = MeanwhileMiddleware(lambda _request: HttpResponse()).process_exception(
        getattr(rf, method)("/admin/"), error
    )
    assert (answer and answer.status_code) == status


@pytest.mark.parametrize(
    "cause",
    [
        psycopg.errors.LockNotAvailable,
        psycopg.errors.DeadlockDetected,
        psycopg.errors.SerializationFailure,
    ],
)
def test_what_others_hold_is_said(rf: RequestFactory, cause: type[Exception]) -> None:
    answer = explain(rf.post("/en/admin/"), caused(OperationalError(), cause))
    assert answer is not None
    assert (answer.status_code, "别人正在写入" in answer.content.decode()) == (503, True)
