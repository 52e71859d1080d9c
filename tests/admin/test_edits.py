"""Forms of tables without claims: what somebody else saved first is told, not overwritten."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.history.versions import version_of, version_of_claims
from models_catalog.models import Developer
from models_catalog.text.names import sort_key
from tests.factories import make_developer, make_entry, make_figure, make_sector


def post(client: Client, developer: Developer, version: int, **data: Any) -> Any:
    form = {
        "slug": developer.slug,
        "name_zh": developer.name_zh,
        "kind": developer.kind,
        "aliases": "",
        "statements-TOTAL_FORMS": 0,
        "statements-INITIAL_FORMS": 0,
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
    assert "英文名：空 → Baidu，你的是Bidu" in str(page.context["errors"])


def test_what_the_second_left_alone_takes_the_new_value(curator: Client) -> None:
    """Saved again as it is then shown, the form undoes nothing."""
    developer = make_developer("百度")
    seen = version_of(developer)
    post(curator, developer, seen, name_en="Baidu", aliases="度娘")
    page = post(curator, developer, seen, name_zh="百度公司", name_en="", aliases="")
    form = page.context["adminform"].form
    assert "你的是" not in str(page.context["errors"])
    again = {name: form[name].value() for name in ("name_zh", "name_en", "aliases")}
    post(curator, developer, page.context["version"], **again)
    developer.refresh_from_db()
    assert (developer.name_zh, developer.name_en, developer.aliases) == ("百度公司", "Baidu", ["度娘"])


def test_a_refused_form_is_headed_by_the_saved_name(curator: Client) -> None:
    developer = make_developer("百度")
    page = post(curator, developer, 0, name_zh="千度")
    headed = page.content.decode().split("<form")[0]
    assert (str(page.context["original"]), page.context["subtitle"]) == ("百度", "百度")
    assert "千度" not in headed


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


def test_a_claims_columns_are_told_by_their_names_with_both_values(curator: Client) -> None:
    claim = make_entry("轩辕", parameters="千亿级").claims.get(field="parameters")
    address = f"/en/admin/models_catalog/claim/{claim.pk}/change/"
    form = {"answer": "value", "basis": "stated", "source": claim.source_id, "line": 1, "start": 0, "end": 5}
    seen = version_of_claims(claim.entry)
    curator.post(address, {**form, "quotation": "2600亿", "version": seen})
    page = curator.post(address, {**form, "quotation": "1760亿", "version": seen})
    told = str([*page.context["messages"]][-1])
    assert "Parameters “2600亿” · words that state the value: 千亿级 → 2600亿, yours is 1760亿;" in told
    assert "· parameters: 100B–1T → 260B, yours is 176B;" in told


@pytest.mark.parametrize(
    "address", ["claim/add/?entry={entry}&field=sector", "claim/queue/", "omission/add/", "claim/", "marketfigure/add/"]
)  # fmt: skip
def test_an_english_page_offers_sources_and_rows_in_english(curator: Client, address: str) -> None:
    entry = make_entry("轩辕", sectors=[make_sector("金融", name_en="Finance")])
    make_developer("百度", name_en="Baidu")
    page = curator.get(f"/en/admin/models_catalog/{address.format(entry=entry.pk)}").content.decode()
    offered = re.findall(r"(?:<option[^>]*>|<a href=.\?[^>]*>)([^<]+)<", page)
    assert [words for words in offered if "文章" in words or "金融" in words] == []
    assert any("Article thepaper-2023" in words for words in offered)


@pytest.mark.parametrize("field", ["name", "event", "parameters", "developer", "sector", "parent", "kind"])
def test_labels_begin_with_a_capital(curator: Client, field: str) -> None:
    entry = make_entry("轩辕")
    page = curator.get(f"/en/admin/models_catalog/claim/add/?entry={entry.pk}&field={field}")
    assert [
        label for label in (str(one.label) for one in page.context["form"]) if not label[0].isupper()
    ] == []
