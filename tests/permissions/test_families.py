"""Nothing is made part of itself at the desk; what was once is shown all the same."""

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.claims import settle
from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.propose import propose_claim, revise_claim
from models_catalog.models import Claim, Developer, Entry
from models_catalog.models.vocabulary import Field
from tests.checksums import checksums
from tests.decisions import accept_claim
from tests.factories import make_developer, make_entry
from tests.permissions.rows_claims import KNOWN

pytestmark = pytest.mark.django_db

WHY = {"basis": "curator", "reason_zh": "公开资料", "reason_en": "Public knowledge"}


@pytest.fixture
def pair() -> tuple[Entry, Entry]:
    """An entry, and another that is part of it."""
    above, below = make_entry("甲"), make_entry("乙")
    under(below, above)
    return above, below


def under(below: Entry, above: Entry) -> Claim:
    claim = Claim(entry=below, field=Field.PARENT, parent=above, **WHY)
    return accept_claim(claim=propose_claim(claim=claim, proposer="li"), reviewer="li")


def test_accepting_a_claim_makes_no_circle(pair: tuple[Entry, Entry]) -> None:
    above, below = pair
    with pytest.raises(NotAllowed, match="乙属于甲"):
        under(above, below)


def test_correcting_a_claim_makes_no_circle(pair: tuple[Entry, Entry]) -> None:
    above, below = pair
    claim = under(above, make_entry("丙"))
    claim.parent = below
    with pytest.raises(NotAllowed, match="乙属于甲"):
        revise_claim(claim=claim, reviewer="li")


def test_a_refused_claim_is_not_proposed_either(pair: tuple[Entry, Entry], admin_client: Client) -> None:
    above, below = pair
    before = checksums()
    address = f"{reverse('admin:models_catalog_claim_add')}?entry={above.pk}&field=parent"
    response = admin_client.post(address, {**KNOWN, "parent": below.pk, "_accept": "1"})
    assert (response.status_code, "乙属于甲" in response.content.decode()) == (200, True)
    assert checksums() == before


def test_a_circle_that_is_there_is_shown(
    pair: tuple[Entry, Entry], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    above, below = pair
    monkeypatch.setattr(settle, "_refuse_circles", lambda moved: None)  # as before it was refused
    under(above, below)
    assert client.get(f"/en/models/{below.slug}/").status_code == 200


def test_a_developer_is_not_put_under_its_own_family(admin_client: Client) -> None:
    above = make_developer("百度")
    make_developer("飞桨", parent=make_developer("研究院", parent=above))
    form = {"slug": above.slug, "name_zh": "百度", "kind": above.kind, "aliases": "", "statements-TOTAL_FORMS": "0",
            "statements-INITIAL_FORMS": "0", "parent": Developer.objects.get(name_zh="飞桨").pk}  # fmt: skip
    address = reverse("admin:models_catalog_developer_change", args=[above.pk])
    response = admin_client.post(address, form)
    assert response.context["adminform"].form.errors["parent"] == ["飞桨就是百度，或属于它。"]
