"""The evidence of mended cells: they quote the file, say what was corrected, and teach later tables nothing."""

import csv
import io

import pytest
from django.test import Client

from models_catalog.intake.tables.preview import row_told
from models_catalog.models import Claim
from models_catalog.models.vocabulary import Basis, Field
from tests.factories import make_developer, make_entry, make_sector
from tests.imports.test_import import apply, batch_of
from tests.imports.test_mending import mend
from tests.imports.test_steering import page_of, rows, steer, typed_for

pytestmark = pytest.mark.django_db


def test_a_mended_maker_is_no_spelling_of_later_tables() -> None:
    make_developer("百度")
    apply(batch_of("公司,大模型\n百渡,文心\n", **{"2:developer": "百度"}))
    assert Claim.objects.get(field=Field.DEVELOPER).basis == Basis.INFERRED
    (row,) = rows(batch_of("公司,大模型\n百渡,轩辕\n"))
    assert list(row.new_developers) == ["百渡"]


def test_a_correction_of_words_that_the_registry_has_is_taken() -> None:
    make_entry("轩辕", developers=["度小满"], parameters="130亿")
    (row,) = rows(batch_of("公司,大模型,参数\n度小满,轩辕,130亿\n", **{"2:parameters": "1300亿"}))
    assert [claim.value["number"].lower for claim in row.adds] == [130 * 10**9]


def test_words_that_were_corrected_once_are_taken_from_another_file() -> None:
    apply(batch_of("公司,大模型,参数\n度小满,轩辕,130亿\n", **{"2:parameters": "1300亿"}))
    (row,) = rows(batch_of("大模型,公司,参数\n轩辕,度小满,130亿\n"))
    assert [claim.value["number"].lower for claim in row.adds] == [13 * 10**9]


def test_a_file_that_was_corrected_is_no_source_of_the_value() -> None:
    make_entry("轩辕", developers=["度小满"], parameters="13B")
    (row,) = rows(batch_of("公司,大模型,参数\n度小满,轩辕,12B\n", **{"2:parameters": "13B"}))
    assert Field.PARAMETERS not in {claim.field for claim in row.claims}


@pytest.mark.parametrize("written", ["古\x01", "古\u202e", "古\ufffd"])
def test_a_mended_cell_with_a_character_that_nobody_sees_is_applied(written: str) -> None:
    apply(batch_of(f"公司,大模型\n{written},轩辕\n", **{"2:developer": "古"}))
    claim = Claim.objects.get(field=Field.DEVELOPER)
    assert (claim.basis, claim.source, claim.quotation) == (Basis.CURATOR, None, "")
    assert claim.reason_en == "While importing, the curator corrected “古\ufffd” to “古”"


def test_the_reason_of_a_mended_list_tells_the_whole_correction() -> None:
    apply(batch_of("公司,大模型\n甲公司; 已公司,轩辕\n", **{"2:developer": "甲公司; 乙公司"}))
    told = Claim.objects.filter(field=Field.DEVELOPER).values_list("reason_en", flat=True)
    assert {*told} == {"While importing, the curator corrected “甲公司; 已公司” to “甲公司; 乙公司”"}


def test_the_reason_of_a_mended_list_of_names_tells_the_whole_correction() -> None:
    mended = {"2:name": "轩辕、智脑", "2": "split"}
    apply(batch_of("公司,大模型\n度小满,轩辕、智恼\n", **mended))
    told = Claim.objects.filter(field=Field.NAME).values_list("reason_en", flat=True)
    assert [*told] == ["While importing, the curator corrected “轩辕、智恼” to “轩辕、智脑”"] * 2


def test_a_mended_word_with_a_meaning_says_both(admin_client: Client) -> None:
    make_sector("音视频", slug="media")
    batch = batch_of("公司,大模型,类别\n度小满,轩辕,元字宙\n")
    mend(admin_client, batch, "2", sector="元宇宙")
    steer(admin_client, batch, **typed_for(admin_client, batch, "words", "元宇宙", answer="media"))
    apply(batch)
    assert Claim.objects.get(field=Field.SECTOR).reason_en == (
        "While importing, the curator corrected “元字宙” to “元宇宙”;"
        " While importing, the curator read “元宇宙” as: Media"
    )


def test_files_name_the_part_of_a_line(admin_client: Client) -> None:
    batch = batch_of("公司,大模型\n度小满,轩辕、智脑\n", **{"2": "split"})
    assert [row_told(row)["key"] for row in rows(batch)] == ["2.1", "2.2"]
    text = b"".join(admin_client.get(page_of(batch, "rows"))).decode("utf-8-sig")
    assert [row["line"] for row in csv.DictReader(io.StringIO(text))] == ["2.1", "2.2"]
