"""The catalog page's facets, ranges and chips: what each counts, and where each leads."""

import gzip

import pytest
from django.test import Client

from models_catalog.catalog.facets import FACETS
from models_catalog.catalog.page import OFFERED, PAGE_SIZE, FacetGroup
from models_catalog.models import Developer
from models_catalog.models.vocabulary import Category, DeveloperKind, EventKind, Openness
from tests.factories import make_developer, make_entries, make_entry
from tests.once import once
from tests.views.test_catalog import listed

pytestmark = pytest.mark.django_db


def group(client: Client, name: str, query: str = "") -> FacetGroup:
    groups: list[FacetGroup] = client.get(f"/models/?{query}").context["groups"]
    return next(one for one in groups if one.name == name)


def counts(client: Client, name: str, query: str = "") -> dict[str, int | None]:
    found = group(client, name, query)
    return {value.value: value.count for value in (*found.shown, *found.none)}


def _make_catalog() -> None:
    baidu = make_developer("百度", kind=DeveloperKind.BIG_TECH)
    huawei = make_developer("华为", kind=DeveloperKind.BIG_TECH)
    make_developer("清华大学", slug="tsinghua", kind=DeveloperKind.ACADEMIA)
    make_entry("文心", developers=[baidu], category=Category.GENERAL, parameters="2600亿", sectors=["金融"])
    make_entry("风乌", developers=[baidu, huawei], category=Category.INDUSTRY, sectors=["金融", "气象"])
    make_entry("书生", slug="shusheng", events={EventKind.BETA: ""}, openness=Openness.OPEN)


shared_catalog = once(_make_catalog)


@pytest.mark.usefixtures("shared_catalog")
@pytest.mark.parametrize(
    ("facet", "query", "expected"),
    [
        ("developer", "", {"baidu": 2, "huawei": 1, "tsinghua": 0, "unstated": 1}),
        ("developer", "developer=huawei", {"baidu": 2, "huawei": 1, "tsinghua": 0, "unstated": 1}),
        ("developer", "category=general", {"baidu": 1, "huawei": 0, "tsinghua": 0, "unstated": 0}),
        ("category", "developer=huawei", {"general": 0, "industry": 1, "unstated": 0}),
        ("category", "developer=huawei&category=general", {"general": 0, "industry": 1, "unstated": 0}),
        ("sector", "", {"jinrong": 2, "qixiang": 1, "unstated": 1}),
        ("openness", "", {"open": 1, "closed": 0, "unstated": 2}),
        ("stage", "", {"planned": 0, "announced": 0, "beta": 1, "in-use": 0, "released": 0, "unstated": 2}),
        ("kind", "q=书生", {"model": 1, "family": 0, "platform": 0, "application": 0, "unstated": 0}),
        ("source", "parameters_min=1B", {"thepaper-2023": 1, "unstated": 0}),
    ],
)
def test_facets_count_without_their_own_selection(
    client: Client, facet: str, query: str, expected: dict[str, int]
) -> None:
    assert counts(client, facet, query) == expected


@pytest.mark.usefixtures("shared_catalog")
def test_a_developer_kind_counts_an_entry_of_two_such_developers_once(client: Client) -> None:
    assert counts(client, "developer_kind")["big-tech"] == 2


@pytest.mark.usefixtures("shared_catalog")
def test_a_facet_count_is_what_choosing_it_gives(client: Client) -> None:
    for name in FACETS:
        for value in group(client, name, "sector=jinrong" if name != "sector" else "").shown:
            query = f"sector=jinrong&{name}={value.value}" if name != "sector" else f"sector={value.value}"
            assert (name, value.value, value.count) == (name, value.value, len(listed(client, query)))


@pytest.mark.usefixtures("shared_catalog")
def test_a_range_says_how_many_unknowns_it_hides(client: Client) -> None:
    assert client.get("/models/?parameters_min=1B").context["hidden"] == {"parameters": 2}


@pytest.mark.usefixtures("shared_catalog")
def test_a_range_that_includes_unknowns_hides_none(client: Client) -> None:
    assert client.get("/models/?parameters_min=1B&include_unstated=1").context["hidden"] == {}


@pytest.mark.usefixtures("shared_catalog")
def test_chips_lead_to_the_page_without_them(client: Client) -> None:
    query = "developer=baidu&developer=huawei&q=wen&sort=-name&page=1"
    chips = client.get(f"/models/?{query}", headers={"accept-language": "en"}).context["chips"]
    assert [(str(chip.heading), str(chip.label), chip.address) for chip in chips] == [
        ("Search", "wen", "?developer=baidu&developer=huawei&sort=-name"),
        ("Developer", "百度", "?q=wen&sort=-name&developer=huawei"),
        ("Developer", "华为", "?q=wen&sort=-name&developer=baidu"),
    ]


@pytest.mark.parametrize("sign", ["", "-"])
def test_of_very_many_chosen_values_some_have_chips(client: Client, sign: str) -> None:
    """Each chip writes all the other values out again."""
    slugs = [make_developer(f"公司{number}", slug=f"d{number}").slug for number in range(40)]
    page = client.get("/en/models/", {"developer": [sign + slug for slug in slugs]})
    text = page.content.decode()
    assert (len(page.context["chosen"]), text.count('<a class="chip"'), "and 10 others" in text) == (
        40,
        30,
        True,
    )


@pytest.mark.usefixtures("shared_catalog")
def test_an_empty_result_says_what_each_removal_gives(client: Client) -> None:
    chips = client.get("/models/?developer=tsinghua&developer=huawei&q=文心").context["chips"]
    assert [(chip.name, chip.value, chip.count) for chip in chips] == [
        ("q", "文心", 1),
        ("developer", "tsinghua", 0),
        ("developer", "huawei", 0),
    ]


def test_long_facets_are_cut_and_keep_what_is_chosen(client: Client) -> None:
    for number in range(15):
        make_entry(f"模型{number:02}", developers=[f"公司{number:02}"])
    developers = group(client, "developer", "developer=gongsi-14")
    assert (len(developers.shown), len(developers.cut), developers.has_chosen_cut) == (10, 5, True)
    assert [value.value for value in developers.none] == ["unstated"]


@pytest.mark.usefixtures("shared_catalog")
def test_facets_open_where_something_is_chosen_or_wrong_and_three_always(client: Client) -> None:
    def opened(query: str) -> set[str]:
        return {one.name for one in client.get(f"/models/?{query}").context["groups"] if one.is_open}

    always = {"developer", "sector", "openness"}
    assert opened("") == always
    assert opened("stage=beta&kind=nonsense") == always | {"stage", "kind"}


@pytest.fixture
def _two_thousand() -> None:
    """A full page, and more developers than a page can list."""
    make_entries(
        PAGE_SIZE, developers=["百度", "华为"], sectors=["金融"], modalities=["text"], parameters="2600亿"
    )
    Developer.objects.bulk_create(
        Developer(slug=f"d{n}", name_zh=f"第{n}号公司", kind=DeveloperKind.STARTUP, sort_key=f"z{n:04}")
        for n in range(2_000)
    )


@pytest.mark.usefixtures("_two_thousand")
def test_of_very_many_developers_fifty_and_the_chosen_are_listed(client: Client) -> None:
    developers = group(client, "developer", "developer=d1999")
    assert (developers.shown[0].value, len(developers.cut), developers.left_out) == ("baidu", 51, 1_941)
    assert [value.value for value in developers.cut if value.is_chosen] == ["d1999"]


@pytest.mark.usefixtures("_two_thousand")
def test_the_page_says_how_many_developers_it_does_not_list(client: Client) -> None:
    page = client.get("/en/models/").content.decode()
    assert "1942 others: search for a name" in page
    assert page.count('name="developer"') == 61


@pytest.mark.usefixtures("_two_thousand")
@pytest.mark.parametrize("path", ["/zh/models/", "/en/models/"])
def test_the_page_stays_within_sixty_kilobytes(client: Client, path: str) -> None:
    assert len(gzip.compress(client.get(path).content)) <= 60_000


@pytest.mark.usefixtures("shared_catalog")
def test_an_empty_result_of_ranges_says_what_each_removal_gives(client: Client) -> None:
    query = "developer=huawei&parameters_min=1T&released_to=2020&certainty=certain"
    chips = client.get(f"/models/?{query}").context["chips"]
    assert [(chip.name, chip.count) for chip in chips] == [
        ("developer", 0),
        ("parameters_min", 0),
        ("released_to", 0),
        ("certainty", 0),
    ]


@pytest.mark.usefixtures("shared_catalog")
def test_a_refused_query_lists_nothing_and_keeps_what_was_typed(client: Client) -> None:
    response = client.get("/models/?parameters_min=lots&developer=baidu", headers={"accept-language": "en"})
    page = response.content.decode()
    assert (response.status_code, 'value="lots"' in page, "文心" in page, page.count("checked")) == (
        400,
        True,
        False,
        1,
    )


@pytest.mark.usefixtures("shared_catalog")
def test_a_chip_excludes_its_value_and_only_once(client: Client) -> None:
    def offered(query: str) -> list[str]:
        return [chip.excluding for chip in client.get(f"/models/?{query}").context["chips"]]

    assert offered("q=wen&sector=jinrong&sector=qixiang") == [
        "",
        "?q=wen&sector=-jinrong&sector=qixiang",
        "?q=wen&sector=jinrong&sector=-qixiang",
    ]
    assert offered("sector=-jinrong") == [""]


@pytest.mark.usefixtures("shared_catalog")
def test_an_excluded_value_is_ticked_in_its_place(client: Client) -> None:
    sectors = group(client, "sector", "sector=-jinrong&sector=-unstated")
    assert [(one.value, str(one.label), one.is_chosen, one.count) for one in sectors.shown] == [
        ("-jinrong", "不含金融", True, None),
        ("qixiang", "气象", False, 1),
        ("-unstated", "有值", True, None),
    ]


@pytest.mark.usefixtures("shared_catalog")
def test_a_value_both_chosen_and_excluded_is_named_twice(client: Client) -> None:
    chips = client.get("/zh/models/?sector=jinrong&sector=-jinrong").context["chips"]
    assert [str(chip.label) for chip in chips] == ["金融", "不含金融"]


@pytest.mark.usefixtures("shared_catalog")
def test_an_excluded_developer_beyond_the_offered_is_named(client: Client) -> None:
    for number in range(OFFERED):
        make_entry(f"模型{number:02}", developers=[f"公司{number:02}"])
    labels = [str(chip.label) for chip in client.get("/zh/models/?developer=-tsinghua").context["chips"]]
    assert labels == ["不含清华大学"]
