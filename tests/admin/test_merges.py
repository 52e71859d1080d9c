"""The pages for merging: both side by side, which value stands and why, and nothing overwritten."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.claims.merge import merge_entries
from models_catalog.curation.near import namesakes
from models_catalog.models import Entry, Merge
from models_catalog.models.vocabulary import Category, EventKind, Field, NameKind, Openness
from tests.decisions import accept_claim, reject_claim
from tests.factories import make_entry, propose

pytestmark = pytest.mark.django_db
NEAR = "admin:models_catalog_entry_near"


@pytest.fixture
def kept() -> Entry:
    return make_entry(
        "文心一言", slug="yiyan", parameters="2600亿", developers=["百度"], category=Category.GENERAL,
        events={EventKind.RELEASED: "2023-03-16"},
    )  # fmt: skip


@pytest.fixture
def double() -> Entry:
    return make_entry(
        "文心", slug="wenxin", name_en="Wenxin", parameters="千亿级", developers=["百度云"], sectors=["金融"],
        category=Category.GENERAL, openness=Openness.CLOSED, aliases=[(NameKind.TRADITIONAL, "文心壹言")],
        events={EventKind.ANNOUNCED: "2023-02"},
    )  # fmt: skip


def address(entry: Entry) -> str:
    return reverse("admin:models_catalog_entry_merge", args=[entry.pk])


def shown(client: Client, entry: Entry, kept: Entry) -> Any:
    return client.get(address(entry), {"into": kept.pk}, headers={"Accept-Language": "en"})


def form_of(page: Any) -> dict[str, Any]:
    """What the page's own button sends."""
    kept_version, version = page.context["versions"]
    return {"into": page.context["kept"].pk, "kept_version": kept_version, "version": version}


def test_each_field_says_which_value_stands_and_why(
    administrator: Client, kept: Entry, double: Entry
) -> None:
    rows = shown(administrator, double, kept).context["preview"].rows
    assert {row.heading: (row.merged, row.kept, row.then, row.why.value) for row in rows} == {
        "Chinese name": ("文心", "文心一言", "文心一言", "name"),
        "English name": ("Wenxin", "", "Wenxin", "merged"),
        "Other names": ("文心壹言", "", "文心, 文心壹言", "merged"),
        "Kind": ("Model", "Model", "Model", "same"),
        "Category": ("General-purpose", "General-purpose", "General-purpose", "same"),
        "Parameters": ("千亿级 · 100B–1T", "260B", "260B", "conflict"),
        "Release date": ("", "16 March 2023", "16 March 2023", "kept"),
        "Stage": ("Announced", "Released", "Released", "later"),
        "Openness": ("Closed", "", "Closed", "merged"),
        "Developer": ("百度云", "百度", "百度, 百度云", "both"),
        "Target industry": ("Jinrong", "", "Jinrong", "merged"),
    }


def test_what_moves_is_counted_and_nothing_moves_yet(
    administrator: Client, kept: Entry, double: Entry
) -> None:
    member = make_entry("文心行业版", parent=double)
    n = double.claims.count()
    preview = shown(administrator, double, kept).context["preview"]
    found = preview.claims, preview.conflicts, preview.names, preview.members
    assert found == (n, 1, ["文心", "Wenxin", "文心壹言"], [member])
    assert double.claims.count() == n


def test_the_button_pressed_twice_merges_once_and_says_so_once(
    administrator: Client, kept: Entry, double: Entry
) -> None:
    form = form_of(shown(administrator, double, kept))
    for _press in range(2):
        page = administrator.post(address(double), form, headers={"Accept-Language": "en"})
        assert page.status_code == 302
    told = [str(one) for one in administrator.get(page["Location"]).context["messages"]]
    assert (Merge.objects.count(), len(told), "Merged" in told[0] or "合并" in told[0]) == (1, 1, True)


def test_the_button_merges(administrator: Client, kept: Entry, double: Entry) -> None:
    administrator.post(address(double), form_of(shown(administrator, double, kept)))
    double.refresh_from_db()
    assert double.merged_into == kept


@pytest.mark.parametrize("changed", ["kept", "merged"])
def test_the_second_of_two_is_told_and_shown_anew(
    administrator: Client, kept: Entry, double: Entry, changed: str
) -> None:
    form = form_of(shown(administrator, double, kept))
    entry = kept if changed == "kept" else double
    reject_claim(claim=entry.claims.get(field="parameters"), reviewer="another")
    page = administrator.post(address(double), form, headers={"Accept-Language": "en"})
    assert "Somebody else saved first" in page.content.decode()
    assert not Merge.objects.exists()
    administrator.post(address(double), form_of(page))
    assert Merge.objects.get().kept == kept


@pytest.mark.parametrize("words", ["", "yiyan", "wxyy", "文心一言", "百度"])
def test_the_other_is_found_by_any_name(
    administrator: Client, kept: Entry, double: Entry, words: str
) -> None:
    page = administrator.get(address(double), {"q": words})
    assert page.context["candidates"] == [kept]


def test_itself_and_its_family_are_refused_in_words(administrator: Client, kept: Entry) -> None:
    member = make_entry("文心行业版", parent=kept)
    for into, told in (
        (kept, "An entry cannot be merged into itself."),
        (member, "文心行业版 is part of 文心一言"),
    ):
        page = shown(administrator, kept, into)
        assert (page.context["preview"], told in page.content.decode()) == (None, True)


def test_what_is_only_proposed_is_shown_in_its_place(administrator: Client, kept: Entry) -> None:
    nameless = Entry.objects.create(slug="qingyan")
    propose(nameless, Field.NAME, text="清言", token="zh")
    page = shown(administrator, nameless, kept)
    rows = {row.heading: (row.merged, row.waits) for row in page.context["preview"].rows}
    assert rows["Chinese name"] == ("", "清言")
    assert '<h2 id="effect">清言 → 文心一言</h2>' in page.content.decode()


def test_the_page_asks_as_much_for_four_as_for_two(
    administrator: Client, double: Entry, django_assert_num_queries: Any
) -> None:
    for name in ("文心一", "文心二"):
        make_entry(name, developers=["百度"])
    with django_assert_num_queries(13):
        assert len(administrator.get(address(double)).context["candidates"]) == 2
    for name in ("文心三", "文心四"):
        make_entry(name, developers=["百度"])
    with django_assert_num_queries(13):
        assert len(administrator.get(address(double)).context["candidates"]) == 4


def test_lone_match_is_shown_at_once(administrator: Client, kept: Entry, double: Entry) -> None:
    page = administrator.get(address(double))
    assert (page.context["kept"], page.context["preview"].conflicts) == (kept, 1)


def test_lone_match_that_cannot_be_merged_is_no_error(administrator: Client, kept: Entry) -> None:
    make_entry("文心一言行业版", parent=kept)
    page = administrator.get(address(kept))
    assert (page.context["kept"], page.context["error"]) == (None, "")


def test_what_was_decided_since_is_shown_before_it_is_undone(
    administrator: Client, kept: Entry, double: Entry
) -> None:
    merge = merge_entries(kept=kept, merged=double, by="admin")
    accept_claim(claim=kept.claims.get(stated="千亿级"), reviewer="curator", preferred=True)
    undo = reverse("admin:models_catalog_merge_undo", args=[merge.pk])
    since = administrator.post(undo).context["since"]
    assert [[claim.stated for claim in found] for found in (since.decided, since.yielded)] == [
        ["千亿级"],
        ["2600亿"],
    ]
    administrator.post(undo, {"despite": since.version})
    merge.refresh_from_db()
    assert merge.undone_by == "the-admin"


@pytest.mark.parametrize("despite", ["x", "-1", "9" * 30, "\0"])
def test_a_version_that_is_none_undoes_nothing(
    administrator: Client, kept: Entry, double: Entry, despite: str
) -> None:
    merge = merge_entries(kept=kept, merged=double, by="admin")
    reject_claim(claim=kept.claims.get(stated="千亿级"), reviewer="curator")
    page = administrator.post(
        reverse("admin:models_catalog_merge_undo", args=[merge.pk]), {"despite": despite}
    )
    assert page.context["since"].version > 0


def test_entries_of_one_name_are_one_list_without_families(administrator: Client, kept: Entry) -> None:
    homonym, other = make_entry("盘古", slug="pangu"), make_entry("天", slug="tian", aliases=["盘 古"])
    double = make_entry("文 心一言", slug="double", developers=["百度"])
    make_entry("文心医研", slug="sounds-alike")
    make_entry("盘古大", slug="member", parent=other, aliases=["天"])
    make_entry("文心一言+", slug="plus")
    assert namesakes() == [(double, kept), (homonym, other)]
    assert reverse(NEAR) in administrator.get(reverse("admin:index")).content.decode()
    assert f"{address(double)}?into={kept.pk}" in administrator.get(reverse(NEAR)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_namesakes_asks_as_much_for_three_as_for_one(
    viewer: Client, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make_entry(f"盘古{number}", slug=f"one-{number}", developers=["华为"])
        make_entry(f"盘古 {number}", slug=f"two-{number}", developers=["华为"])
    with django_assert_num_queries(9):
        page = viewer.get(reverse(NEAR))
    assert (len(page.context["shown"]), b"?into=" in page.content) == (count, False)
