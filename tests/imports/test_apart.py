"""The cells of a line that was taken apart: which words belong to which model, and where they stand."""

from typing import Any

import pytest
from django.test import Client

from models_catalog.curation.imports import pages
from models_catalog.intake.tables.apply import apply_import
from models_catalog.intake.tables.plan import PlannedRow, fingerprint
from models_catalog.models import Claim, ImportBatch, ImportRun
from models_catalog.models.vocabulary import Basis, Field
from tests.imports.test_import import apply, batch_of
from tests.imports.test_mending import cells_of, mend
from tests.imports.test_steering import rows, steer

pytestmark = pytest.mark.django_db


def apart(table: str, **decisions: str) -> ImportBatch:
    return batch_of(f"{table}\n", **{"2": "split", **decisions})


def said_of(row: PlannedRow, of: Field) -> list[str]:
    return [claim.words for claim in row.read if claim.field == of]


@pytest.mark.parametrize(
    ("names", "sizes", "taken", "noted"),
    [
        ("轩辕、轩辕-Chat", "236B/21B", [[], []], [1, 1]),
        ("轩辕、轩辕-Chat", "236B、激活21B", [[], []], [1, 1]),
        ("轩辕、智脑", "236B（激活21B、共享）、7B", [["236B（激活21B、共享）"], ["7B"]], [0, 0]),
        ("轩辕、智脑、明见", "7B、、13B、70B", [[], [], []], [1, 1, 1]),
        ("轩辕-7B、轩辕-14B", "7B", [["7B"], []], [0, 1]),
        ("轩辕-7B、轩辕", "70亿", [["70亿"], []], [0, 1]),
        ("轩辕-7B、轩辕-14B", "未公开", [["未公开"], ["未公开"]], [0, 0]),
        ("轩辕、智脑", "7B", [["7B"], ["7B"]], [0, 0]),
    ],
)
def test_a_size_goes_to_the_model_that_it_is_said_of(
    names: str, sizes: str, taken: list[list[str]], noted: list[int]
) -> None:
    found = rows(apart(f"公司,大模型,参数\n度小满,{names},{sizes}"))
    assert [said_of(row, Field.PARAMETERS) for row in found] == taken
    assert [len(row.left_out) for row in found] == noted


@pytest.mark.parametrize(("names", "taken"), [("轩辕-7B、轩辕-14B", [["7"], []])])
def test_a_bare_number_is_compared_in_the_unit_of_the_name(names: str, taken: list[list[str]]) -> None:
    found = rows(apart(f"公司,大模型,参数量(B)\n度小满,{names},7"))
    assert [said_of(row, Field.PARAMETERS) for row in found] == taken


@pytest.mark.parametrize(
    ("cells", "of", "places"),
    [
        ("度小满,轩辕-72B-Chat、轩辕-72B,", Field.NAME, [4, 16]),
        ("度小满,轩辕、智脑,72B、2B", Field.PARAMETERS, [10, 14]),
        ("度小满,轩辕、智脑,7B、7B", Field.PARAMETERS, [10, 13]),
    ],
)
def test_each_piece_stands_behind_the_one_before(cells: str, of: Field, places: list[int]) -> None:
    found = rows(apart(f"公司,大模型,参数\n{cells}"))
    assert [claim.start for row in found for claim in row.read if claim.field == of] == places


def test_the_cells_to_mend_are_those_of_the_plan(admin_client: Client) -> None:
    batch = apart("公司,大模型,参数（亿）\n度小满,轩辕-7B、轩辕-14B,70")
    assert [said_of(row, Field.PARAMETERS) for row in rows(batch)] == [["70"], []]
    assert [cells_of(admin_client, batch, key)["cell-parameters"] for key in ("2.1", "2.2")] == ["70", ""]


def test_a_maker_of_a_list_stands_where_it_is_an_item() -> None:
    (row,) = rows(batch_of("公司,大模型\n度小满科技、度小满,轩辕\n"))
    assert [claim.start for claim in row.read if claim.field == Field.DEVELOPER] == [0, 6]


def test_a_mended_value_of_a_part_corrects_the_words_of_the_line(admin_client: Client) -> None:
    batch = apart("公司,大模型,参数\n度小满,轩辕、智脑,7B/13B/70B")
    mend(admin_client, batch, "2.1", parameters="7B")
    assert [len(row.left_out) for row in rows(batch)] == [0, 1]
    apply(batch)
    claim = Claim.objects.get(field=Field.PARAMETERS)
    assert (claim.basis, claim.stated, claim.start) == (Basis.INFERRED, "7B/13B/70B", 10)
    assert claim.reason_en == "While importing, the curator corrected “7B/13B/70B” to “7B”"


MOVED = "公司,大模型,参数,规模,产品\n度小满,轩辕、智脑,7B、13B,1B、2B,松涛、竹影\n百度,文心,8B,9B,一言\n"


@pytest.fixture
def moved() -> ImportBatch:
    batch = batch_of(MOVED, **{
        "2": "split", "2.1": "new", "2.1:parameters": "70B", "3": "leave", "3:parameters": "80B", "3:developer": "阿里",
    })  # fmt: skip
    batch.mapping = {"0": "developer", "1": "name", "2": "parameters"}
    batch.save()
    return batch


def test_a_mended_cell_goes_with_its_column(moved: ImportBatch, admin_client: Client) -> None:
    answer = steer(admin_client, moved, **{"column-2": "", "column-3": "parameters"})
    assert moved.decisions == {"2": "split", "2.1": "new", "3": "leave", "3:developer": "阿里"}
    (told,) = admin_client.get(answer.url, headers={"Accept-Language": "en"}).context["messages"]
    assert str(told).endswith("2.1, 3")


def test_answers_about_names_go_with_the_names(moved: ImportBatch, admin_client: Client) -> None:
    steer(admin_client, moved, **{"column-1": "", "column-4": "name"})
    assert moved.decisions == {"3": "leave", "3:parameters": "80B", "3:developer": "阿里"}


def test_the_parts_of_a_line_count_as_rows(monkeypatch: pytest.MonkeyPatch, admin_client: Client) -> None:
    begun: list[Any] = []
    monkeypatch.setattr(pages, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(pages, "start_run", lambda **given: begun.append(given["what"]))
    steer(admin_client, apart("公司,大模型\n度小满,轩辕、智脑、明见"), "apply")
    assert begun == [ImportRun.What.APPLY]


def test_progress_counts_the_parts_of_a_line() -> None:
    batch, told = apart("公司,大模型\n度小满,轩辕、智脑、明见"), list[tuple[int, int]]()
    expected = fingerprint(rows(batch))
    apply_import(batch=batch, expected=expected, by="a", heard=lambda _stage, *done: told.append(done))
    assert all(done <= of == 9 for done, of in told)
