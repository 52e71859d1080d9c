"""The pages of an import cost the same, whether it has one row or a thousand."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from models_catalog.models import Claim, ImportBatch, ImportRun
from models_catalog.models.vocabulary import Status
from tests.imports.test_import import apply, batch_of

pytestmark = pytest.mark.django_db
ROWS = [1, 1_000]


def table_of(rows: int) -> str:
    return "公司,大模型\n" + "".join(f"度小满,轩辕{n}\n" for n in range(1, rows + 1))


def page(name: str, batch: ImportBatch) -> str:
    return reverse(f"admin:models_catalog_importbatch_{name}", args=[batch.pk])


@pytest.mark.parametrize("rows", ROWS)
def test_the_preview_asks_the_database_as_often(
    rows: int, admin_client: Client, django_assert_num_queries: Any
) -> None:
    batch = batch_of(table_of(rows))
    with django_assert_num_queries(17):  # with the spellings of makers, and the developers to choose from
        shown = admin_client.get(page("change", batch))
    assert (shown.context["total"], len(shown.context["rows"])) == (rows, min(rows, 200))


@pytest.mark.parametrize("rows", ROWS)
def test_the_page_of_an_applied_import_asks_as_often(
    rows: int, admin_client: Client, django_assert_num_queries: Any
) -> None:
    batch = apply(batch_of(table_of(1)))
    batch.rows = [{**batch.rows[0], "line": line} for line in range(2, rows + 2)]
    batch.save()
    with django_assert_num_queries(8):
        shown = admin_client.get(page("change", batch))
    assert len(shown.context["rows"]) == min(rows, 200)


@pytest.mark.parametrize("rows", [1, 300])
def test_the_page_that_asks_before_undoing_asks_as_often(
    rows: int, admin_client: Client, django_assert_num_queries: Any
) -> None:
    batch = apply(batch_of(table_of(rows), Status.PROPOSED))
    Claim.objects.filter(field="name").update(
        status=Status.REJECTED, reviewed_by="curator", reviewed_at=timezone.now()
    )
    with django_assert_num_queries(22):  # one of them for merges of its developers
        asked = admin_client.get(page("undo", batch))
    assert (len(asked.context["since"].decided), len(asked.context["decided"])) == (rows, min(rows, 200))


@pytest.mark.parametrize("rows", ROWS)
def test_the_progress_page_asks_as_often(
    rows: int, admin_client: Client, django_assert_num_queries: Any
) -> None:
    batch = batch_of(table_of(rows))
    ImportRun.objects.create(batch=batch, what=ImportRun.What.APPLY, started_by="curator")
    with django_assert_num_queries(5):
        shown = admin_client.get(page("change", batch))
    assert shown.context["run"].batch == batch


@pytest.mark.parametrize("imports", [1, 5])
def test_the_list_says_what_is_worked_on_in_as_many_queries(
    imports: int, admin_client: Client, django_assert_num_queries: Any
) -> None:
    batches = [batch_of(table_of(n + 1)) for n in range(imports + 1)]
    for batch in batches[1:]:
        ImportRun.objects.create(batch=batch, what=ImportRun.What.APPLY, started_by="curator")
    with django_assert_num_queries(5):
        shown = admin_client.get(reverse("admin:models_catalog_importbatch_changelist")).content.decode()
    assert (shown.count("正在进行…</a>"), shown.count(">已上传<")) == (imports, 1)
