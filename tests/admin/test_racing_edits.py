"""Two hundred edits of one entry's claims at once: each is saved on top of what it saw, or told what changed."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from models_catalog.history.versions import version_of_claims
from models_catalog.models import Claim, ClaimEvent
from models_catalog.models.history import UPDATE
from models_catalog.models.vocabulary import Field
from models_catalog.roles import Role
from tests.factories import make_claim, make_entry
from tests.permissions.world import make_user

CURATORS, EDITS_EACH = 4, 50
TYPED = ("answer", "token", "basis", "source", "line", "start", "end", "quotation", "stated")


def value_in(page: str, name: str) -> str:
    """The value of an input on a page."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    value = re.search(r'value="([^"]*)"', found[0]) if found else None
    return unescape(value[1]) if value else ""


def form_of(claim: Claim) -> dict[str, Any]:
    return {name: getattr(claim, f"{name}_id" if name == "source" else name) for name in TYPED}


def add_one(client: Client, claim: Claim) -> int:
    """Look at the form, then save it with the number in it raised by one; the answer's status."""
    address = reverse("admin:models_catalog_claim_change", args=[claim.pk])
    page = client.get(address).content.decode()
    number = int(value_in(page, "said_by_en") or 0) + 1
    data = {**form_of(claim), "said_by_en": number, "said_by_zh": "数", "version": value_in(page, "version")}
    answer = client.post(address, data)
    if answer.status_code == 200:
        assert "何人所说（英文）：" in unescape(answer.content.decode())
    return answer.status_code


def edits(user: Any, claims: list[Claim]) -> list[tuple[int, int]]:
    """(claim, status) of one curator's edits, one claim after the other."""
    client = Client()
    client.force_login(user)
    try:
        return [(claim.pk, add_one(client, claim)) for claim in claims * (EDITS_EACH // len(claims))]
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_of_two_hundred_racing_edits_none_is_lost() -> None:
    entry = make_entry("文心一言", openness="open", category="general")
    claims = [
        make_claim(entry, Field.MODALITY, token="text", words="文本"),
        make_claim(entry, Field.MODALITY, token="image", words="图像"),
    ]  # fmt: skip
    users = [make_user(f"curator-{n}", Role.CURATOR) for n in range(CURATORS)]
    before = ClaimEvent.objects.filter(pgh_label=UPDATE).count()
    with ThreadPoolExecutor(CURATORS) as pool:
        done = [one for found in pool.map(lambda user: edits(user, claims), users) for one in found]
    saved = {claim.pk: sum(1 for pk, status in done if (pk, status) == (claim.pk, 302)) for claim in claims}
    for claim in claims:
        claim.refresh_from_db()
    assert (len(done), {status for _pk, status in done} <= {200, 302}) == (200, True)
    assert {claim.pk: int(claim.said_by_en or 0) for claim in claims} == saved
    assert ClaimEvent.objects.filter(pgh_label=UPDATE).count() - before == sum(saved.values()) > 0
    told = len(done) - sum(saved.values())
    print(f"seen: {len(done)} edits, {sum(saved.values())} saved, {told} told what changed, none lost")  # noqa: T201  # for `make faults`


@pytest.mark.django_db
def test_looking_at_the_effect_does_not_hide_what_changed_meanwhile(curator: Client) -> None:
    entry = make_entry("文心一言")
    claim = make_claim(entry, Field.MODALITY, token="text", words="文本")
    address, seen = reverse("admin:models_catalog_claim_change", args=[claim.pk]), version_of_claims(entry)
    curator.post(address, {**form_of(claim), "said_by_en": "first", "said_by_zh": "一", "version": seen})
    second = {**form_of(claim), "said_by_en": "second", "said_by_zh": "二"}
    shown = curator.get(address, {**second, "version": seen, "_preview": "1"}).content.decode()
    curator.post(address, {**second, "version": value_in(shown, "version")})
    claim.refresh_from_db()
    assert claim.said_by_en == "first"
