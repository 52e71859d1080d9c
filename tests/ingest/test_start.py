"""What each start does to a registry that people work in: nothing that undoes their work, nothing that stops the site."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from models_catalog.claims.propose import propose_claim
from models_catalog.intake.fixtures.load import load_fixtures
from models_catalog.models import Claim, Entry, Release
from models_catalog.models.ranges import number_range
from models_catalog.models.vocabulary import Field
from models_catalog.roles import Role
from models_catalog.text.quantities import Interval
from registry.serve import _bring_up_to_date
from tests.checksums import checksums
from tests.decisions import accept_claim, reject_claim
from tests.permissions.world import group_of

pytestmark = pytest.mark.django_db


def prefer_seven_billion() -> None:
    """A size of chatglm-6b by curators' own knowledge, preferred to that of the fixtures."""
    entry = Entry.objects.get(slug="chatglm-6b")
    known = {"basis": "curator", "reason_zh": "公开资料", "reason_en": "Public knowledge"}
    made = Claim(entry=entry, field=Field.PARAMETERS, number=number_range(Interval(7, 7)), **known)
    accept_claim(claim=propose_claim(claim=made, proposer="li"), reviewer="li", preferred=True)


def test_the_steps_of_a_start_leave_every_table_as_people_have_it() -> None:
    _bring_up_to_date()
    public = Claim.objects.filter(entry__slug="moss").public()
    loaded = public.count()
    size = Claim.objects.get(entry__slug="moss", field=Field.PARAMETERS)
    reject_claim(claim=size, reviewer="li", reason="no")
    prefer_seven_billion()
    group_of(Role.CURATOR).permissions.clear()
    before = checksums()
    for _start in range(3):
        _bring_up_to_date()
    assert checksums() == before
    assert public.count() == loaded - 1


def refuse(fixtures: Path) -> None:
    """Fixtures of which a rule of the database refuses the whole, as it looks at them when they are written."""
    load_fixtures(fixtures)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'check_violation', CONSTRAINT = 'never'; END $$;"
            "CREATE CONSTRAINT TRIGGER refuse AFTER UPDATE ON models_catalog_sector DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION refuse();"
        )
    text = (fixtures / "sectors.yaml").read_text("utf-8")
    (fixtures / "sectors.yaml").write_text(text.replace("Finance", "Money"), "utf-8")


def test_a_load_that_the_database_refuses_changes_nothing_and_says_why(fixtures: Path) -> None:
    refuse(fixtures)
    before = checksums()
    with pytest.raises(CommandError, match="Nothing loaded: the database refuses it: never"):
        call_command("load_registry", str(fixtures))
    assert checksums() == before


def test_a_start_goes_on_with_the_registry_as_it_is(fixtures: Path) -> None:
    refuse(fixtures)
    said = StringIO()
    call_command("load_registry", str(fixtures), "--if-possible", stderr=said)
    assert said.getvalue() == (
        "The fixtures were not loaded, the registry stays as it is: the database refuses it: never.\n"
    )


def test_an_empty_registry_that_cannot_be_loaded_is_a_failure(fixtures: Path) -> None:
    refuse(fixtures)
    Entry.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("load_registry", str(fixtures), "--if-possible")


def test_a_start_freezes_no_second_release() -> None:
    _bring_up_to_date()
    frozen = Release.objects.count()
    prefer_seven_billion()
    _bring_up_to_date()
    assert Release.objects.count() == frozen
