"""The sector `industry` is `manufacturing`; the old slug leads on and is still read."""

import pytest
from django.test import Client

from models_catalog.intake.tables.known import Known
from tests.factories import make_entry, make_sector
from tests.views.test_catalog import listed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sector() -> None:
    make_entry("羚羊", sectors=[make_sector("工业", slug="manufacturing", name_en="Manufacturing")])


@pytest.mark.parametrize("path", ["/en/sectors/{}/", "/zh/sectors/{}/", "/api/v1/sectors/{}/"])
def test_old_page_leads_to_the_new(client: Client, path: str) -> None:
    answer = client.get(f"{path.format('industry')}?x=1" if "api" not in path else path.format("industry"))
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (
        301,
        path.format("manufacturing"),
    )


@pytest.mark.parametrize("slug", ["industry", "manufacturing"])
def test_both_are_read_as_a_filter(client: Client, slug: str) -> None:
    assert listed(client, f"sector={slug}") == ["lingyang"]


def test_page_writes_the_new_one(client: Client) -> None:
    page = client.get("/models/?sector=industry")
    assert page.context["addresses"].here == "sector=manufacturing"
    assert [chip.address for chip in page.context["chips"]] == ["?"]


def test_imports_know_both() -> None:
    known = Known().sectors
    assert known["industry"] == known["manufacturing"]
