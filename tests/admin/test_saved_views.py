"""Views of the desk's lists that a user keeps: found above the list, his own, removable, of a bounded number."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from models_catalog.curation.saved_views import MAX_VIEWS
from models_catalog.models import SavedView
from tests.factories import make_entry

pytestmark = pytest.mark.django_db
ENTRIES = "models_catalog_entry_changelist"
STATE = "category=general&columns=kind&o=-1"


def post(client: Client, **typed: Any) -> Any:
    form = {"list": ENTRIES, "query": STATE, **typed}
    return client.post(reverse("admin:views"), form, headers={"Accept-Language": "en"}, follow=True)


def shown(client: Client, name: str = ENTRIES, query: str = "") -> dict[str, str]:
    page = client.get(f"{reverse(f'admin:{name}')}?{query}")
    return {view.name: view.query for view in page.context["views"]}


def test_view_is_kept_and_found_above_its_list(viewer: Client) -> None:
    make_entry("轩辕")
    page = post(viewer, name="通用的")
    assert page.redirect_chain == [(f"{reverse(f'admin:{ENTRIES}')}?{STATE}", 302)]
    assert (
        f'<a class="exports-link" href="?{STATE.replace("&", "&amp;")}" aria-current="true">通用的</a>'
        in (page.content.decode())
    )
    assert shown(viewer) == {"通用的": STATE}


def test_page_of_the_list_is_no_part_of_a_view(viewer: Client) -> None:
    query = f"{STATE}&p=1&all="
    assert viewer.get(f"{reverse(f'admin:{ENTRIES}')}?{query}").context["state"] == STATE


def test_queue_has_views_of_its_own(curator: Client) -> None:
    queue = "models_catalog_claim_queue"
    post(curator, list=queue, query="age=over-week", name="old")
    assert (shown(curator, queue), shown(curator)) == ({"old": "age=over-week"}, {})


def test_view_is_of_one_user(viewer: Client, curator: Client) -> None:
    post(viewer, name="mine")
    assert shown(curator) == {}
    post(curator, view=SavedView.objects.get().pk, _remove="")
    assert shown(viewer) == {"mine": STATE}


def test_same_name_replaces_and_a_view_is_removed(viewer: Client) -> None:
    for query in ("o=1", "o=2"):
        post(viewer, name="mine", query=query)
    assert shown(viewer) == {"mine": "o=2"}
    page = post(viewer, view=SavedView.objects.get().pk, _remove="")
    assert ("View removed: mine." in page.content.decode(), shown(viewer)) == (True, {})


def test_number_of_views_is_bounded(viewer: Client) -> None:
    for number in range(MAX_VIEWS):
        post(viewer, name=f"{number}")
    page = post(viewer, name="one more")
    assert "Remove one first" in page.content.decode()
    post(viewer, name="3", query="o=3")  # replaces
    assert (len(shown(viewer)), shown(viewer)["3"]) == (MAX_VIEWS, "o=3")


def test_views_go_with_their_user(viewer: Client, administrator: Client) -> None:
    post(viewer, name="mine")
    user = SavedView.objects.get().user
    address = reverse("admin:auth_user_delete", args=[user.pk])
    assert "已保存的视图：mine" in strip_tags(administrator.get(address).content.decode()).replace(": ", "：")
    administrator.post(address, {"post": "yes"})
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"name": ""}, 200),
        ({"name": "x" * 61}, 200),
        ({"name": "x", "query": "o=" + "1" * 1_000}, 200),
        ({"name": "a\0b"}, 200),
        ({"name": "x", "list": "index"}, 400),
        ({"name": "x", "list": "no_such_changelist"}, 400),
        ({"name": "x", "list": "//elsewhere/_queue"}, 400),
        ({"view": "x", "_remove": ""}, 400),
    ],
)
def test_bad_input_is_told_and_keeps_nothing(viewer: Client, typed: dict[str, str], status: int) -> None:
    page = post(viewer, **typed)
    assert page.status_code == status
    assert status == 400 or page.context["messages"]
    assert not SavedView.objects.exists()
