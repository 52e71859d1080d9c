"""The database that tests copy is the one that this code would make."""

from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.migrated import PREFIX, Migrated, digest


def test_another_migration_wants_another_template(tmp_path: Path) -> None:
    folder = tmp_path / "models_catalog" / "migrations"
    folder.mkdir(parents=True)
    empty = digest(tmp_path)
    (folder / "0001_x.py").write_text("1")
    first = digest(tmp_path)
    (folder / "0001_x.py").write_text("2")
    assert len({empty, first, digest(tmp_path)}) == 3


def test_what_was_copied_is_migrated(db: None) -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_one_template_is_kept(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        assert cursor.fetchall() == [(Migrated().name,)]
