"""What the index in memory says is what PostgreSQL says, whatever the filter."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models_catalog.catalog.index.current import current
from models_catalog.catalog.index.matching import membership
from models_catalog.catalog.results import Past, Present
from models_catalog.models.entry_queryset import SORTS
from tests.index.conftest import filtered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_many")]

VALUES = {
    "developer": [*(f"d{n}" for n in range(5)), "unstated"],
    "developer_kind": ["big-tech", "startup", "academia", "unstated"],
    "category": ["general", "industry", "unstated"],
    "kind": ["model", "family", "unstated"],
    "modality": ["text", "image", "video", "unstated"],
    "sector": ["jinrong", "yiliao", "qixiang", "unstated"],
    "openness": ["open", "closed", "unstated"],
    "stage": ["planned", "beta", "released", "unstated"],
    "evidence": ["stated", "inferred", "disputed", "one-source", "self-reported", "unstated"],
    "source": ["thepaper-2023", "unstated"],
}
for _values in VALUES.values():
    _values += [f"-{value}" for value in _values]
ONE_OF = {
    "q": [
        "文",
        "文心",
        "wx",
        "墨客",
        "一言",
        "公司1",
        "文心 公司",
        "wen xin",
        "公司 m",
        "没有",
        "·",
        "金融",
        "公司1文心",
        "文心大模型",
        "文心金融大模型",
        "wenxingongsi1",
        "金融 文心",
        "气象 模型",
        "大模型",
    ],
    "certainty": ["certain", "possible"],
    "include_unstated": ["1", "0"],
    "sort": [f"{sign}{name}" for name in SORTS for sign in ("", "-")],
}
SIZES = [
    {},
    {"parameters_min": "60亿"},
    {"parameters_max": "100B"},
    {"parameters_min": "1B", "parameters_max": "70亿"},
]
DAYS = [
    {},
    {"released_from": "2023"},
    {"released_to": "2022"},
    {"released_from": "2023-03", "released_to": "2023-04-01"},
]


def several(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


def query_string(*parts: dict[str, Any]) -> str:
    return urlencode({name: value for part in parts for name, value in part.items()}, doseq=True)


queries = st.builds(
    query_string,
    st.fixed_dictionaries({}, optional={name: several(values) for name, values in VALUES.items()}),
    st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in ONE_OF.items()}),
    st.sampled_from(SIZES),
    st.sampled_from(DAYS),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=queries, language=st.sampled_from(["zh-hans", "en"]))
def test_counts_and_order_are_those_of_sql(query: str, language: str) -> None:
    catalog = filtered(query)
    present, past = Present(catalog), Past(catalog)
    with translation.override(language):
        assert (stated(present), pages(present)) == (stated(past), pages(past))


@pytest.mark.parametrize("sort", SORTS)
def test_each_language_has_its_own_order(sort: str) -> None:
    catalog = filtered(f"sort={sort}")
    orders = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            orders.append(pages(Present(catalog)))
    assert orders[0] != orders[1]


def stated(results: Present | Past) -> dict[str, dict[str, int]]:
    """The counts that are not 0."""
    return {name: {key: n for key, n in counts.items() if n} for name, counts in results.counts().items()}


def pages(results: Present | Past) -> list[list[int]]:
    """The first page, one further on, and all."""
    everything = [pk for ids in results.ids() for pk in ids]
    return [results.page(0, 7), results.page(14, 7), everything]


def test_a_developer_that_leaves_its_kind_is_counted_under_the_new_one() -> None:
    state = current()
    maker = next(iter(state.references.developers.values()))
    before = set(membership(state, "developer_kind").codes([maker.kind]))
    maker.kind = "telecom"
    maker.save()
    after = current()
    assert membership(after, "developer_kind").codes(["telecom"]) <= before
