"""A developer whom nobody knows yet, and a spinner's word for a name: asked on the page, proposed as answered."""

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.models import Claim, Developer, Entry
from models_catalog.models.vocabulary import Basis, Field
from tests.admin.articles import card_of, propose, read
from tests.decisions import accept_claim
from tests.factories import make_developer

pytestmark = pytest.mark.django_db

TEXT = "3月16日,星河大学发布大模型“青鸾”。"
SPUN = "家养智能的大模子是天生式的。\nbaidu宣告了大模子“墨客”。"


@pytest.mark.parametrize(
    ("typed", "stated", "made"),
    [
        ("星河大学", "星河大学", [("星河大学", "academia")]),
        ("星河", "星河", [("星河", "ai-company")]),
        ("XH", "星河", []),
    ],
)
def test_a_developer_is_proposed_under_the_name_that_is_typed_if_its_line_holds_it(
    curator: Client, typed: str, stated: str, made: list[tuple[str, str]]
) -> None:
    known = make_developer("某机构", name_en="XH", aliases=["星河"]) if typed == "XH" else None
    page = read(curator, TEXT)
    card = card_of(page, Field.DEVELOPER, "青鸾")
    propose(curator, page, card, card_of(page, Field.NAME, "青鸾"), **{f"maker-{card.finding.key}": typed})
    claim = Claim.objects.get(field=Field.DEVELOPER)
    assert (claim.quotation, claim.stated, card.taken) == ("星河大学发布大模型“青鸾”", stated, False)
    assert list(Developer.objects.exclude(pk=known.pk if known else 0).values_list("name_zh", "kind")) == made


@pytest.mark.parametrize("typed", ["星河公司", "某机构", "深圳"])
def test_a_developer_whom_the_line_does_not_name_is_refused(curator: Client, typed: str) -> None:
    make_developer("某机构")
    page = read(curator, TEXT)
    card = card_of(page, Field.DEVELOPER, "青鸾")
    again = propose(
        curator, page, card, card_of(page, Field.NAME, "青鸾"), **{f"maker-{card.finding.key}": typed}
    )
    assert [card.error for card in again.context["cards"] if card.error] == [
        f"The line does not name “{typed}”."
    ]
    assert not Claim.objects.exists()


def test_a_developer_without_a_name_is_asked_for(curator: Client) -> None:
    page = read(curator, TEXT)
    card = card_of(page, Field.DEVELOPER, "青鸾")
    again = propose(
        curator, page, card, card_of(page, Field.NAME, "青鸾"), **{f"maker-{card.finding.key}": " "}
    )
    assert [bool(card.error) for card in again.context["cards"]].count(True) == 1
    assert not Developer.objects.exists()


def test_readers_see_a_proposed_developer_once_it_is_accepted(curator: Client, client: Client) -> None:
    page = read(curator, TEXT)
    propose(curator, page, card_of(page, Field.DEVELOPER, "青鸾"), card_of(page, Field.NAME, "青鸾"))
    address = reverse("developer", args=[Developer.objects.get().slug])
    before = client.get(address).status_code, "星河大学" in client.get(reverse("developers")).content.decode()
    for of in (Field.DEVELOPER, Field.NAME):  # with its entry, which waits for a name
        accept_claim(claim=Claim.objects.get(field=of), reviewer="curator")
    after = client.get(address).status_code, "星河大学" in client.get(reverse("developers")).content.decode()
    assert (before, after) == ((404, False), (200, True))


@pytest.mark.parametrize("typed", ["书生", "秀才"])
def test_a_spun_name_is_proposed_as_the_curator_reads_it(curator: Client, typed: str) -> None:
    page = read(curator, SPUN)
    card = card_of(page, Field.NAME, "书生")
    propose(curator, page, card, **{f"entry-{card.finding.key}": typed})
    claim = Claim.objects.get()
    assert (claim.text, claim.quotation, claim.basis, typed in claim.reason_zh) == (
        typed,
        "墨客",
        Basis.INFERRED,
        True,
    )
    assert (Entry.objects.count(), card.taken) == (1, False)


def test_the_page_counts_the_names_that_were_replaced(curator: Client) -> None:
    page = read(curator, SPUN)
    (repairs,) = page.context["repairs"]
    assert repairs["places"] == [(2, "baidu", "百度"), (2, "墨客", "书生")]
    assert '<q lang="zh">墨客</q> → <ins lang="zh">书生</ins>' in page.content.decode()
