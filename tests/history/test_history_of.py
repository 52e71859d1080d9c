"""What readers are told of an entry's history."""

import pytest
from django.db import connection, transaction
from django.test import Client

from models_catalog.claims.recording import recorded
from models_catalog.history.entry import Step, history_of
from models_catalog.history.statements import MOST
from models_catalog.intake.values import parse_number
from models_catalog.models.vocabulary import EventKind, Field, Ruling, Status
from tests.decisions import accept_claim, dispute_claim, reject_claim
from tests.factories import make_claim, make_developer, make_entry, make_sector, propose


def spoken(step: Step) -> list[tuple[str, ...]]:
    """What was done to which statement, which anchor leads to it, and by which rule it was disputed."""
    return [
        (str(told.done), str(one.heading), one.value, one.anchor, str(one.ruling))
        for told in step.told
        for one in told.statements
    ]


@pytest.mark.django_db(transaction=True)
def test_a_step_says_what_it_changed_and_by_which_action() -> None:
    with transaction.atomic():
        entry = make_entry("轩辕", developers=["度小满"])
        claim = make_claim(
            entry,
            Field.PARAMETERS,
            words="千亿级",
            number=parse_number("parameters", "千亿级"),
            status=Status.PROPOSED,
        )
    with recorded("accept", who="somebody"):
        accept_claim(claim=claim, reviewer="somebody")
    latest = history_of(entry)[0]
    told = [(str(change.heading), change.before, change.after) for change in latest.changes]
    assert (latest.what, spoken(latest), [row[1:] for row in told]) == (
        "accept",
        [("采纳", "参数规模", "千亿级", claim.key, "")],
        [("", "千亿级")],
    )


@pytest.mark.django_db(transaction=True)
def test_the_first_step_names_the_developers() -> None:
    with transaction.atomic():
        entry = make_entry("轩辕", developers=["度小满", "百度"])
    first = history_of(entry)[-1]
    assert "度小满、百度" in [change.after for change in first.changes]


@pytest.mark.django_db
def test_proposals_and_names_of_curators_are_not_told(client: Client) -> None:
    with recorded("propose", who="somebody-secret"):
        entry = make_entry("轩辕")
        propose(entry, words="千亿级")
    told = history_of(entry)
    assert "somebody-secret" not in repr(told)
    assert (
        sum(len(step.claims["accepted"]) for step in told)
        == entry.claims.filter(status=Status.ACCEPTED).count()
    )


@pytest.mark.django_db
def test_history_asks_the_same_questions_however_long_it_is(django_assert_num_queries: object) -> None:
    entry = make_entry("轩辕", developers=["度小满"], sectors=["金融"])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    entry.claims.update(said_by_zh="百度")
    with django_assert_num_queries(6):  # type: ignore[operator]  # a fixture of pytest-django
        history_of(entry)


@pytest.mark.django_db(transaction=True)
def test_a_dispute_and_a_withdrawal_name_what_they_are_about(client: Client) -> None:
    entry = make_entry("轩辕")
    claim = accept_claim(claim=propose(entry), reviewer="secret-a")
    dispute_claim(claim=claim, reviewer="secret-b", ruling=Ruling.CURATOR, reason="wrong")
    rule = str(Ruling.CURATOR.label)
    assert spoken(history_of(entry)[0]) == [("有争议", "参数规模", "1760亿", claim.key, rule)]
    page = client.get(f"/zh{entry.get_absolute_url()}history/").content.decode()
    assert (
        f'<a href="/zh{entry.get_absolute_url()}#{claim.key}">参数规模：1760亿</a> — 有争议：{rule}' in page
    )
    reject_claim(claim=claim, reviewer="secret-c", reason="still wrong")
    assert spoken(history_of(entry)[0]) == [("撤回", "参数规模", "1760亿", "", "")]
    for path in (entry.get_absolute_url(), f"{entry.get_absolute_url()}history/"):
        assert "secret" not in client.get(path).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "columns", "said"),
    [(Field.OPENNESS, {"token": "open"}, "开源"), (Field.NAME, {"text": "清言", "token": "alias"}, "清言"),
     (Field.EVENT, {"event": EventKind.BETA, "days": None}, "开启内测")],
)  # fmt: skip
def test_a_statement_is_told_with_its_value(field: Field, columns: dict[str, str], said: str) -> None:
    entry = make_entry("轩辕")
    accept_claim(claim=propose(entry, field, **columns), reviewer="a")
    assert said in [value for _done, _field, value, *_rest in spoken(history_of(entry)[0])]


@pytest.mark.django_db
def test_many_statements_of_one_action_are_bounded(client: Client) -> None:
    entry = make_entry("轩辕", developers=[f"公司{number}" for number in range(MOST + 5)])
    [told] = history_of(entry)[0].told
    assert (len(told.statements), told.more) == (MOST, entry.claims.count() - MOST)
    page = client.get(f"/en{entry.get_absolute_url()}history/").content.decode()
    assert f"and {told.more} more accepted" in page


@pytest.mark.django_db
@pytest.mark.parametrize("n", [1, 3])
def test_what_statements_point_at_is_asked_for_at_once(n: int, django_assert_num_queries: object) -> None:
    entry = make_entry("轩辕", developers=["度小满"], sectors=["金融"])
    for number in range(n):
        one, other = make_developer(f"公司{number}"), make_sector(f"行业{number}")
        accept_claim(claim=propose(entry, Field.DEVELOPER, developer=one), reviewer="a")
        accept_claim(claim=propose(entry, Field.SECTOR, sector=other), reviewer="a")
    with django_assert_num_queries(6):  # type: ignore[operator]  # a fixture of pytest-django
        history_of(entry)
