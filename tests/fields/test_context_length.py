"""A context length is everywhere that a field is: 8K is 8,000 or 8,192, and stays so."""

import csv
import io
import json

import pytest
from django.test import Client
from psycopg.types.range import Range

from models_catalog.claims.settle import settle
from models_catalog.intake.values import NotStated, parse_number
from models_catalog.models import Entry
from models_catalog.models.vocabulary import Field
from models_catalog.text.context_lengths import find_lengths, format_length, parse_length
from models_catalog.text.sizes import Interval
from tests.factories import make_claim, make_entry
from tests.once import once


def _make_puyu() -> Entry:
    """One that reads 8K and read 2K before, and one of which nothing is said."""
    entry = make_entry("书生·浦语", slug="puyu", name_en="InternLM")
    make_entry("MOSS", slug="moss")
    for words, is_earlier in (("8K", False), ("2K", True)):
        number = parse_number(Field.CONTEXT_LENGTH, words)
        make_claim(
            entry,
            Field.CONTEXT_LENGTH,
            words=words,
            number=number,
            preferred=not is_earlier,
            is_earlier=is_earlier,
        )
    settle([entry])
    entry.refresh_from_db()
    return entry


shared_puyu = once(_make_puyu)


@pytest.fixture
def puyu(shared_puyu: Entry, db: None) -> Entry:
    return Entry.objects.get(pk=shared_puyu.pk)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [("8K", 8_000, 8_192), ("128k", 128_000, 131_072), ("1M", 10**6, 2**20), ("32,768 tokens", 32_768, 32_768), ("20万", 200_000, 200_000)],
)  # fmt: skip
def test_words_are_read_as_far_as_they_say_it(words: str, low: int, high: int) -> None:
    assert parse_length(words) == Interval(low, high)


@pytest.mark.parametrize("words", ["100万字", "长", "8K-32K-1", "", "8 GB", "1" * 50, "0", "0K", "0.0万"])
def test_what_counts_no_tokens_is_refused(words: str) -> None:
    with pytest.raises(NotStated):
        parse_number(Field.CONTEXT_LENGTH, words)


@pytest.mark.parametrize("word", ["窗口长度", "window", "length", "输入", " window"])
def test_words_said_over_and_over_are_read_once(word: str) -> None:
    """Of 窗口长度 forty times a pattern tried every way to part it: for days, during which the process answered nobody."""
    assert find_lengths(f"上下文{word * 40}。") == []
    assert [one.text for one in find_lengths(f"上下文{word * 40}为8K。")] == ["8K"]


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("上下文为32K、40M参数", ["32K"]), ("上下文为32K、1000万用户", ["32K"]), ("上下文窗口128K及100万开发者", ["128K"]),
        ("上下文长度为32K、2024年3月发布", ["32K"]), ("a context window of 8K and 2000 users", ["8K"]), ("上下文8K/2000元", ["8K"]),
        ("上下文长度32K和2024", ["32K"]), ("上下文32K/2023年", ["32K"]), ("上下文128K/4K", ["128K"]),
        ("上下文为8K、32K和128K三种", ["8K", "32K", "128K"]), ("上下文为4096和8192。", ["4096", "8192"]),
    ],
)  # fmt: skip
def test_only_lengths_are_listed_behind_a_length(text: str, lengths: list[str]) -> None:
    assert [one.text for one in find_lengths(text)] == lengths


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(8_000, 8_192, "8K"), (8_192, 8_192, "8,192"), (10**6, 2**20, "1M"), (200_000, 200_000, "200K"), (32_000, None, "≥32K"), (4_000, 8_192, "4,000–8,192")],
)  # fmt: skip
def test_readers_are_told_it_shortly(low: int, high: int | None, said: str) -> None:
    assert format_length(Interval(low, high), "zh-hans") == said


def test_it_fills_the_column(puyu: Entry) -> None:
    assert (puyu.context_length, puyu.context_length_stated) == (Range(8_000, 8_193), "8K")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("context_min=8K", ["puyu"]), ("context_min=8192", ["puyu"]), ("context_min=8192&certainty=certain", []),
        ("context_max=2K", []), ("context_min=16K", []), ("sort=-context_length", ["puyu", "moss"]),
    ],
)  # fmt: skip
def test_it_is_filtered_and_sorted_by(client: Client, puyu: Entry, query: str, found: list[str]) -> None:
    for address in ("/models.json", "/api/v1/models/"):
        results = json.loads(client.get(f"{address}?{query}").getvalue())["results"]
        assert [row["slug"] for row in results] == found
    assert f"{len(found)}" in client.get(f"/en/models/?{query}").text


def test_files_have_it_in_columns_at_the_end(client: Client, puyu: Entry) -> None:
    file = client.get("/models.csv")
    rows = list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
    row = next(row for row in rows if row["slug"] == "puyu")
    told = {name: value for name, value in row.items() if name.startswith("context_length")}
    assert list(row).index("context_length_stated") > list(row).index("sectors_basis")
    assert list(told.values()) == ["8K", "8000", "8192", "stated"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/models/puyu/", ["Context length", "8K", "Earlier:", "2K"]),
        ("/models/puyu/", ["上下文长度", "8K", "2K"]),
        ("/models/puyu.md", ["上下文长度", "8K"]),
        ("/en/compare/?model=puyu&model=moss", ["Context length", "8K"]),
        ("/en/charts/coverage/", ["Context length"]),
        ("/en/models/", ['name="context_min"', 'name="context_max"']),
        ("/api/v1/openapi.json", ["context_min", "context_length_low"]),
    ],
)
def test_pages_show_it(client: Client, puyu: Entry, address: str, words: list[str]) -> None:
    page = client.get(address).content.decode()
    assert [word for word in words if word not in page] == []


def test_a_wrong_bound_is_refused_in_its_own_words(client: Client, puyu: Entry) -> None:
    page = client.get("/en/models/?context_min=many")
    assert page.status_code == 400
    assert "Write a number of tokens" in page.text


def test_the_entries_that_it_hides_are_told(client: Client, puyu: Entry) -> None:
    assert "1 entry with no stated context length is hidden." in " ".join(
        client.get("/en/models/?context_min=1K").text.split()
    )
