"""Links are many, each with what stands there; https alone, and never fetched."""

import csv
import io
import json

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from models_catalog.claims.settle import settle
from models_catalog.curation.review.claim_forms import ClaimForm
from models_catalog.intake.fixtures.files import Refused
from models_catalog.intake.tables.vocabulary import link_of, links_in
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Basis, Field, LinkKind
from tests.factories import make_claim, make_entry
from tests.once import once

CODE, WEIGHTS = "https://code.example/moss", "https://weights.example/moss"


def _make_moss() -> Entry:
    entry = make_entry("MOSS", slug="moss")
    for kind, address in ((LinkKind.CODE, CODE), (LinkKind.WEIGHTS, WEIGHTS)):
        make_claim(
            entry,
            Field.LINK,
            text=address,
            token=kind,
            basis=Basis.CURATOR,
            reason_zh="已知",
            reason_en="Known",
        )
    make_entry("书生·浦语", slug="puyu")
    settle([entry])
    entry.refresh_from_db()
    return entry


shared_moss = once(_make_moss)


@pytest.fixture
def moss(shared_moss: Entry, db: None) -> Entry:
    return Entry.objects.get(pk=shared_moss.pk)


def test_all_of_them_fill_the_column(moss: Entry) -> None:
    assert moss.links == [f"code {CODE}", f"weights {WEIGHTS}"]


@pytest.mark.parametrize(
    ("words", "kind", "token"),
    [
        ("https://github.com/a/b", "", "code"), ("https://huggingface.co/a/b", "", "weights"), ("https://arxiv.org/abs/1", "", "paper"),
        ("https://moss.example/", "", "homepage"), ("weights https://a.example/x", "", "weights"), ("https://a.example/", "论文", "paper"),
    ],
)  # fmt: skip
def test_a_cell_says_what_stands_there_or_its_host_does(words: str, kind: str, token: str) -> None:
    assert link_of(words, kind) == {"text": words.split()[-1], "token": token}


@pytest.mark.parametrize("words", ["http://a.example/", "javascript:alert(1)", "moss.example", "", "https://a", "https://a.example/<b>"])  # fmt: skip
def test_anything_but_https_is_refused(words: str) -> None:
    with pytest.raises(Refused):
        link_of(words)


def test_the_database_refuses_another_scheme(moss: Entry) -> None:
    with pytest.raises(IntegrityError, match="claim_value_fits_field"), transaction.atomic():
        make_claim(moss, Field.LINK, text="http://a.example/", token=LinkKind.CODE)


def test_files_have_them(client: Client, moss: Entry) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/models.csv").getvalue().decode("utf-8-sig"))))
    row = next(row for row in rows if row["slug"] == "moss")
    assert (row["links"], row["links_basis"]) == (f"code {CODE}; weights {WEIGHTS}", "curator")
    one = json.loads(client.get("/api/v1/models/moss/").getvalue())
    assert one["links"] == [f"code {CODE}", f"weights {WEIGHTS}"]
    claims = list(csv.DictReader(io.StringIO(client.get("/claims.csv").getvalue().decode("utf-8-sig"))))
    assert [(c["value"], c["link_kind"]) for c in claims if c["field"] == "link"] == [(CODE, "code"), (WEIGHTS, "weights")]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/models/moss/", [f'<a href="{CODE}" rel="external nofollow noopener noreferrer">', "代码", "权重"]),
        ("/en/models/moss/", [CODE, WEIGHTS, "Link", "Weights"]),
        ("/models/moss.md", ["代码"]),
        ("/en/compare/?model=moss&model=puyu", ["Links", CODE]),
        ("/en/charts/coverage/", ["Link"]),
    ],
)
def test_pages_show_them(client: Client, moss: Entry, address: str, words: list[str]) -> None:
    page = client.get(address).content.decode()
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize(
    "address",
    [
        "https://", "https://....", "https://github.com@evil.example/", "https://user:word@a.example/", "https://аpple.com/",
        "https://a.example\u2044b.example/", "HTTPS://a.example/", "https://a.example/" + "x" * 150,
    ],
)  # fmt: skip
def test_no_address_looks_like_another(client: Client, moss: Entry, address: str) -> None:
    """A form, a table and the fixtures refuse the same; the first of these was taken by the form."""
    with pytest.raises(Refused):
        link_of(address)
    form = ClaimForm(
        {"text": address, "token": "code", "answer": "value", "basis": "curator", "reason_zh": "x", "reason_en": "x"},
        instance=Claim(entry=moss, field=Field.LINK),
    )  # fmt: skip
    assert not form.is_valid()
    assert "text" in form.errors


def test_what_nobody_sees_is_left_out_of_an_address() -> None:
    assert link_of("https://a.example/\u200bfoo")["text"] == "https://a.example/foo"


@pytest.mark.parametrize(
    ("cell", "links"),
    [
        ("、", []), (", ；", []), ("https://a.example/x;y", ["https://a.example/x;y"]),
        ("code https://a.example/x;y; https://b.example/", ["code https://a.example/x;y", "https://b.example/"]),
    ],
)  # fmt: skip
def test_a_cell_is_parted_where_one_address_ends(cell: str, links: list[str]) -> None:
    """A mark without an address was a 500 of the preview."""
    assert links_in(cell) == links
