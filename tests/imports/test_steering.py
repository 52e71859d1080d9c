"""On the page of an import a curator says what its file leaves open; it is kept with the import, and bad choices lose nothing."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from models_catalog.intake.tables.apply import plan_of
from models_catalog.intake.tables.plan import PlannedRow
from models_catalog.intake.tables.undo import undo_import
from models_catalog.models import HISTORIES, Claim, Developer, Entry, ImportBatch
from models_catalog.models.vocabulary import Basis, Field, Status
from tests.checksums import checksums
from tests.factories import make_developer, make_sector
from tests.imports.test_import import apply, batch_of
from tests.permissions.pages import Form, Page

pytestmark = pytest.mark.django_db


def page_of(batch: ImportBatch, name: str = "change") -> str:
    return reverse(f"admin:models_catalog_importbatch_{name}", args=[batch.pk])


def form_of(client: Client, batch: ImportBatch) -> Form:
    address = page_of(batch)
    forms = Page(client.get(address).content.decode(), address).forms
    return next(form for form in forms if "fingerprint" in form.fields)


def steer(client: Client, batch: ImportBatch, to: str = "change", **typed: Any) -> Any:
    """Send the form of the page as a browser would, with something typed."""
    fields: dict[str, Any] = {**form_of(client, batch).fields, **typed}
    answer = client.post(page_of(batch, to), fields)
    batch.refresh_from_db()
    return answer


def rows(batch: ImportBatch) -> list[PlannedRow]:
    return plan_of(batch)


def typed_for(client: Client, batch: ImportBatch, prefix: str, called: str, **typed: str) -> dict[str, str]:
    """What is typed beside one name or word of a list."""
    fields = form_of(client, batch).fields
    at = next(
        name.rpartition("-")[0]
        for name, value in fields.items()
        if name.startswith(prefix) and value == [called]
    )
    return {f"{at}-{name}": value for name, value in typed.items()}


def test_another_line_is_the_heading(admin_client: Client) -> None:
    batch = batch_of("公司,大模型\n企业,产品名称\n度小满,轩辕\n")
    steer(admin_client, batch, heading_row="2")
    assert [(row.name, row.developer) for row in rows(batch)] == [("轩辕", "度小满")]


def test_a_line_that_is_none_is_refused_and_nothing_is_lost(admin_client: Client) -> None:
    batch = batch_of("公司,大模型\n度小满,轩辕\n")
    page = steer(admin_client, batch, heading_row="99", unit="100000000", leave="2")
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["heading_row"])
    assert (page.context["form"]["heading_row"].value(), page.context["form"]["unit"].value()) == (
        "99",
        "100000000",
    )
    assert (batch.options.get("heading_row"), batch.decisions) == (None, {"2": "leave"})


def test_another_sign_separates_the_cells(admin_client: Client) -> None:
    batch = batch_of("大模型|公司, 地点\n松涛|长堤软件, 北京\n")
    batch.mapping = {}
    batch.save()
    steer(admin_client, batch, delimiter="|", **{"column-0": ""})
    assert batch.mapping == {"0": "name"}
    assert [row.name for row in rows(batch)] == ["松涛"]


def book() -> bytes:
    made, file = openpyxl.Workbook(), BytesIO()
    for title, model in (("国内", "松涛"), ("海外", "竹影")):
        sheet = made.create_sheet(title)
        for cells in (["公司", "大模型"], ["长堤软件", model]):
            sheet.append(cells)
    made.remove(made.worksheets[0])
    made.save(file)
    return file.getvalue()


def test_another_sheet_is_read_and_its_answers_stay_apart(admin_client: Client) -> None:
    file = SimpleUploadedFile("a.xlsx", book())
    admin_client.post(reverse("admin:models_catalog_importbatch_add"), {"file": file})
    batch = ImportBatch.objects.get()
    steer(admin_client, batch, leave="2")
    steer(admin_client, batch, sheet="海外")
    assert ([row.name for row in rows(batch)], batch.decisions) == (["竹影"], {})
    steer(admin_client, batch, sheet="国内")
    assert batch.decisions == {"2": "leave"}


def test_the_file_is_kept_until_it_is_applied(admin_client: Client) -> None:
    file = SimpleUploadedFile("a.xlsx", book())
    admin_client.post(reverse("admin:models_catalog_importbatch_add"), {"file": file})
    batch = ImportBatch.objects.get()
    assert len(batch.content) > 1_000
    apply(batch)
    batch.refresh_from_db()
    assert bytes(batch.content) == b""


def test_the_unit_of_sizes_is_said(admin_client: Client) -> None:
    batch = batch_of("公司,大模型,参数\n度小满,轩辕,62\n")
    steer(admin_client, batch, unit="100000000")
    assert rows(batch)[0].read[-1].value["number"].lower == 6_200_000_000


def test_a_column_is_not_read_wherever_the_heading_stands(admin_client: Client) -> None:
    batch = batch_of("公司,大模型,参数\n度小满,轩辕,7B\n")
    steer(admin_client, batch, **{"column-2": ""})
    steer(admin_client, batch, heading_row="2")
    steer(admin_client, batch, heading_row="1")
    assert batch.mapping == {"0": "developer", "1": "name"}


def test_rows_are_left_out_and_taken_back(admin_client: Client) -> None:
    batch = batch_of("公司,大模型\n度小满,轩辕\n度小满,轩辕\n")
    steer(admin_client, batch, leave="2")
    assert [row.fate.value for row in rows(batch)] == ["refused", "new"]
    assert form_of(admin_client, batch).fields["left"] == ["2"]
    steer(admin_client, batch, leave=[])
    assert [row.fate.value for row in rows(batch)] == ["new", "refused"]


WORDS = "公司,大模型,类别,状态\n度小满,轩辕,元宇宙,√\n度小满,智脑,元宇宙;农业,×\n"


@pytest.fixture
def words(admin_client: Client) -> ImportBatch:
    make_sector("音视频", slug="media")
    batch = batch_of(WORDS)
    steer(admin_client, batch, **{"column-3": "openness"})
    return batch


def test_a_word_gets_its_meaning_once(words: ImportBatch, admin_client: Client) -> None:
    shown = admin_client.get(page_of(words)).context["words"]
    assert [(one.initial["words"], one.initial["rows"]) for one in shown][:2] == [("元宇宙", 2), ("√", 1)]
    steer(admin_client, words, **typed_for(admin_client, words, "words", "元宇宙", answer="media"))
    steer(admin_client, words, **typed_for(admin_client, words, "words", "√", answer="open"))
    apply(words)
    told = Claim.objects.filter(basis=Basis.INFERRED).values_list("field", "stated", "reason_en")
    assert sorted(told) == [
        ("openness", "√", "While importing, the curator read “√” as: Open"),
        ("sector", "元宇宙", "While importing, the curator read “元宇宙” as: Media"),
        ("sector", "元宇宙", "While importing, the curator read “元宇宙” as: Media"),
    ]


def test_a_word_that_means_nothing_is_noted_no_more(words: ImportBatch, admin_client: Client) -> None:
    steer(admin_client, words, **typed_for(admin_client, words, "words", "元宇宙", answer="-"))
    assert [[note.cell for note in row.left_out] for row in rows(words)] == [["√"], ["农业", "×"]]
    steer(admin_client, words, **typed_for(admin_client, words, "words", "元宇宙", answer=""))
    assert rows(words)[0].left_out[0].cell == "元宇宙"


def test_a_meaning_that_there_is_not_is_refused(words: ImportBatch, admin_client: Client) -> None:
    page = steer(admin_client, words, **typed_for(admin_client, words, "words", "√", answer="perhaps"))
    assert (page.status_code, words.options["words"].get("openness")) == (200, {})


MAKERS = "公司,大模型\n长堤软件,松涛\n长堤软件园,竹影\n东海大学,梅岭\n北岭集团,鹤鸣\n"


def test_new_developers_have_a_kind_or_are_others(admin_client: Client) -> None:
    make_developer("长堤")
    batch = batch_of(MAKERS)
    said = {
        **typed_for(admin_client, batch, "makers", "东海大学", kind="public-body"),
        **typed_for(admin_client, batch, "makers", "长堤软件", near="长堤"),
        **typed_for(admin_client, batch, "makers", "长堤软件园", near="new"),
        **typed_for(admin_client, batch, "makers", "北岭集团", same="长堤软件园"),
    }
    before = checksums()
    steer(admin_client, batch, **said)
    apply(batch)
    made = Developer.objects.exclude(name_zh="长堤").values_list("name_zh", "kind")
    assert sorted(made) == [("东海大学", "public-body"), ("长堤软件园", "ai-company")]
    stated = Claim.objects.filter(field=Field.DEVELOPER).values_list("stated", "developer__name_zh")
    assert sorted(stated) == [
        ("东海大学", "东海大学"), ("北岭集团", "长堤软件园"), ("长堤软件", "长堤"), ("长堤软件园", "长堤软件园"),
    ]  # fmt: skip
    undo_import(batch=batch, by="curator")
    assert {name for name, sum_ in checksums().items() if before[name] != sum_} <= {
        "models_catalog_importbatch"
    }


def test_a_developer_that_there_is_not_is_said_beside_it(admin_client: Client) -> None:
    batch = batch_of(MAKERS)
    typed = {
        **typed_for(admin_client, batch, "makers", "长堤软件", same="西岭"),
        **typed_for(admin_client, batch, "makers", "东海大学", kind="startup"),
    }
    page = steer(admin_client, batch, **typed)
    wrong = [(form["name"].value(), form["same"].value()) for form in page.context["makers"] if form.errors]
    assert wrong == [("长堤软件", "西岭")]
    assert {said.get("kind") for said in batch.options["makers"].values()} == {"startup"}


def test_all_other_developers_are_new(admin_client: Client) -> None:
    make_developer("长堤")
    batch = batch_of(MAKERS)
    assert admin_client.get(page_of(batch)).context["near_count"] == 2
    steer(admin_client, batch, all_new="1")
    assert admin_client.get(page_of(batch)).context["near_count"] == 0
    assert not any(row.near_developers for row in rows(batch))


def test_a_spelling_that_was_imported_is_known_the_next_time(admin_client: Client) -> None:
    make_developer("长堤")
    batch = batch_of("公司,大模型\n长堤软件,松涛\n")
    steer(admin_client, batch, **typed_for(admin_client, batch, "makers", "长堤软件", same="长堤"))
    apply(batch)
    row = rows(batch_of("公司,大模型\n长堤软件,松涛\n长堤软件,远岫\n"))
    assert [one.new_developers for one in row] == [{}, {}]
    assert row[0].fate.value == "unchanged"


def test_applying_keeps_what_was_chosen_and_does_not_apply_what_was_not_shown(admin_client: Client) -> None:
    batch = batch_of("公司,大模型\n度小满,轩辕\n度小满,智脑\n")
    steer(admin_client, batch, "apply", leave="2")
    assert (batch.decisions, Entry.objects.count()) == ({"2": "leave"}, 0)
    steer(admin_client, batch, "apply")
    assert list(Entry.objects.values_list("slug", flat=True)) == ["zhinao"]


def test_it_is_applied_and_accepted_by_one_button(admin_client: Client) -> None:
    batch = batch_of("公司,大模型\n度小满,轩辕\n", Status.PROPOSED)
    answer = steer(admin_client, batch, "apply", become="accepted")
    assert Entry.objects.listed().count() == 1
    (told,) = admin_client.get(answer.url).context["messages"]
    assert f'href="{page_of(batch, "undo")}"' in str(told)


def test_what_was_chosen_is_kept_and_shown(words: ImportBatch, admin_client: Client) -> None:
    steer(admin_client, words, **typed_for(admin_client, words, "words", "元宇宙", answer="media"))
    steer(admin_client, words, unit="1000000000", leave="3")
    apply(words)
    page = admin_client.get(page_of(words), headers={"Accept-Language": "en"})
    assert page.context["steered"] == [
        "Heading in line 1", "Sizes are in: billions (B)", "Column “状态”: Openness", "“元宇宙” means: Media", "Left out: lines 3",
    ]  # fmt: skip
    kept = HISTORIES[ImportBatch].objects.filter(pgh_obj=words).order_by("pgh_id").last()
    assert kept.options["words"] == {"sector": {"元宇宙": "media"}, "openness": {}}


@pytest.mark.parametrize("n", [1, 150])
def test_the_forms_cost_the_same(n: int, admin_client: Client, django_assert_num_queries: Any) -> None:
    lines = "".join(f"第{one}厂,轩辕{one},词{one}\n" for one in range(n))
    batch = batch_of(f"公司,大模型,类别\n{lines}")
    with django_assert_num_queries(18):
        shown = admin_client.get(page_of(batch)).context
    assert (len(shown["makers"].forms), len(shown["words"].forms)) == (min(n, 100), min(n, 100))
