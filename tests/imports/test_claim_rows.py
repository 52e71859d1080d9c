"""Importing a table of claims: proposed with their evidence, compared with what is there, refused with a reason."""

from typing import Any
from unittest.mock import Mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.settle import settle
from models_catalog.intake.articles.places import quoted_at
from models_catalog.intake.tables import claims
from models_catalog.intake.tables.apply import plan_of
from models_catalog.intake.tables.columns import guess_contents
from models_catalog.intake.tables.plan import Fate
from models_catalog.intake.tables.undo import undo_import
from models_catalog.intake.values import parse_number
from models_catalog.models import Claim, Entry, ImportBatch
from models_catalog.models.import_batch import Contents
from models_catalog.models.vocabulary import Answer, Basis, EventKind, Field, NameKind, Status
from models_catalog.text.repair import repair
from tests.checksums import checksums
from tests.factories import days, make_claim, make_developer, make_entry, make_sector, make_source
from tests.imports.claim_table import ARTICLE, HEADING, apply, batch_of, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize(
    ("heading", "contents"),
    [
        (HEADING, Contents.CLAIMS), ("条目,字段,值,来源,行号,引文", Contents.CLAIMS), ("大模型,字段,原文", Contents.CLAIMS),
        ("公司,大模型,类别", Contents.MODELS), ("name,developer,value", Contents.MODELS),
    ],
)  # fmt: skip
def test_a_heading_says_what_a_row_is(heading: str, contents: Contents) -> None:
    assert guess_contents(heading.split(",")) == contents


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("wenxin,参数规模,,thepaper-2023,2,参数达到2600亿,2600亿", ""),
        ("文心,parameters,,thepaper-2023,2,2600亿,", ""),
        ("文心,字段,,thepaper-2023,2,2600亿,", "“字段” is not a word for this"),
        ("文心,parameters,2000亿,thepaper-2023,2,2600亿,", "“2600亿” states another size than the row does"),
        ("无名,parameters,,thepaper-2023,2,2600亿,", "no model has this address or name"),
        ("双,parameters,,thepaper-2023,2,2600亿,", "several models have this name: shuang-1, shuang-2"),
        ("文心,parameters,,thepaper-2023,2,2700亿,", "the quotation is not in that line"),
        ("文心,parameters,,thepaper-2023,9,2600亿,", "the article has 3 lines"),
        ("文心,parameters,,thepaper-2023,,2600亿,", "a claim on a source gives line and quotation"),
        ("文心,parameters,,thepaper-2023,二,2600亿,", "“二” is not a whole number"),
        ("文心,parameters,,thepaper-2023,2,2600亿,2700亿", "“2700亿” is not within the quotation"),
        ("文心,parameters,,别处,2,2600亿,", "there is no source “别处”"),
        (f"文心,parameters,,thepaper-2023,2,{'字' * 25},", "the quotation has 25 characters, at most 24 are kept"),
        ("文心,parameters,,,,,", "Only curators' knowledge has no source."),
        ("文心,developer,某某,thepaper-2023,2,百度,", "nothing in the registry is called “某某”"),
        ("文心,parent,文心,thepaper-2023,2,百度,", "a model is not part of itself"),
        ("文心,name,\u200b,thepaper-2023,2,百度,", "the row gives no name"),
        ("文心,context_length,0K,thepaper-2023,2,百度,", "the row states no number of tokens that can be read"),
        (f"文心,name,{'名' * 161},thepaper-2023,2,百度,", "text: Ensure this value has at most 160 characters (it has 161)."),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("article")
def test_a_row_is_refused_with_its_reason(row: str, reason: str) -> None:
    make_entry("双", slug="shuang-1")
    make_entry("双", slug="shuang-2")
    found = planned(row)
    assert (found.reason, found.fate) == (reason, Fate.REFUSED if reason else Fate.NEW)


def test_a_cell_that_is_too_long_to_be_read_refuses_its_row() -> None:
    (row,) = plan_of(batch_of(f"{HEADING}\nwenxin{' ' * 100_000},name,a\n"))
    assert (row.fate, "1,000" in row.reason) == (Fate.REFUSED, True)


def test_a_size_that_no_parser_reads_is_refused() -> None:
    make_entry("文心")
    make_source("thepaper-2023")
    row = planned("文心,parameters,thepaper-2023,1,0,2,很多", "entry,field,source,line,start,end,quotation")
    assert (row.fate, row.reason) == (Fate.REFUSED, "the row states no number of parameters that can be read")


@pytest.mark.parametrize("place", ["2,,", "2,0,5", ",,"])
def test_words_of_an_article_that_is_not_at_hand_have_no_place(place: str) -> None:
    make_entry("文心")
    make_source("thepaper-2023")
    row = planned(
        f"文心,parameters,thepaper-2023,{place},2600亿", "entry,field,source,line,start,end,quotation"
    )
    told = row.claims[0].evidence or {}
    assert (told["line"], told["start"], told["quotation"]) == (None, None, "2600亿")


@pytest.mark.parametrize(
    ("place", "line"), [("2,8,11", 2), ("2,0,3", None), ("2,11,8", None), ("9,8,11", None), ("2,,", None)]
)
def test_words_of_an_imported_table_have_a_place_only_where_it_has_them(place: str, line: int | None) -> None:
    source = apply("公司,大模型,备注\n度小满,轩辕,约70亿\n").source
    row = planned(
        f"轩辕,parameters,{source and source.slug},{place},70亿",
        "entry,field,source,line,start,end,quotation",
    )
    assert ((row.claims[0].evidence or {})["line"], row.fate) == (line, Fate.NEW)


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize(("place", "fate"), [("16,21", Fate.REFUSED), ("17,22", Fate.NEW)])
def test_offsets_are_checked(place: str, fate: Fate) -> None:
    row = f"文心,parameters,thepaper-2023,2,{place},2600亿"
    assert planned(row, "entry,field,source,line,start,end,quotation").fate == fate


@pytest.mark.usefixtures("article")
def test_a_line_that_many_rows_quote_is_repaired_once(monkeypatch: pytest.MonkeyPatch) -> None:
    repairing = Mock(wraps=repair)
    monkeypatch.setattr(claims, "repair", repairing)
    rows = "".join(f"文心,name,名{number},thepaper-2023,2,百度,\n" for number in range(50))
    assert {row.fate for row in plan_of(batch_of(f"{HEADING}\n{rows}"))} == {Fate.NEW}
    repairing.assert_called_once_with(ARTICLE.split("\n")[1])


def test_a_place_that_no_quotation_spans_is_not_repaired() -> None:
    assert (quoted_at("字" * 2_000, 0, 24), quoted_at("字" * 2_000, 0, 2_000)) == ("字" * 24, "")


def test_the_place_is_found_through_the_dirt(article: Entry) -> None:
    make_developer("百度")
    apply(f"{HEADING}\n文心,机构,百度,thepaper-2023,2,百度创业,百度\n")
    claim = Claim.objects.proposed().get(entry=article)
    assert (claim.place, claim.quotation, claim.stated) == ("2:0-12", "百度创业", "百度")
    assert claim.developer == make_developer("百度")


def test_what_is_imported_is_proposed_and_changes_nothing(article: Entry) -> None:
    before = Entry.objects.values().get()
    apply(f"{HEADING}\n文心,parameters,,thepaper-2023,2,2600亿,\n")
    claim = Claim.objects.proposed().get(entry=article)
    assert (claim.number, Entry.objects.values().get()) == (parse_number("parameters", "2600亿"), before)


@pytest.mark.usefixtures("article")
def test_one_refused_row_does_not_hold_up_the_others_and_undo_takes_all_back() -> None:
    before = checksums()
    batch = apply(
        f"{HEADING}\n文心,parameters,,thepaper-2023,2,2600亿,\n无名,parameters,,thepaper-2023,2,2600亿,\n"
    )
    assert (batch.counts, batch.source) == ({"new": 1, "refused": 1}, None)
    undo_import(batch=batch, by="curator")
    assert checksums() == before


@pytest.mark.usefixtures("article")
def test_a_claim_that_stands_twice_is_refused_once() -> None:
    row = "文心,parameters,,thepaper-2023,2,2600亿,\n"
    assert [one.fate for one in plan_of(batch_of(f"{HEADING}\n{row}{row}"))] == [Fate.NEW, Fate.REFUSED]


@pytest.mark.parametrize("basis", ["编者补充", "编辑补充"])
def test_knowledge_of_curators_gives_its_reason(basis: str) -> None:
    make_entry("文心")
    heading = "entry,field,event,day,basis,reason_zh,reason_en"
    assert planned("文心,event,发布,2023-03,curator,,", heading).reason == "Say why, in both languages."
    row = planned(f"文心,事件,发布,2023-03,{basis},众所周知,well known", heading)
    assert row.claims[0].value == {"event": "released", "days": days("2023-03")}


def test_a_changed_claim_is_shown_old_and_new() -> None:
    entry = make_entry("文心")
    claim = make_claim(entry, Field.PARAMETERS, words="2600亿", number=parse_number("parameters", "2600亿"))
    heading = "entry,key,field,source,line,start,end,quotation,said_by_zh"
    row = planned(f"文心,{claim.key},parameters,thepaper-2023,1,0,5,2600亿,百度", heading)
    assert (row.fate, row.changes) == (Fate.CHANGED, [f"{claim.key}: said_by_zh: — → 百度"])


def _everything() -> None:
    """Claims of every field, basis, answer and status."""
    parent = make_entry("盘古", developers=["华为"], sectors=[make_sector("气象", slug="meteorology")])
    entry = make_entry(
        "文心一言", name_en="ERNIE Bot", aliases=[(NameKind.CORRUPTED, "=1+1"), "+文心"], developers=["百度"],
        sectors=["金融"], parameters="千亿级", released="2023-03-16", modalities=["text"], openness="closed",
        category="general", parent=parent, events={EventKind.BETA: "", EventKind.PLANNED: "2024"},
    )  # fmt: skip
    why: dict[str, Any] = {"basis": Basis.CURATOR, "reason_zh": "＝众所周知", "reason_en": "well known"}
    why["preferred"] = False
    make_claim(entry, Field.PARAMETERS, number=parse_number("parameters", "1亿"), **why)
    make_claim(entry, Field.EVENT, event=EventKind.UPDATED, days=days("2023-05/2023-06"), **why)
    make_claim(entry, Field.OPENNESS, answer=Answer.UNDISCLOSED, preferred=False, said_by_zh="百度")
    make_claim(entry, Field.SECTOR, sector=make_sector("医疗"), status=Status.PROPOSED)
    make_claim(entry, Field.MODALITY, token="image", status=Status.REJECTED)
    for claim in Claim.objects.exclude(days=None).exclude(source=None):  # days that their words say
        words = f"{claim.days.lower.year}年"
        claim.days = days(words[:4])
        claim.quotation = claim.stated = words
        claim.end = len(words)
        claim.save()
    settle(Entry.objects.all())


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_export_is_imported_as_unchanged(admin_client: Client, form: str) -> None:
    _everything()
    response: Any = admin_client.get(reverse("admin:models_catalog_claim_export", args=["claims", form]))
    file = SimpleUploadedFile(f"claims.{form}", b"".join(response))
    added = admin_client.post(reverse("admin:models_catalog_importbatch_add"), {"file": file})
    preview: Any = admin_client.get(added["Location"])
    batch = ImportBatch.objects.get()
    reasons = {row["reason"] for row in preview.context["rows"]}
    assert (batch.contents, reasons) == ("claims", {""})
    assert dict(preview.context["counts"]) == {
        "new": 0, "changed": 0, "unchanged": Claim.objects.count(), "refused": 0,
    }  # fmt: skip


@pytest.mark.parametrize("claims", [2, 6])
def test_planning_asks_as_much_of_a_longer_table(claims: int, django_assert_num_queries: Any) -> None:
    entry = make_entry("文心")
    make_source("thepaper-2023")
    rows = [f"文心,name,别名{n},thepaper-2023,1,0,2,几个" for n in range(claims)]
    batch = batch_of("\n".join(["entry,field,value,source,line,start,end,quotation", *rows]))
    make_claim(entry, Field.NAME, text="某", token=NameKind.ALIAS)
    with django_assert_num_queries(12):  # one of them for the kept text of the source
        plan_of(batch)


@pytest.mark.usefixtures("article")
def test_a_value_that_the_database_refuses_is_said_and_not_written(monkeypatch: Any) -> None:
    before = checksums()
    monkeypatch.setattr("models_catalog.intake.tables.claims.folded", lambda words: f"{words}\u200b")
    with pytest.raises(NotAllowed, match="claim_words_are_plain"):
        apply(f"{HEADING}\n文心,name,一言,thepaper-2023,2,百度创业,百度\n")
    assert checksums() == before
