"""Deleting by hand: the entry follows, the history has a name, and no login outlives its user."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from models_catalog.history.versions import version_of_claims
from models_catalog.models import HISTORIES, Claim, ClaimEvent, Entry, Report
from models_catalog.models.vocabulary import Field
from models_catalog.roles import Role
from tests.admin.test_logins import confirmed_device, log_in
from tests.factories import make_entry
from tests.once import once
from tests.permissions.world import make_user

pytestmark = pytest.mark.django_db
YES = {"post": "yes"}


def _make_entry() -> Entry:
    return make_entry("文心一言", parameters="2600亿", sectors=["金融"])


shared_entry = once(_make_entry)


@pytest.fixture
def entry(shared_entry: Entry, db: None) -> Entry:
    return Entry.objects.get(pk=shared_entry.pk)


def address(claim: Claim, page: str) -> str:
    return reverse(f"admin:models_catalog_claim_{page}", args=[claim.pk])


@pytest.mark.parametrize(("field", "column"), [(Field.PARAMETERS, "parameters"), (Field.SECTOR, "sectors")])
def test_a_deleted_claim_leaves_its_column(
    administrator: Client, entry: Entry, field: Field, column: str
) -> None:
    claim = entry.claims.get(field=field)
    assert administrator.post(address(claim, "delete"), YES).status_code == 302
    entry = Entry.objects.get(pk=entry.pk)
    value = entry.parameters if column == "parameters" else list(entry.sectors.all())
    assert (value, entry.claims.filter(field=field).exists()) == (
        None if column == "parameters" else [],
        False,
    )


def test_claims_deleted_from_the_list_leave_their_columns(administrator: Client, entry: Entry) -> None:
    chosen = entry.claims.filter(field__in=[Field.PARAMETERS, Field.SECTOR])
    sent = {"action": "delete_selected", "_selected_action": list(chosen.values_list("pk", flat=True)), **YES}
    administrator.post(reverse("admin:models_catalog_claim_changelist"), sent)
    entry.refresh_from_db()
    assert (entry.parameters, list(entry.sectors.all())) == (None, [])


@pytest.mark.parametrize("way", ["page", "list"])
def test_an_entry_goes_with_its_reports_whose_history_stays(
    administrator: Client, entry: Entry, way: str
) -> None:
    words = {"field": "name", "statement": "错了", "source_url": "https://example.org/"}
    report = Report.objects.create(entry=entry, **words)
    page, sent = reverse("admin:models_catalog_entry_delete", args=[entry.pk]), YES
    if way == "list":
        page = reverse("admin:models_catalog_entry_changelist")
        sent = {"action": "delete_selected", "_selected_action": str(entry.pk), **YES}
    assert administrator.post(page, sent).status_code == 302
    told = HISTORIES[Report].objects.filter(pgh_obj_id=report.pk).values_list("pgh_label", flat=True)
    assert (Entry.objects.filter(pk=entry.pk).exists(), set(told)) == (False, {"insert", "delete"})


def test_a_deletion_says_who_in_the_history(administrator: Client, entry: Entry) -> None:
    claim = entry.claims.get(field=Field.PARAMETERS)
    administrator.post(address(claim, "delete"), YES)
    event = ClaimEvent.objects.filter(pgh_obj_id=claim.pk).latest("pgh_id")
    assert (event.pgh_label, event.pgh_context.metadata["who"]) == ("delete", "the-admin")


def test_the_history_page_tells_who_what_and_why(curator: Client, entry: Entry) -> None:
    claim = entry.claims.get(field=Field.SECTOR)
    sent = {"decision": "reject", "reason": "not for banks", "version": version_of_claims(entry)}
    curator.post(address(claim, "decide"), sent)
    for page in (address(claim, "history"), reverse("admin:models_catalog_entry_history", args=[entry.pk])):
        html = curator.get(page, headers={"accept-language": "en"}).content.decode()
        assert ("not for banks" in html, "curator" in html, "rejected" in html) == (True, True, True)


@pytest.mark.parametrize("n", [1, 3])
def test_the_history_asks_the_same_questions_for_any_number(
    curator: Client, django_assert_num_queries: object, n: int
) -> None:
    entry = make_entry("文心一言", sectors=["金融", "医疗", "教育"][:n])
    page = reverse("admin:models_catalog_entry_history", args=[entry.pk])
    curator.get(page)
    with django_assert_num_queries(12):  # type: ignore[operator]  # pytest-django's fixture
        curator.get(page)


def test_the_login_page_asks_for_the_code(client: Client) -> None:
    assert 'name="otp_token"' in client.get("/admin/login/").content.decode()


def test_a_lost_device_is_taken_away(administrator: Client, client: Client) -> None:
    user = make_user("somebody", Role.CURATOR)
    confirmed_device(user)
    sent = {"action": "take_away_second_factor", "_selected_action": [user.pk]}
    administrator.post(reverse("admin:auth_user_changelist"), sent)
    assert log_in(Client()).status_code == 302


def test_a_disabled_users_sessions_end_for_good(administrator: Client, client: Client) -> None:
    user = make_user("somebody", Role.CURATOR)
    log_in(client)
    before = Session.objects.count()
    page = reverse("admin:auth_user_change", args=[user.pk])
    version = administrator.get(page).context["version"]
    form = {
        "username": "somebody",
        "first_name": "",
        "last_name": "",
        "email": "",
        "groups": [],
        "version": version,
    }
    administrator.post(page, form)
    user.refresh_from_db()
    assert (user.is_active, Session.objects.count()) == (False, before - 1)


def test_next_that_leads_away_leads_to_the_desk(client: Client) -> None:
    make_user("somebody", Role.VIEWER)
    assert log_in(client, query="?next=//evil.example/")["Location"] == "/admin/"
