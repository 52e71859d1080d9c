"""Correcting a value at the desk: in any unit, with the words of a kept text or one reason, and undone from the message."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_catalog.intake.articles.saying import places_saying
from models_catalog.models import Claim, Entry, SourceText
from models_catalog.models.vocabulary import Basis, EventKind, Field, NameKind, Openness, Status
from tests.factories import make_developer, make_entry, make_source

pytestmark = pytest.mark.django_db
REPLACE, UNDO = "admin:models_catalog_claim_replace", "admin:models_catalog_claim_undo"
TEXT = "智谱发布ChatGLM-6B，参数规模64亿。\n另一个模型有64亿参数。\n2023年3月14日发布，已经开源。\n"


@pytest.fixture
def entry() -> Entry:
    made = make_entry(
        "ChatGLM-6B", parameters="62亿", openness=Openness.CLOSED, developers=["智谱"],
        events={EventKind.RELEASED: "2023-03-16"},
    )  # fmt: skip
    SourceText.objects.create(source=make_source(), text=TEXT, encoding="utf-8")
    return made


def claim(entry: Entry, field: Field) -> Claim:
    return entry.claims.filter(field=field).latest("pk")


def send(client: Client, old: Claim, **typed: Any) -> Any:
    """What the form of `old` sends, as it was just shown."""
    address = reverse(REPLACE, args=[old.pk])
    shown = client.get(address)
    held = {
        name: field.value() for name in shown.context["form"].fields if (field := shown.context["form"][name])
    }
    held = {name: "" if value is None else value for name, value in held.items()}
    data = {**held, "version": shown.context["version"], **typed}
    return client.post(address, data, headers={"Accept-Language": "en"})


@pytest.mark.parametrize("words", ["64亿", "6.4B", "6400000000"])
def test_size_is_typed_in_any_unit_with_one_reason(curator: Client, entry: Entry, words: str) -> None:
    send(curator, claim(entry, Field.PARAMETERS), value=words, reason="公开资料")
    made = claim(entry, Field.PARAMETERS)
    entry.refresh_from_db()
    assert (made.basis, made.reason_zh, made.reason_en) == (Basis.CURATOR, "公开资料", "公开资料")
    assert entry.parameters.lower == 6_400_000_000


def queries_to_look(new: Claim, lines: int) -> int:
    SourceText.objects.update(text="GLM系列的一员。\n" * lines)
    with CaptureQueriesContext(connection) as asked:
        places_saying(new)
    return len(asked)


def test_looking_asks_no_more_of_a_long_text(entry: Entry) -> None:
    new = Claim(entry=entry, field=Field.PARENT, parent=make_entry("GLM系列"))
    assert queries_to_look(new, 300) == queries_to_look(new, 30)


def test_words_of_kept_texts_are_offered_lines_that_name_the_entry_first(
    curator: Client, entry: Entry
) -> None:
    page = send(curator, claim(entry, Field.PARAMETERS), value="6.4B", _look="1")
    source = make_source().pk
    assert [place.key for place in page.context["form"].places] == [f"{source}:1:64亿", f"{source}:2:64亿"]
    assert claim(entry, Field.PARAMETERS).stated == "62亿"


def test_chosen_words_back_the_value(curator: Client, entry: Entry) -> None:
    place = f"{make_source().pk}:1:64亿"
    send(curator, claim(entry, Field.PARAMETERS), value="6.4B", evidence=place)
    made = claim(entry, Field.PARAMETERS)
    found = made.basis, made.status, made.line, made.quotation, TEXT[made.start : made.end]
    assert found == (Basis.STATED, Status.ACCEPTED, 1, "64亿", "64亿")


@pytest.mark.parametrize(
    ("field", "typed", "line"),
    [
        (Field.EVENT, {"event": "released", "value": "2023-03-14"}, 3),
        (Field.OPENNESS, {"token": "open"}, 3),
    ],
)
def test_other_fields_find_their_words_too(
    curator: Client, entry: Entry, field: Field, typed: dict[str, str], line: int
) -> None:
    page = send(curator, claim(entry, field), **typed, _look="1")
    assert [place.line for place in page.context["form"].places] == [line]


def test_name_and_developer_are_corrected_by_knowledge(curator: Client, entry: Entry) -> None:
    other = make_developer("清华大学")
    send(curator, claim(entry, Field.DEVELOPER), developer=other.pk, reason="公开资料")
    send(curator, claim(entry, Field.NAME), text="ChatGLM", token=NameKind.ZH, reason="公开资料")
    entry.refresh_from_db()
    assert (entry.name_zh, [*entry.developers.all()]) == ("ChatGLM", [other])


def test_message_tells_before_and_after_and_leads_to_undo(curator: Client, entry: Entry) -> None:
    response = send(curator, claim(entry, Field.PARAMETERS), value="64亿", reason="公开资料")
    html = curator.get(response["Location"], headers={"Accept-Language": "en"}).content.decode()
    assert "ChatGLM-6B, Parameters: 6.2B → 6.4B." in html
    (address,) = re.findall(r'href="([^"]+)" data-undo', html)
    curator.post(address)
    entry.refresh_from_db()
    assert (entry.parameters_stated, entry.claims.filter(field=Field.PARAMETERS).count()) == ("62亿", 1)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"value": "64亿"}, "Say why."),
        ({"value": "many", "reason": "x"}, "states no number of parameters"),
        ({"value": "", "reason": "x"}, "states no number of parameters"),
        ({"value": "6.2B", "reason": "x"}, "This is the value already."),
        ({"value": "65亿", "evidence": "1:1:64亿"}, "These words do not state this value"),
        ({"value": "64亿", "reason": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_does_not_fit_is_told_and_changes_nothing(
    curator: Client, entry: Entry, typed: dict[str, str], told: str
) -> None:
    page = send(curator, claim(entry, Field.PARAMETERS), **typed)
    assert told in page.content.decode()
    assert entry.claims.filter(field=Field.PARAMETERS).count() == 1


def test_value_on_the_page_of_the_entry_leads_to_its_form(
    curator: Client, viewer: Client, entry: Entry
) -> None:
    address = reverse("admin:models_catalog_entry_change", args=[entry.pk])
    link = f'href="{reverse(REPLACE, args=[claim(entry, Field.PARAMETERS).pk])}"'
    assert [link in client.get(address).content.decode() for client in (curator, viewer)] == [True, False]


def test_new_entry_asks_what_its_name_needs(curator: Client) -> None:
    page = curator.get(reverse("admin:models_catalog_entry_add"), headers={"Accept-Language": "en"})
    labels = [field.label for field in page.context["form"]]
    assert labels[:2] == ["Name", "Form of the name"]
    assert {"Answer", "Value"} & {*labels} == set()
    known = {"text": "青鸾", "token": "zh", "basis": "curator", "reason_zh": "公开资料", "_accept": "1"}
    curator.post(reverse("admin:models_catalog_entry_add"), known)
    assert Entry.objects.get(slug="qingluan").name_zh == "青鸾"
