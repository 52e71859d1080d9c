"""The squashed migrations: which databases they take for made, and which they refuse."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.exceptions import NodeNotFoundError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from registry import serve
from registry.health import TOO_OLD, why_not_ready

SQUASHED = {name: one.replaces for (_app, name), one in MigrationLoader(None).replacements.items()}
OLD_CHAIN = sorted(one for replaces in SQUASHED.values() for one in replaces)

pytestmark = pytest.mark.django_db


def having(monkeypatch: pytest.MonkeyPatch, applied: list[tuple[str, str]]) -> None:
    """Let the database have these migrations of the registry, and all of other apps."""
    found = MigrationRecorder(connection).applied_migrations()
    others = {key: row for key, row in found.items() if key[0] != "models_catalog"}
    given: dict[Any, Any] = others | dict.fromkeys(applied)
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _recorder: dict(given))


def to_do() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes("models_catalog"))
    return [migration.name for migration, _backwards in plan if migration.name in SQUASHED]


def test_each_old_migration_is_replaced_once() -> None:
    assert [name[:4] for _app, name in OLD_CHAIN] == [f"{number:04}" for number in range(1, 54)]


def test_a_database_with_the_whole_old_chain_has_nothing_of_it_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    having(monkeypatch, OLD_CHAIN)
    assert to_do() == []


@pytest.mark.parametrize("length", range(1, len(OLD_CHAIN)))
def test_a_database_within_the_old_chain_is_refused(monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    having(monkeypatch, OLD_CHAIN[:length])
    with pytest.raises(NodeNotFoundError):
        MigrationLoader(connection)
    assert why_not_ready() == TOO_OLD


def test_make_run_says_what_to_do_first(monkeypatch: pytest.MonkeyPatch) -> None:
    having(monkeypatch, OLD_CHAIN[:39])
    with pytest.raises(serve.CannotServe) as refused:
        serve._migrate()
    assert str(refused.value) == TOO_OLD


@pytest.mark.parametrize("made", range(len(SQUASHED)))
def test_a_fresh_database_goes_on_where_it_was_interrupted(
    monkeypatch: pytest.MonkeyPatch, made: int
) -> None:
    names = sorted(SQUASHED)
    having(monkeypatch, [one for name in names[:made] for one in SQUASHED[name]])
    assert to_do() == names[made:]


def test_a_mistake_among_migrations_is_not_taken_for_an_old_database(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = NodeNotFoundError("depends on nonexistent node", ("models_catalog", "9999_nowhere"))
    monkeypatch.setattr(MigrationExecutor, "__init__", lambda *_: (_ for _ in ()).throw(broken))
    with pytest.raises(NodeNotFoundError, match="nonexistent"):
        why_not_ready()
