"""Any name, any script, best hit first."""

import pytest
from django.db import connection

from models_catalog.models import Entry, SearchKey
from models_catalog.models.vocabulary import NameKind
from models_catalog.text.names import bigrams
from tests.factories import make_developer, make_entry
from tests.once import once

pytestmark = pytest.mark.django_db


def found(q: str) -> list[str]:
    return [entry.name_zh for entry in Entry.objects.listed().search(q).by_relevance(q)]


def _make_models() -> None:
    baidu = make_developer("百度", name_en="Baidu", aliases=["baidu.com"])
    make_entry("文心一言", name_en="ERNIE Bot", developers=[baidu], aliases=[(NameKind.SHORT, "文心")])
    make_entry("文心", name_en="ERNIE", developers=[baidu], slug="wenxin")
    make_entry("盘古", developers=["华为"], aliases=[(NameKind.TRADITIONAL, "盤古")])
    make_entry("通义千问", developers=["阿里云"])
    make_entry("MindGPT", developers=["理想汽车"])
    make_entry("书生", developers=["商汤科技"], aliases=[(NameKind.CORRUPTED, "墨客")])
    make_entry("紫东·太初", developers=["中科院自动化所"])


shared_models = once(_make_models)


@pytest.mark.usefixtures("shared_models")
@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("wxyy", ["文心一言"]),
        ("盤古", ["盘古"]),
        ("盘古", ["盘古"]),
        ("pangu", ["盘古"]),
        ("千问", ["通义千问"]),
        ("义千", ["通义千问"]),
        ("MindGPT", ["MindGPT"]),
        ("Mind GPT", ["MindGPT"]),
        ("ｍｉｎｄｇｐｔ", ["MindGPT"]),
        ("墨客", ["书生"]),
        ("mk", ["书生"]),
        ("wenxin", ["文心", "文心一言"]),
        ("wen xin yi yan", ["文心一言"]),
        ("wénxīn yīyán", ["文心一言"]),
        ("Wénxīn", ["文心", "文心一言"]),
        ("wenxinyiyan", ["文心一言"]),
        ("ERNIE", ["文心", "文心一言"]),
        ("紫东太初", ["紫东·太初"]),
        ("百度", ["文心", "文心一言"]),
        ("baidu", ["文心", "文心一言"]),
        ("百度 一言", ["文心一言"]),
        ("baidu wenxin", ["文心", "文心一言"]),
        ("百度 盘古", []),
        ("百度 an", []),
        ("百度 bot", ["文心一言"]),
        ("百度 wen", ["文心", "文心一言"]),
        ("千文", []),
        ("问千", []),
        ("·", []),
        ("%", []),
        ("", []),
    ],
)
def test_search_finds_by_any_name(q: str, names: list[str]) -> None:
    assert found(q) == names


def test_search_ranks_names_before_aliases_before_developers_before_parts() -> None:
    make_entry("大星辰", slug="inside")
    make_entry("星辰大海", slug="prefix")
    make_entry("书生", slug="by-developer", developers=["星辰"])
    make_entry("浦语", slug="by-alias", aliases=["星辰"])
    make_entry("星辰", slug="by-name")
    slugs = [entry.slug for entry in Entry.objects.search("星辰").by_relevance("星辰")]
    assert slugs == ["by-name", "by-alias", "by-developer", "prefix", "inside"]


def test_search_uses_the_token_index() -> None:
    entry = make_entry("文心一言")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO models_catalog_searchkey (entry_id, tier, text, key) "
            "SELECT %s, 2, 'x' || n, 'x' || n FROM generate_series(1, 20000) n",
            [entry.pk],
        )
        cursor.execute("SELECT gin_clean_pending_list('search_key_bigrams')")
        cursor.execute("ANALYZE models_catalog_searchkey")
    plan = SearchKey.objects.holding("心一").explain()
    assert "search_key_bigrams" in plan


@pytest.mark.parametrize("key", ["文心一言", "wenxin", "m", "", "aaaa", "x" * 250])
def test_the_database_makes_the_tokens_that_a_query_asks_for(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalog_bigrams(%s)", [key])
        assert set(cursor.fetchone()[0]) == set(bigrams(key))
