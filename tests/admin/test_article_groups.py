"""An article's findings by model: named once, ticked together where nothing speaks against them, joined to others."""

from typing import Any

import pytest
from django.test import Client

from models_catalog.curation.articles import reading as marked
from models_catalog.curation.articles.groups import GroupStanding, ModelGroup
from models_catalog.intake.articles.finding import Doubt
from models_catalog.intake.articles.findings import read_within
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Basis, Field, NameKind, Status
from tests.admin.articles import DETAILS, read
from tests.factories import make_claim, make_entry

TEXT = "3月16日,甲公司发布大模型“青鸾”,青鸾的参数为2600亿。青鸾未来的参数将超过9000亿。\n混元T9大模型的参数为130亿。"
ADDRESS = "/en/admin/models_catalog/source/read/"


@pytest.fixture(autouse=True)
def registry(db: None) -> None:
    make_entry("混元", developers=["腾讯"])


def group_of(page: Any, name: str) -> ModelGroup:
    groups: list[ModelGroup] = page.context["groups"]
    return next(group for group in groups if group.name == name)


def send(client: Client, page: Any, press: str = "_propose", value: str = "", **more: Any) -> Any:
    """The second page as a browser sends it, with what was typed over it."""
    data: dict[str, Any] = {press: value, "article": page.context["carried"], **DETAILS}
    data["marked"] = page.context["marks"]
    for group in page.context["groups"]:
        data |= {f"name-{group.key}": group.name}
        if group.is_new:
            data |= {f"is-{group.key}": group.standing.value, f"of-{group.key}": group.of}
        data |= {f"take-{card.finding.key}": "1" for card in group.cards if card.taken}
    return client.post(ADDRESS, data | more)


def taken(page: Any, name: str) -> Any:
    """The page once the sure findings of one model are ticked, as its button does without script."""
    return send(page.client, page, "_all", group_of(page, name).key)


def test_nothing_of_a_new_model_is_ticked_by_itself(curator: Client) -> None:
    assert [card.taken for card in read(curator, TEXT).context["cards"]].count(True) == 0


def test_a_model_is_ticked_at_once_but_not_what_is_doubtful_in_itself(curator: Client) -> None:
    group = group_of(taken(read(curator, TEXT), "青鸾"), "青鸾")
    assert {(card.field, card.finding.stated) for card in group.cards if card.taken} == {
        (Field.NAME, "青鸾"), (Field.EVENT, "3月16日"), (Field.PARAMETERS, "2600亿")
    }  # fmt: skip
    assert [card.finding.stated for card in group.unsure] == ["超过9000亿"]


def test_what_is_the_same_as_an_entry_becomes_another_name_of_it(curator: Client) -> None:
    page = taken(read(curator, TEXT), "青鸾")
    key = group_of(page, "青鸾").key
    send(curator, page, **{f"is-{key}": GroupStanding.SAME, f"of-{key}": "混元"})
    claim = Claim.objects.get(text="青鸾")
    assert (claim.entry.name_zh, claim.token, Entry.objects.count()) == ("混元", NameKind.ALIAS, 1)
    assert claim.entry.claims.filter(field=Field.PARAMETERS, stated="2600亿").exists()


def test_a_version_of_a_known_name_is_offered_as_a_new_member(curator: Client) -> None:
    page = taken(read(curator, TEXT), "混元T9")
    assert (group_of(page, "混元T9").standing, group_of(page, "混元T9").of) == (GroupStanding.MEMBER, "混元")
    send(curator, page)
    claim = Claim.objects.get(field=Field.PARENT)
    assert (claim.entry.slug, str(claim.parent), claim.basis) == ("hunyuan-t9", "混元", Basis.INFERRED)
    assert (claim.quotation, claim.reason_en) == ("混元T9", "The name holds “混元”.")


def test_a_member_whose_name_does_not_hold_the_family_is_the_curators_knowledge(curator: Client) -> None:
    page = taken(read(curator, TEXT), "青鸾")
    key = group_of(page, "青鸾").key
    send(curator, page, **{f"is-{key}": GroupStanding.MEMBER, f"of-{key}": "混元"})
    claim = Claim.objects.get(field=Field.PARENT)
    assert (claim.basis, claim.source, claim.quotation) == (Basis.CURATOR, None, "")


def test_a_member_can_be_of_a_family_that_is_new_too(curator: Client) -> None:
    page = taken(taken(read(curator, TEXT), "青鸾"), "混元T9")
    key = group_of(page, "混元T9").key
    send(curator, page, **{f"of-{key}": "青鸾"})
    assert str(Claim.objects.get(field=Field.PARENT).parent.slug) == "qingluan"  # type: ignore[union-attr]


@pytest.mark.parametrize("family", ["无此名", "混元T9", "混\x01元"])
def test_a_member_of_no_entry_is_refused(curator: Client, family: str) -> None:
    page = taken(read(curator, TEXT), "混元T9")
    key = group_of(page, "混元T9").key
    answer = send(curator, page, **{f"of-{key}": family})
    assert "of which one entry this is a member" in answer.content.decode()
    assert not Claim.objects.filter(text="混元T9").exists()


def test_the_borders_of_a_name_can_be_moved_within_its_line(curator: Client) -> None:
    page = taken(read(curator, "甲公司发布大模型“青鸾”专业版,青鸾的参数为2600亿。"), "青鸾")
    key = group_of(page, "青鸾").key
    send(curator, page, **{f"name-{key}": "“青鸾”专业版"})
    claim = Claim.objects.get(field=Field.NAME, entry__name_zh="")
    assert (claim.text, claim.stated, claim.place) == ("“青鸾”专业版", "“青鸾”专业版", "1:8-15")
    assert claim.entry.claims.filter(field=Field.PARAMETERS).exists()


def test_of_a_long_article_no_more_is_read_again_than_is_shown(
    curator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Doubts were looked for in all 15,000 findings, each beside each: half a minute for a page that shows 600."""
    asked: list[int] = []

    def reading(*args: Any) -> Any:
        asked.append(args[3])
        return read_within(*args)

    monkeypatch.setattr(marked, "read_within", reading)
    page = read(curator, "\n".join(f"3月{day}日,甲公司发布大模型“青鸾{day}”。" for day in range(1, 29)))
    assert asked == [marked.MAX_FINDINGS, 2 * len(page.context["cards"])]


def test_what_an_article_says_against_itself_is_in_doubt_wherever_it_stands(curator: Client) -> None:
    days = "".join(f"2023年{month}月,“青鸾”大模型发布。\n" for month in (3, 4, 5))
    doubts = [card.doubt for card in read(curator, days).context["cards"] if card.field == Field.EVENT]
    assert doubts == [Doubt.RIVAL] * 3


def test_a_name_that_was_rejected_is_not_offered_again(curator: Client) -> None:
    make_claim(
        make_entry("别的"),
        Field.NAME,
        text="青鸾",
        token=NameKind.ALIAS,
        words="青鸾",
        status=Status.REJECTED,
    )
    group = group_of(read(curator, TEXT), "青鸾")
    assert (group.was_rejected, group.solid) == (True, [])
