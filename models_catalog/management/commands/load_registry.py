"""`manage.py load_registry`: the curated fixtures into the database."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from models_catalog.actions.recording import recorded
from models_catalog.ingest.fixture_files import FixtureError
from models_catalog.ingest.load import load_fixtures
from models_catalog.models import Entry


class Command(BaseCommand):
    help = "Load the curated fixtures: all, or none if one row is refused. Loading twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=Path(settings.BASE_DIR) / "fixtures")
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing where the registry has entries already."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Entry.objects.exists():
            self.stdout.write(f"The registry holds {Entry.objects.listed().count()} entries; nothing loaded.")
            return
        try:
            with recorded("load_registry"):
                loaded = load_fixtures(options["folder"])
        except FixtureError as error:
            raise CommandError(f"{len(error.problems)} mistakes, nothing loaded:\n{error}") from error
        for table in loaded:
            counts = f"{table.created:5} new {table.updated:5} changed {table.unchanged:5} unchanged"
            self.stdout.write(f"{table.table:32} {counts}")
        self.stdout.write(self.style.SUCCESS(f"{Entry.objects.listed().count()} entries listed."))
