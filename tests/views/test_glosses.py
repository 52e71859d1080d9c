"""Our translation of an article's words, marked as ours: for readers of English, and for all where software replaced the words."""

from typing import Any

import pytest
from django.test import Client

from models_catalog.claims.settle import settle
from models_catalog.models import Entry, FigureEvidence
from models_catalog.models.vocabulary import Field
from tests.factories import make_claim, make_entry, make_figure, make_omission, make_source

pytestmark = pytest.mark.django_db
GLOSS = "has 260 billion parameters"


@pytest.fixture
def entry() -> Entry:
    made = make_entry(parameters="2600亿")
    made.claims.filter(field=Field.PARAMETERS).update(gloss_en=GLOSS)
    return made


@pytest.mark.parametrize(("prefix", "shown"), [("/en", True), ("/zh", False)])
def test_entry_shows_it_to_readers_of_english(client: Client, entry: Entry, prefix: str, shown: bool) -> None:
    assert (GLOSS in client.get(f"{prefix}{entry.get_absolute_url()}").content.decode()) is shown


def test_spun_words_are_glossed_for_all(client: Client) -> None:
    source = make_source("yicai-2023", is_reworded=True)
    made = make_entry(source=source, parameters="2600亿")
    made.claims.filter(field=Field.PARAMETERS).update(gloss_en=GLOSS)
    page = client.get(f"/zh{made.get_absolute_url()}").content.decode()
    assert (f'lang="en">{GLOSS}' in page, "本站译文" in page) == (True, True)


def test_source_and_market_show_it(client: Client, entry: Entry) -> None:
    make_omission(gloss_en="a foreign model")
    place = {"line": 1, "start": 0, "end": 2, "quotation": "79", "stated": "79", "gloss_en": "seventy-nine"}
    FigureEvidence.objects.create(figure=make_figure(), source=make_source(), **place)
    assert "seventy-nine" in client.get("/en/market/").content.decode()
    page = client.get("/en/sources/thepaper-2023/").content.decode()
    assert {GLOSS, "a foreign model", "seventy-nine"} - {
        one for one in (GLOSS, "a foreign model", "seventy-nine") if one in page
    } == set()


@pytest.mark.parametrize("address", ["/api/v1/claims/?field=parameters", "/claims.json?field=parameters"])
def test_files_have_it_as_their_last_column(client: Client, entry: Entry, address: str) -> None:
    answer: Any = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert f'"gloss_en":"{GLOSS}"' in content.decode().replace('": "', '":"')


def test_earlier_value_is_shown_as_such_and_no_dispute(client: Client) -> None:
    made = make_entry(parameters="10万亿")
    make_claim(
        made,
        Field.PARAMETERS,
        words="万亿",
        number="[1000000000000,10000000000000)",
        preferred=False,
        is_earlier=True,
    )
    settle([made])
    page = client.get(f"/en{made.get_absolute_url()}").content.decode()
    assert ("Earlier:" in page, "Disputed:" in page, "Also stated:" in page) == (True, False, False)
    assert client.get("/en/models/").content.decode().count('href="/en/models/wenxinyiyan/#parameters') == 1
