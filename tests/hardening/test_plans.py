"""The indexes answer the questions for which they were made: with table scans forbidden, the plan names them."""

import pytest
from django.db import connection

from models_catalog.models import Claim, Entry, SearchKey
from models_catalog.models.search_terms import as_typed
from models_catalog.models.vocabulary import Field
from tests.factories import make_entries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("queryset", "index"),
    [
        (lambda: SearchKey.objects.entries_found(as_typed("文心")), "search_key_bigrams"),
        (lambda: SearchKey.objects.entries_found(as_typed("wxyy")), "search_key_bigrams"),
        (lambda: Entry.objects.possibly_between(Field.PARAMETERS, 10**11).order_by(), "entry_parameters"),
        (lambda: Entry.objects.listed().order_by("sort_key", "slug"), "entry_sort_key"),
        (lambda: Claim.objects.order_by("entry__sort_key", "entry__slug", "field"), "entry_sort_key"),
        (lambda: Entry.objects.filter(modalities__overlap=["text"]).order_by(), "entry_modalities"),
    ],
    ids=["two characters", "initials", "size", "order", "claims by entry", "modality"],
)
def test_the_index_is_used(queryset: object, index: str) -> None:
    make_entries(300, parameters="100亿", modalities=["text"])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # an autovacuum before this test may have noted that the tables are empty
        # What tests before this one wrote and took back waits before the index, and would make it dear.
        cursor.execute("SELECT gin_clean_pending_list('search_key_bigrams')")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    assert callable(queryset)
    assert index in queryset().explain()
