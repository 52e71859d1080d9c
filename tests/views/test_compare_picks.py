"""Ticking entries in the catalog to compare them."""

import re

import pytest
from django.test import Client

from tests.factories import make_entries

pytestmark = pytest.mark.django_db


def test_each_entry_of_the_catalog_can_be_ticked_without_script(client: Client) -> None:
    slugs = [entry.slug for entry in make_entries(3)]
    page = client.get("/en/models/").content.decode()
    boxes = re.findall(r'<input class="pick[^>]* name="model" value="([^"]*)" form="picks"', page)
    assert boxes == slugs
    assert '<form class="picks no-print" id="picks" action="/en/compare/" data-most="6"' in page
