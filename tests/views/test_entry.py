"""What an entry's page says, and how it says what it does not know."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from models_catalog.claims.settle import settle
from models_catalog.intake.values import parse_number
from models_catalog.models.vocabulary import Answer, Basis, EventKind, Field, NameKind, Ruling, Status
from tests.factories import days, dispute_size, make_claim, make_entry, make_sector, make_source

pytestmark = pytest.mark.django_db


def page(client: Client, slug: str = "wenxin", query: str = "", language: str = "en") -> str:
    return client.get(f"/{language}/models/{slug}/{query}").content.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", strip_tags(html))


def fact(html: str, heading: str) -> str:
    """The text of one field of the page."""
    found = re.search(rf"<dt>{heading}</dt>(.*?)</dd>", html, re.DOTALL)
    assert found
    return words(found[1]).strip()


def test_value_stands_with_its_words_and_place(client: Client) -> None:
    entry = make_entry("文心", slug="wenxin")
    make_claim(
        entry, Field.PARAMETERS, words="参数规模为2600亿", stated="2600亿", line=43, said_by_zh="百度", said_by_en="Baidu",
        number=parse_number("parameters", "2600亿"), source=make_source("another-2023", position=3),
    )  # fmt: skip
    settle([entry])
    html = page(client)
    assert "参数规模为<mark>2600亿</mark>" in html
    assert "260B" in fact(html, "Parameters")
    assert "3 · The Paper, line 43 · said by Baidu" in words(html)


def test_unknown_is_said_in_words(client: Client) -> None:
    make_entry("文心", slug="wenxin")
    assert fact(page(client), "Openness") == "Not stated in our sources Do you know a source?"


def test_unknown_leads_to_the_form_that_takes_a_source(client: Client) -> None:
    make_entry("文心", slug="wenxin")
    assert 'href="/en/models/wenxin/report/?field=openness"' in page(client)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(Answer.UNDISCLOSED, "Declared undisclosed"), (Answer.NOT_APPLICABLE, "Not applicable")],
)
def test_answer_without_a_value_is_not_unknown(client: Client, answer: Answer, expected: str) -> None:
    entry = make_entry("文心", slug="wenxin")
    make_claim(entry, Field.PARAMETERS, answer=answer)
    settle([entry])
    assert fact(page(client), "Parameters").startswith(expected)


def test_dispute_stands_beside_the_preferred_with_its_rule(client: Client) -> None:
    entry = make_entry("ChatGLM-6B", slug="wenxin", parameters="62亿")
    dispute_size(entry)
    text = fact(page(client), "Parameters")
    assert text.startswith("6.2B")
    assert "Disputed: 6B" in text
    assert "The more precise claim goes first" in text


def test_each_claim_can_be_reported_from_its_words(client: Client) -> None:
    entry = make_entry("ChatGLM-6B", slug="wenxin", parameters="62亿")
    dispute_size(entry)
    found = set(re.findall(r"/report/\?claim=(parameters[^\"]*)", page(client)))
    assert found == set(entry.claims.filter(field="parameters").values_list("key", flat=True))


def test_inference_and_curators_knowledge_are_marked(client: Client) -> None:
    entry = make_entry("MiLM-6B", slug="wenxin")
    reason = {"reason_zh": "名称", "reason_en": "Its name says so."}
    make_claim(
        entry,
        Field.PARAMETERS,
        words="6B",
        number=parse_number("parameters", "6B"),
        basis=Basis.INFERRED,
        **reason,
    )
    make_claim(entry, Field.OPENNESS, token="open", basis=Basis.CURATOR, **reason)
    settle([entry])
    html = page(client)
    assert "Inferred from the source" in fact(html, "Parameters")
    assert "no article states it" in fact(html, "Openness")


def test_plan_is_no_release(client: Client) -> None:
    make_entry("文心", slug="wenxin", events={EventKind.PLANNED: "2023-05"})
    html = page(client)
    assert fact(html, "Release date") == "Not stated in our sources Do you know a source?"
    assert "lifecycle__plan" in html


def test_events_go_by_date_and_undated_ones_last(client: Client) -> None:
    events = {EventKind.ANNOUNCED: "", EventKind.RELEASED: "2023-04-16", EventKind.BETA: "2023-03"}
    make_entry("文心", slug="wenxin", events=events)
    found = re.findall(r'lifecycle__when">([^<]*)<', page(client))
    assert found == ["March 2023", "16 April 2023", "Date not stated"]


def test_corrupted_name_is_explained_and_not_the_title(client: Client) -> None:
    make_entry("书生", slug="wenxin", aliases=[(NameKind.CORRUPTED, "墨客")])
    html = page(client)
    assert '<h1><span lang="zh-Hans">书生</span></h1>' in html
    assert "damaged copy" in fact(html, "As corrupted in an article")


def test_rejected_and_proposed_claims_are_not_shown(client: Client) -> None:
    entry = make_entry("文心", slug="wenxin")
    for status in (Status.REJECTED, Status.PROPOSED):
        make_claim(entry, Field.NAME, text=f"名{status}", token=NameKind.ALIAS, status=status)
    assert "名proposed" not in page(client)
    assert "名rejected" not in page(client)


def test_less_precise_statement_stands_below(client: Client) -> None:
    entry = make_entry("文心", slug="wenxin", released="2023-03-16")
    make_claim(entry, Field.EVENT, event=EventKind.RELEASED, days=days("2023-03"), preferred=False)
    assert "Also stated: March 2023" in fact(page(client), "Release date")


def test_family_shows_parent_and_members(client: Client) -> None:
    family = make_entry("文心", slug="wenxin")
    make_entry("文心一言", slug="yiyan", parent=family)
    html = page(client, "yiyan")
    assert re.search(r'class="tree".*文心.*<ul>.*aria-current="true".*文心一言', html, re.DOTALL)


def test_neighbours_are_those_of_the_list(client: Client) -> None:
    for name in ("甲", "乙", "丙"):
        make_entry(name, slug={"甲": "jia", "乙": "wenxin", "丙": "bing"}[name])
    html = page(client, query="?sort=name")
    assert 'rel="prev" href="/en/models/jia/?sort=name"' in html
    assert "3 of 3" in html


@pytest.mark.parametrize("query", ["?q=nobody", "?parameters_min=x"])
def test_no_neighbours_without_a_list(client: Client, query: str) -> None:
    make_entry("文心", slug="wenxin")
    make_entry("文言", slug="wenyan")
    assert 'rel="next"' not in page(client, query=query)


@pytest.mark.parametrize("query", ["", "?nonsense=1"])
def test_who_comes_from_nowhere_has_the_neighbours_of_the_whole_catalog(client: Client, query: str) -> None:
    make_entry("文心", slug="wenxin")
    make_entry("文言", slug="wenyan")
    html = page(client, query=query)
    assert 'rel="next" href="/en/models/wenyan/"' in html
    assert "In the catalog, by name" in html


def shown_events(client: Client, *stated: tuple[EventKind, str], **more: Any) -> list[str]:
    """What the timeline of an entry with these events and days says."""
    entry = make_entry("文心", slug="wenxin")
    for event, day in stated:
        make_claim(entry, Field.EVENT, event=event, days=days(day) if day else None, preferred=False, **more)
    html = page(client).partition('<ol class="lifecycle">')[2].partition("</ol>")[0]
    return [re.sub(r"[\u2060 ]+", " ", words(one)).strip() for one in html.split("<li")[1:]]


def test_a_vaguer_statement_stands_on_the_precise_one(client: Client) -> None:
    told = shown_events(client, *((EventKind.RELEASED, day) for day in ("2023-03", "2023-03-16", "")))
    assert len(told) == 1
    assert "16 March 2023 Released" in told[0]
    assert told[0].count("Also stated:") == 2


@pytest.mark.parametrize(
    ("event", "first", "second"),
    [
        (EventKind.RELEASED, "2023-03-16", "2023-04"),
        (EventKind.UPDATED, "2023-04-21", "2023-04"),
        (EventKind.DEPLOYED, "2023-04-21", ""),
    ],
)
def test_what_may_be_another_event_stands_for_itself(
    client: Client, event: EventKind, first: str, second: str
) -> None:
    assert len(shown_events(client, (event, first), (event, second))) == 2


def test_two_that_give_the_same_day_are_one_event(client: Client) -> None:
    assert len(shown_events(client, *[(EventKind.UPDATED, "2023-04-21")] * 2)) == 1


def test_a_disputed_day_is_not_hidden_in_another(client: Client) -> None:
    dispute = {"status": Status.DISPUTED, "ruling": Ruling.MORE_PRECISE}
    stated = ((EventKind.RELEASED, "2023-03-16"), (EventKind.RELEASED, "2023-03"))
    assert len(shown_events(client, *stated, **dispute)) == 2


def test_what_heads_a_family_lacks_no_parent(client: Client) -> None:
    family = make_entry("文心", slug="wenxin")
    assert "<dt>Part of</dt>" in page(client)
    make_entry("文心一言", slug="yiyan", parent=family)
    assert "<dt>Part of</dt>" not in page(client)
    assert "<dt>Part of</dt>" in page(client, "yiyan")


def test_who_says_so_is_counted_and_the_developer_named(client: Client) -> None:
    entry = make_entry("文心", slug="wenxin", developers=["百度"])
    make_claim(entry, Field.OPENNESS, token="open", said_by_zh="李彦宏", said_by_en="Robin Li (百度)")
    text = words(page(client))
    assert "Robin Li (百度) (the developer) 1" in text
    assert "at least 1 is the developer's own word" in text


def test_an_entry_that_only_its_developer_speaks_of_says_so(client: Client) -> None:
    entry = make_entry("文心", slug="wenxin", developers=["百度"])
    entry.claims.update(said_by_zh="百度", said_by_en="Baidu")
    assert "Only the developer's own word" in page(client)


def test_nearby_are_those_of_the_same_developer_size_and_industry(client: Client) -> None:
    make_sector("金融")
    make_entry("文心", slug="wenxin", developers=["百度"], parameters="1000亿", sectors=["金融"])
    make_entry("甲", developers=["百度"])
    make_entry("乙", parameters="9000亿")
    make_entry("丙", parameters="1万亿")
    make_entry("丁", sectors=["金融"])
    groups = re.findall(r'<h2 id="nearby-\d">(.*?)</ul>', page(client), re.DOTALL)
    assert [words(group).split() for group in groups] == [
        ["By", "the", "same", "developer", "甲"],
        ["Of", "the", "same", "size", "class", "乙"],
        ["For", "the", "same", "industry", "丁"],
    ]


@pytest.mark.parametrize("part", ["history", "cite"])
def test_a_part_is_a_page_and_for_htmx_a_part(client: Client, part: str) -> None:
    make_entry("文心", slug="wenxin")
    whole = client.get(f"/en/models/wenxin/{part}/").content.decode()
    fragment = client.get(f"/en/models/wenxin/{part}/", headers={"hx-request": "true"}).content.decode()
    assert ("<html" in whole, "<html" in fragment, bool(fragment.strip())) == (True, False, True)
    assert f'href="/en/models/wenxin/{part}/"' in page(client)


def test_quotation_and_names_carry_their_language(client: Client) -> None:
    make_entry("文心", slug="wenxin", developers=["百度"])
    assert '<span lang="zh-Hans">百度</span>' in page(client)
    assert '<span lang="zh-Hans">百度</span>' not in page(client, language="zh")


def test_linked_data_cannot_end_its_element(client: Client) -> None:
    make_entry("</script><b>", slug="wenxin")
    html = page(client)
    assert "\\u003C/script\\u003E" in html
    assert "</script><b>" not in html


def test_a_vague_size_shows_the_words_beside_its_bounds(client: Client) -> None:
    make_entry("商量", slug="wenxin", parameters="千亿级")
    assert fact(page(client, language="zh"), "参数规模").startswith("1000亿至1万亿（不含1万亿） 千亿级")


def test_an_exact_size_is_not_said_twice(client: Client) -> None:
    make_entry("文心一言", slug="wenxin", parameters="2600亿")
    assert "<q" not in page(client)
