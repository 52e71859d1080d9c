"""The pages for merging developers: what moves is shown first, and near names are one list."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.curation.near import alike
from models_catalog.models import Developer, Merge
from models_catalog.models.vocabulary import Field
from models_catalog.text.names import slugify_name
from tests.factories import make_developer, make_entry, propose

pytestmark = pytest.mark.django_db
DOUBLE = slugify_name("上海市人工智能实验室")
NEAR = "admin:models_catalog_developer_near"


@pytest.fixture
def kept() -> Developer:
    return make_developer("上海人工智能实验室", slug="shanghai-ai-lab")


@pytest.fixture
def double() -> Developer:
    row = make_developer("上海市人工智能实验室", slug=DOUBLE, name_en="Shanghai AI Lab", kind="academia")
    make_entry("书生", developers=["上海市人工智能实验室"])
    propose(make_entry("浦语"), Field.DEVELOPER, developer=row)
    return row


def address(developer: Developer) -> str:
    return reverse("admin:models_catalog_developer_merge", args=[developer.pk])


def shown(client: Client, developer: Developer, kept: Developer) -> Any:
    return client.get(address(developer), {"into": kept.pk}, headers={"Accept-Language": "en"})


def form_of(page: Any) -> dict[str, Any]:
    kept_version, version = page.context["versions"]
    return {"into": page.context["kept"].pk, "kept_version": kept_version, "version": version}


def test_all_that_moves_is_shown_and_nothing_moves_yet(
    administrator: Client, kept: Developer, double: Developer
) -> None:
    below = make_developer("浦江实验室", parent=double)
    preview = shown(administrator, double, kept).context["preview"]
    assert (preview.claims, preview.waiting, preview.conflicts, preview.members) == (2, 1, 1, [below])
    assert {row.heading: (row.merged, row.kept, row.then, row.why.value) for row in preview.rows} == {
        "Chinese name": ("上海市人工智能实验室", "上海人工智能实验室", "上海人工智能实验室", "name"),
        "English name": ("Shanghai AI Lab", "", "Shanghai AI Lab", "merged"),
        "Other names": ("", "", "上海市人工智能实验室", "both"),
        "Kind": ("Academia", "Big tech", "Big tech", "dropped"),
    }
    assert double.claims.count() == 2


def test_button_pressed_twice_merges_once_and_its_message_leads_to_undo(
    administrator: Client, kept: Developer, double: Developer
) -> None:
    form = form_of(shown(administrator, double, kept))
    pages = [administrator.post(address(double), form) for _press in range(2)]
    change = reverse("admin:models_catalog_developer_change", args=[kept.pk])
    assert [page["Location"] for page in pages] == [change, change]
    html = administrator.get(change).content.decode()
    (undo,) = re.findall(r'action="([^"]+)"><input type="hidden" name="csrfmiddlewaretoken"', html)
    administrator.post(undo)
    assert Developer.objects.get(slug=DOUBLE) == double


def test_second_of_two_is_told_and_shown_anew(
    administrator: Client, kept: Developer, double: Developer
) -> None:
    form = form_of(shown(administrator, double, kept))
    Developer.objects.filter(pk=kept.pk).update(name_en="Shanghai")
    page = administrator.post(address(double), form, headers={"Accept-Language": "en"})
    assert "Somebody else saved first" in page.content.decode()
    assert not Merge.objects.exists()


def test_other_is_found_by_its_own_names(administrator: Client, kept: Developer) -> None:
    other = make_developer("上海人工智能实验室二部")
    assert administrator.get(address(kept)).context["candidates"] == [other]


def test_near_names_are_one_list_without_parents(kept: Developer, double: Developer) -> None:
    make_developer("百度")
    make_developer("上海人工智能实验室二部", parent=kept)
    rows = list(Developer.objects.all())
    for row in rows:
        row.claim_count = row.claims.count()  # type: ignore[attr-defined]  # as the page annotates it
    pairs = [{one.slug for one in pair} for pair in alike(rows)]
    assert {"shanghai-ai-lab", DOUBLE} in pairs
    assert not any("baidu" in pair for pair in pairs)


@pytest.mark.parametrize("count", [1, 3])
def test_near_list_asks_as_much_for_three_as_for_one(
    viewer: Client, kept: Developer, double: Developer, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make_developer(f"甲乙丙丁{number}")
    with django_assert_num_queries(7):
        page = viewer.get(reverse(NEAR))
    assert (page.status_code, b"?into=" in page.content) == (200, False)


@pytest.mark.parametrize(("query", "status"), [({"p": "2"}, 404), ({"p": "x"}, 400), ({"q": "x"}, 400)])
def test_near_list_refuses_what_is_no_page(viewer: Client, query: dict[str, str], status: int) -> None:
    assert viewer.get(reverse(NEAR), query).status_code == status
