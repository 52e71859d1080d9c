"""Forms of tables without claims: what somebody else saved first is told, not overwritten."""

from typing import Any

from django.test import Client
from django.urls import reverse

from models_catalog.actions.versions import version_of
from models_catalog.models import Developer
from models_catalog.text.names import sort_key
from tests.factories import make_developer, make_entry, make_figure


def post(client: Client, developer: Developer, version: int, **data: Any) -> Any:
    form = {
        "slug": developer.slug,
        "name_zh": developer.name_zh,
        "kind": developer.kind,
        "aliases": "",
        **data,
    }
    address = reverse("admin:models_catalog_developer_change", args=[developer.pk])
    return client.post(address, {**form, "version": version})


def test_a_new_name_sorts_and_finds(curator: Client) -> None:
    entry = make_entry("轩辕", developers=["度小满"])
    developer = Developer.objects.get()
    post(curator, developer, version_of(developer), name_zh="小满科技")
    developer.refresh_from_db()
    assert developer.sort_key == sort_key("小满科技")
    assert entry.search_keys.filter(text="小满科技").exists()


def test_the_second_to_save_is_told_and_nothing_is_lost(curator: Client) -> None:
    developer = make_developer("百度")
    seen = version_of(developer)
    assert post(curator, developer, seen, name_en="Baidu").status_code == 302
    page = post(curator, developer, seen, name_en="Bidu")
    developer.refresh_from_db()
    assert developer.name_en == "Baidu"
    assert "name_en:  → Baidu" in str(page.context["errors"])


def test_saving_again_knowingly_works(curator: Client) -> None:
    developer = make_developer("百度")
    post(curator, developer, version_of(developer), name_en="Baidu")
    page = post(curator, developer, 0, name_en="Bidu")
    post(curator, developer, page.context["version"], name_en="Bidu")
    developer.refresh_from_db()
    assert developer.name_en == "Bidu"


def test_a_figure_shows_and_keeps_its_bounds(curator: Client) -> None:
    figure = make_figure()
    address = reverse("admin:models_catalog_marketfigure_change", args=[figure.pk])
    form = curator.get(address).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None and name != "as_of"}
    management = {"evidence-TOTAL_FORMS": 0, "evidence-INITIAL_FORMS": 0}
    curator.post(address, {**data, **management, "as_of": "2023-05", "version": version_of(figure)})
    figure.refresh_from_db()
    assert (figure.value.lower, figure.value.upper, figure.as_of.lower.isoformat()) == (79, 79, "2023-05-01")
