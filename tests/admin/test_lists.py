"""The admin's lists: found by any name, filtered by bounded choices, never a 500."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from models_catalog.models import Claim
from models_catalog.models.vocabulary import Category, Field, NameKind
from tests.factories import make_claim, make_developer, make_entry, make_sector, make_source, propose

NASTIES = [
    "", " ", "\0", "a\0b", "x" * 5_000, "9" * 5_000, "1e999999", "NaN", "-1", "0", "(", "[", "\\", "%", "'",
    "' OR 1=1 --", "{}", "<script>alert(1)</script>", "‮abc", "٣", "💥", "null", "2023-99-99",
]  # fmt: skip
FEW = ["a\0b", "9" * 5_000, "(", "'", "%"]
PARAMETERS = [
    "q", "p", "o", "all", "e", "_facets", "_to_field", "_popup", "category", "developer", "listed", "modality",
    "source", "status", "pk", "id", "name_zh__regex", "created_at__year", "entry__claims__id", "x" * 3_000,
]  # fmt: skip
TABLES = sorted(
    f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    for model in admin.site._registry
    if model._meta.app_label == "models_catalog"
)


def listed(client: Client, table: str = "entry", **query: str) -> list[str]:
    response = client.get(reverse(f"admin:models_catalog_{table}_changelist"), query)
    assert response.status_code == 200
    return [str(row) for row in response.context["cl"].result_list]


@pytest.mark.parametrize(
    "term", ["文心", "文心一言", "wenxin", "wxyy", "ERNIE", "ernie bot", "百度", "文心 百度"]
)
def test_entries_are_found_by_any_name(viewer: Client, term: str) -> None:
    make_entry("文心一言", aliases=[(NameKind.EN, "ERNIE Bot")], developers=["百度"])
    make_entry("通义千问", developers=["阿里"])
    assert listed(viewer, q=term) == ["文心一言"]


def test_claims_are_found_by_the_name_of_their_entry(viewer: Client) -> None:
    entry = make_entry("盘古", parameters="2000亿")
    make_entry("通义千问")
    assert len(listed(viewer, "claim", q="盤古")) == entry.claims.count()


def test_developers_are_found_by_pinyin(viewer: Client) -> None:
    make_developer("百度")
    make_developer("阿里")
    assert listed(viewer, "developer", q="baidu") == ["百度"]


def test_entries_are_filtered_by_developer_sector_and_category(viewer: Client) -> None:
    make_entry("轩辕", developers=["度小满"], sectors=["金融"], category=Category.INDUSTRY)
    make_entry("文心一言", developers=["百度"], category=Category.GENERAL)
    query = {"developer": "duxiaoman", "sector": "jinrong", "category": "industry", "openness": "unstated"}
    assert listed(viewer, **query) == ["轩辕"]


def columns_of(client: Client, **query: str) -> tuple[list[str], dict[str, str]]:
    """The columns of the list of entries after its name, and where each choice of one leads."""
    listing = client.get(reverse("admin:models_catalog_entry_changelist"), query).context["cl"]
    choices = listing.filter_specs[-1].choices(listing)
    names = [getattr(one, "__name__", one) for one in listing.list_display]
    return names[names.index("name") + 1 :], {str(one["display"]): one["query_string"] for one in choices}


def test_columns_are_chosen_by_the_address(viewer: Client) -> None:
    everything, _leads = columns_of(viewer)
    assert len(everything) > 8
    shown, leads = columns_of(viewer, columns="waiting,kind", listed="listed", o="2")
    at = everything.index("kind") + 2
    assert (shown, leads["全部"]) == (["kind", "waiting"], f"?listed=listed&o={at}")
    assert leads["开源情况"] == "?columns=kind%2Copenness%2Cwaiting&listed=listed&o=2"
    assert columns_of(viewer, columns="kind")[1]["类型"] == "?"


def test_the_order_of_a_list_stays_with_its_columns(viewer: Client) -> None:
    _shown, leads = columns_of(viewer, columns="waiting,kind", o="-3.1.2")
    assert leads["类型"] == "?columns=waiting&o=-2.1"
    assert leads["开源情况"] == "?columns=kind%2Copenness%2Cwaiting&o=-4.1.2"


def test_column_that_there_is_not_is_refused(viewer: Client) -> None:
    address = reverse("admin:models_catalog_entry_changelist")
    assert [viewer.get(address, {"columns": one}).status_code for one in ("name", "kind,x")] == [400, 400]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"developer": "baidu,ali"}, ["通义千问", "文心一言"]),
        ({"category": "general,unstated"}, ["通义千问", "文心一言"]),
        ({"without": "parameters"}, ["轩辕"]),
        ({"without": "parameters,sector"}, ["通义千问", "文心一言", "轩辕"]),
        ({"claims": "proposed"}, ["轩辕"]),
        ({"claims": "proposed,disputed"}, ["文心一言", "轩辕"]),
    ],
)
def test_work_is_found_by_filters_that_take_several_values(
    viewer: Client, query: dict[str, str], found: list[str]
) -> None:
    propose(make_entry("轩辕", sectors=["金融"], category=Category.INDUSTRY), Field.OPENNESS, token="open")
    make_entry("通义千问", developers=["阿里"], parameters="千亿级")
    disputed = make_entry("文心一言", developers=["百度"], category=Category.GENERAL, parameters="2600亿")
    make_claim(disputed, Field.OPENNESS, token="open", status="disputed", preferred=False, ruling="curator")
    assert sorted(listed(viewer, **query)) == sorted(found)


def test_links_of_a_filter_add_a_value_and_take_it_away(viewer: Client) -> None:
    page = viewer.get(reverse("admin:models_catalog_entry_changelist"), {"category": "general"})
    (spec,) = [one for one in page.context["cl"].filter_specs if one.parameter_name == "category"]
    links = [(choice["selected"], choice["query_string"]) for choice in spec.choices(page.context["cl"])]
    both, none = "?category=general%2Cindustry", "?category=general%2Cunstated"
    assert links == [(False, "?"), (True, "?"), (False, both), (False, none)]


def test_front_page_leads_to_what_is_left_to_do(curator: Client) -> None:
    waits = propose(make_entry("轩辕", sectors=["金融"]))
    Claim.objects.filter(pk=waits.pk).update(created_at=timezone.now() - timedelta(days=8))
    page = curator.get("/admin/", headers={"Accept-Language": "en"})
    shown, html = page.context["dashboard"], page.content.decode()
    assert (shown.waiting, shown.waiting_week, shown.waiting_month) == (1, 1, 0)
    assert "?age=over-week" in html
    assert "?listed=listed&amp;without=parameters" in html


def test_unstated_lists_entries_without_the_value(viewer: Client) -> None:
    make_entry("轩辕", sectors=["金融"])
    make_entry("文心一言")
    assert listed(viewer, sector="unstated") == ["文心一言"]


@pytest.mark.parametrize(
    "query", [{"category": "nonsense"}, {"name_zh__regex": "("}, {"q": "a\0"}, {"nonsense": "1"}]
)
def test_a_bad_parameter_is_a_bad_request(viewer: Client, query: dict[str, str]) -> None:
    address = reverse("admin:models_catalog_entry_changelist")
    assert viewer.get(address, query).status_code == 400


@pytest.mark.parametrize(
    ("table", "names", "values"),
    [
        ("admin:models_catalog_entry_changelist", PARAMETERS, NASTIES),
        *((name, ["q", "p"], FEW) for name in TABLES),
    ],
)
def test_no_parameter_breaks_a_list(viewer: Client, table: str, names: list[str], values: list[str]) -> None:
    make_entry("文心一言", developers=["百度"], sectors=["金融"])
    viewer.raise_request_exception = False
    cases = [(name, value) for name in names for value in values]
    answers = {case: viewer.get(reverse(table), [case]).status_code for case in cases}
    assert {case: status for case, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("picked", ["x", "9" * 30, "\0", "1; drop", "-1", "٣"])
def test_a_bad_selection_is_a_bad_request(viewer: Client, picked: str) -> None:
    address = reverse("admin:models_catalog_entry_changelist")
    response = viewer.post(address, {"action": "export_csv", "_selected_action": picked})
    assert response.status_code == 400


@pytest.mark.parametrize("number", ["9" * 40, "x", "0", "%00", "-1"])
def test_a_row_that_is_not_there_is_no_error(curator: Client, number: str) -> None:
    make_source()
    response = curator.get(f"/admin/models_catalog/source/{number}/change/")
    assert response.status_code in (302, 404)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_entries_asks_the_same_questions_for_any_number(
    viewer: Client, rows: int, django_assert_num_queries: object
) -> None:
    for number in range(rows):
        make_entry(f"模型{number}", developers=["百度"], sectors=["金融"], slug=f"m-{number}")
    make_sector("医疗")
    with django_assert_num_queries(12):  # type: ignore[operator]  # a fixture of pytest-django
        listed(viewer)


def test_a_page_past_the_end_is_said_with_a_way_back(curator: Client) -> None:
    answer = curator.get(reverse("admin:models_catalog_entry_changelist"), {"p": "999"})
    page = answer.content.decode()
    assert (answer.status_code, "列表没有第999页" in page) == (404, True)
    assert f'href="{reverse("admin:index")}"' in page


@pytest.mark.parametrize(
    ("query", "said"), [({"p": "abc"}, "“abc”不是页码"), ({"sectr": "1"}, "没有名为“sectr”的参数")]
)
def test_what_a_list_does_not_know_is_refused_in_words(
    curator: Client, query: dict[str, str], said: str
) -> None:
    answer = curator.get(reverse("admin:models_catalog_entry_changelist"), query)
    page = answer.content.decode()
    assert (answer.status_code, said in page, "返回编辑台" in page) == (400, True, True)


def test_readers_are_led_to_no_desk(client: Client) -> None:
    assert "返回编辑台" not in client.get("/zh/nothing/").content.decode()


def test_who_may_not_is_led_back_to_the_desk(viewer: Client) -> None:
    answer = viewer.get(reverse("admin:models_catalog_claim_together"))
    assert (answer.status_code, "返回编辑台" in answer.content.decode()) == (403, True)
