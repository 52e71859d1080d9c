"""What readers are told of an entry's history."""

import pytest
from django.db import connection, transaction
from django.test import Client

from models_catalog.actions.claims import accept_claim
from models_catalog.actions.recording import recorded
from models_catalog.ingest.values import parse_parameters
from models_catalog.models.vocabulary import Field, Status
from models_catalog.queries.history import history_of
from tests.factories import make_claim, make_entry


@pytest.mark.django_db(transaction=True)
def test_a_step_says_what_it_changed_and_by_which_action() -> None:
    with transaction.atomic():
        entry = make_entry("轩辕", developers=["度小满"])
        claim = make_claim(
            entry, Field.PARAMETERS, words="千亿级", number=parse_parameters("千亿级"), status=Status.PROPOSED
        )
    with recorded("accept", who="somebody"):
        accept_claim(claim=claim, reviewer="somebody")
    latest = history_of(entry)[0]
    told = [(str(change.heading), change.before, change.after) for change in latest.changes]
    assert (latest.what, latest.accepted, [row[1:] for row in told]) == ("accept", 1, [("", "千亿级")])


@pytest.mark.django_db(transaction=True)
def test_the_first_step_names_the_developers() -> None:
    with transaction.atomic():
        entry = make_entry("轩辕", developers=["度小满", "百度"])
    first = history_of(entry)[-1]
    assert "度小满, 百度" in [change.after for change in first.changes]


@pytest.mark.django_db
def test_proposals_and_names_of_curators_are_not_told(client: Client) -> None:
    with recorded("propose", who="somebody-secret"):
        entry = make_entry("轩辕")
        make_claim(
            entry, Field.PARAMETERS, words="千亿级", number=parse_parameters("千亿级"), status=Status.PROPOSED
        )
    told = history_of(entry)
    assert "somebody-secret" not in repr(told)
    assert sum(step.accepted for step in told) == entry.claims.filter(status=Status.ACCEPTED).count()


@pytest.mark.django_db
def test_history_asks_the_same_questions_however_long_it_is(django_assert_num_queries: object) -> None:
    entry = make_entry("轩辕", developers=["度小满"], sectors=["金融"])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    entry.claims.update(said_by_zh="百度")
    with django_assert_num_queries(6):  # type: ignore[operator]  # a fixture of pytest-django
        history_of(entry)
