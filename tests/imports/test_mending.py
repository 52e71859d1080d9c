"""In the preview of an import a curator mends cells and takes cells apart; a second curator overwrites nothing of the first."""

from typing import Any

import pytest
from django.test import Client

from models_catalog.intake.tables import mending
from models_catalog.models import Claim, Entry, ImportBatch
from models_catalog.models.vocabulary import Basis
from tests.factories import make_entry
from tests.imports.test_import import apply, batch_of
from tests.imports.test_steering import form_of, page_of, rows, steer
from tests.permissions.pages import Page

pytestmark = pytest.mark.django_db

SEVERAL = "公司,大模型,参数,类别\n度小满,轩辕、智脑,7B、13B,通用\n"


def shown_rows(client: Client, batch: ImportBatch) -> list[tuple[str, str]]:
    return [(row["key"], row["name"]) for row in client.get(page_of(batch)).context["rows"]]


def test_a_cell_of_several_models_is_taken_apart_and_joined_again(admin_client: Client) -> None:
    batch = batch_of(SEVERAL)
    steer(admin_client, batch, **{"row-2": "split"})
    assert shown_rows(admin_client, batch) == [("2.1", "轩辕"), ("2.2", "智脑")]
    steer(admin_client, batch, **{"row-2.2": "leave"})
    steer(admin_client, batch, **{"row-2.1": "whole"})
    assert (shown_rows(admin_client, batch), batch.decisions) == ([("2", "轩辕、智脑")], {})
    assert rows(batch)[0].is_open


def test_each_model_of_a_cell_has_its_own_values_where_it_stands(admin_client: Client) -> None:
    batch = batch_of(SEVERAL)
    steer(admin_client, batch, **{"row-2": "split"})
    apply(batch)
    told = Claim.objects.filter(field__in=["name", "parameters"]).order_by("entry", "field")
    assert list(told.values_list("stated", "start")) == [("轩辕", 4), ("7B", 10), ("智脑", 7), ("13B", 13)]
    assert {entry.name_zh: entry.parameters.lower for entry in Entry.objects.all()} == {
        "轩辕": 7 * 10**9,
        "智脑": 13 * 10**9,
    }


def test_what_belongs_to_no_model_of_a_cell_alone_is_said_and_not_taken(admin_client: Client) -> None:
    batch = batch_of("公司,大模型,参数,英文名,发布时间\n度小满,轩辕、智脑,7B/13B/70B,Xuanyuan,2023年5月\n")
    steer(admin_client, batch, **{"row-2": "split"})
    one, other = rows(batch)
    assert [note.cell for note in one.left_out] == ["Xuanyuan", "7B/13B/70B"]
    assert [claim.words for claim in other.read] == ["度小满", "智脑", "2023年5月"]


def test_models_of_one_size_are_taken_apart_with_it() -> None:
    text = "公司,大模型,参数\n度小满,[Tern2-6B](https://a.cn) & [Tern2-6B-int4](https://b.cn),6B\n"
    found = rows(batch_of(text, **{"2": "split"}))
    assert [[claim.words for claim in one.read] for one in found] == [
        ["度小满", "Tern2-6B", "6B"], ["度小满", "Tern2-6B-int4", "6B"],
    ]  # fmt: skip


def test_a_lone_size_belongs_to_the_model_that_has_it_in_the_unit_of_the_heading() -> None:
    text = "公司,大模型,参数（亿）\n度小满,轩辕-70B、智脑-7B,70\n"
    one, other = rows(batch_of(text, **{"2": "split"}))
    assert ([note.cell for note in one.left_out], other.read[-1].words) == (["70"], "70")
    assert other.read[-1].value["number"].lower == 7 * 10**9


def test_a_model_of_a_cell_is_asked_about_as_any_row(admin_client: Client) -> None:
    make_entry("智脑", developers=["360"])
    batch = batch_of(SEVERAL)
    steer(admin_client, batch, **{"row-2": "split"})
    assert [row.is_open for row in rows(batch)] == [False, True]


def mend(client: Client, batch: ImportBatch, key: str, **typed: str) -> Any:
    """Send the page on which the row's cells are shown, with some of them typed."""
    cells = {f"cell-{name}": words for name, words in typed.items()}
    return steer(client, batch, mend=key, **{**cells_of(client, batch, key), **cells})


def cells_of(client: Client, batch: ImportBatch, key: str) -> dict[str, str]:
    form = client.get(page_of(batch), {"mend": key}).context["cells"]
    return {form.add_prefix(name): form[name].value() for name in form.fields}


def test_a_mended_cell_quotes_the_file_and_is_the_curators(admin_client: Client) -> None:
    batch = batch_of("公司,大模型,参数,发布时间\n度小满,轩辕大摸型,六点二哥亿,\n")
    mend(admin_client, batch, "2", name="轩辕大模型", parameters="6.2B", released="2023年5月")
    apply(batch)
    told = (
        Claim.objects.exclude(basis=Basis.STATED)
        .order_by("field")
        .values_list("basis", "stated", "reason_en")
    )
    corrected = "While importing, the curator corrected “{}” to “{}”"
    assert list(told) == [
        ("curator", "", "While importing, the curator filled in “2023年5月”, which the file does not say"),
        ("inferred", "轩辕大摸型", corrected.format("轩辕大摸型", "轩辕大模型")),
        ("inferred", "六点二哥亿", corrected.format("六点二哥亿", "6.2B")),
    ]
    entry = Entry.objects.get()
    assert (entry.name_zh, entry.parameters.lower, entry.parameters_stated) == (
        "轩辕大模型", 62 * 10**8, "六点二哥亿",
    )  # fmt: skip
    assert entry.released.lower.isoformat() == "2023-05-01"


def test_a_cell_is_emptied_and_given_back(admin_client: Client) -> None:
    batch = batch_of("公司,大模型,参数\n度小满,轩辕,7B\n")
    mend(admin_client, batch, "2", parameters="")
    assert (batch.decisions, rows(batch)[0].read[-1].words) == ({"2:parameters": ""}, "轩辕")
    assert cells_of(admin_client, batch, "2")["cell-parameters"] == ""
    mend(admin_client, batch, "2", parameters="7B")
    assert batch.decisions == {}


def test_a_refused_row_is_mended(admin_client: Client) -> None:
    batch = batch_of("公司,大模型\n度小满,\n百度,文心\n")
    mend(admin_client, batch, "2", name="轩辕")
    assert [row.fate.value for row in rows(batch)] == ["new", "new"]


@pytest.mark.parametrize("key", ["9", "2.1", "x", "2:name"])
def test_no_cells_of_a_row_that_there_is_not(admin_client: Client, key: str) -> None:
    batch = batch_of("公司,大模型\n度小满,轩辕\n")
    assert admin_client.get(page_of(batch), {"mend": key}).context["cells"] is None
    steer(admin_client, batch, mend=key, **{"cell-name": "别的"})
    assert batch.decisions == {}


def test_a_curator_who_is_second_is_told_and_overwrites_nothing(admin_client: Client) -> None:
    batch = batch_of("公司,大模型,参数\n度小满,轩辕,62\n")
    late = {**form_of(admin_client, batch).fields, "unit": "10000"}
    steer(admin_client, batch, unit="100000000")
    for place in ("change", "apply"):
        answer = admin_client.post(
            page_of(batch, place), late, follow=True, headers={"Accept-Language": "en"}
        )
        assert "Nothing of yours was kept" in answer.content.decode()
        assert answer.context["form"]["unit"].value() == "10000"
    batch.refresh_from_db()
    assert (batch.options["unit"], batch.state) == ("100000000", "uploaded")


def test_what_a_second_curator_typed_is_still_in_the_form(admin_client: Client) -> None:
    batch = batch_of(f"{SEVERAL}百度,文心,1\n旷视,太乙,2\n")
    steer(admin_client, batch, leave="4")
    late = form_of(admin_client, batch).fields
    steer(admin_client, batch, unit="100000000")
    cells = cells_of(admin_client, batch, "3")
    typed = {**late, **cells, "row-2": "split", "leave": "3", "mend": "3", "cell-name": "文心一言"}
    page = admin_client.post(page_of(batch), typed)
    shown = Page(page.content.decode(), page_of(batch)).forms
    again = next(form for form in shown if "fingerprint" in form.fields).fields
    assert (again["row-2"], again["leave"], again["cell-name"]) == (["split"], ["3"], ["文心一言"])
    admin_client.post(page_of(batch), again)
    batch.refresh_from_db()
    assert batch.decisions == {"2": "split", "3": "leave", "3:name": "文心一言"}


def test_the_same_form_sent_twice_is_no_second_curator(admin_client: Client) -> None:
    batch = batch_of("公司,大模型,参数\n度小满,轩辕,62\n")
    twice = {**form_of(admin_client, batch).fields, "unit": "10000"}
    for _press in range(2):
        page = admin_client.post(page_of(batch), twice, follow=True)
    assert not list(page.context["messages"])


def test_rows_taken_apart_make_no_table_longer_than_one_may_be(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = batch_of(f"{SEVERAL}旷视,太乙、明见,,\n")
    steer(admin_client, batch, **{"row-2": "split", "row-3": "split"})
    monkeypatch.setattr(mending, "MAX_ROWS", 3)
    assert [row.key for row in rows(batch)] == ["2.1", "2.2", "3"]
    assert rows(batch)[-1].is_open
