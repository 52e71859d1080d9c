"""`manage.py load_registry`: loads the curated fixtures, keeping what people decided in the database."""

import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from models_catalog.claims.recording import LOAD, OVERWRITE, recorded
from models_catalog.intake.fixtures.files import FixtureError
from models_catalog.intake.fixtures.load import Loaded, NotLoaded, load_fixtures
from models_catalog.intake.fixtures.merge import RowMerge
from models_catalog.models import Entry

log = logging.getLogger(__name__)

NAMED = 12
"""The most rows named per line; further ones are counted."""


class Command(BaseCommand):
    help = (
        "Load the curated fixtures: all, or none if one row is refused. Loading twice changes nothing, and a row that a "
        "person made, changed or deleted stays as it is and is named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=Path(settings.BASE_DIR) / "fixtures")
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing where the registry has entries already."
        )
        parser.add_argument(
            "--if-possible",
            action="store_true",
            help="Say why, and succeed, where a registry that has entries cannot take the fixtures.",
        )
        parser.add_argument(
            "--overwrite",
            nargs="*",
            metavar="ROW",
            help="Give these rows, as “claim moss/parameters-1”, or without a name all, the values of the fixtures, "
            "whatever people decided. The history says so.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Entry.objects.exists():
            self.stdout.write(f"The registry holds {Entry.objects.listed().count()} entries; nothing loaded.")
            return
        chosen = options["overwrite"]
        overwrite = () if chosen is None else chosen or (RowMerge.ALL,)
        try:
            with recorded(OVERWRITE if overwrite else LOAD):
                loaded = load_fixtures(options["folder"], overwrite)
        except FixtureError as error:
            raise CommandError(f"{len(error.problems)} mistakes, nothing loaded:\n{error}") from error
        except NotLoaded as error:
            if not (options["if_possible"] and Entry.objects.exists()):
                raise CommandError(f"Nothing loaded: {error}.") from error
            self._not_loaded(str(error))
            return
        except Exception as error:  # an unforeseen state of the registry must not keep the site from starting
            if not (options["if_possible"] and Entry.objects.exists()):
                raise
            log.exception("The fixtures were not loaded.")
            self._not_loaded(f"{type(error).__name__}, see the log")
            return
        self._report(loaded)

    def _not_loaded(self, why: str) -> None:
        self.stderr.write(f"The fixtures were not loaded, the registry stays as it is: {why}.")

    def _report(self, loaded: list[Loaded]) -> None:
        for table in loaded:
            counts = f"{table.created:5} new {table.updated:5} changed {table.unchanged:5} unchanged"
            self.stdout.write(f"{table.table:32} {counts}")
        self._name(loaded, "kept", "as curators have them, not as the fixtures say")
        self._name(loaded, "deleted", "deleted by curators, and not brought back")
        self._name(loaded, "left", "not loaded, since what curators did leaves no place")
        self._name(loaded, "gone", "no longer in the fixtures, and kept in the registry")
        self._name(
            loaded, "set_back", "changed by a curator and overwritten by an earlier start: see their history"
        )
        self.stdout.write(self.style.SUCCESS(f"{Entry.objects.listed().count()} entries listed."))

    def _name(self, loaded: list[Loaded], what: str, words: str) -> None:
        names = [name for table in loaded for name in getattr(table, what)]
        if names:
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            rows = "1 row" if len(names) == 1 else f"{len(names)} rows"
            self.stdout.write(f"{rows} {words}: {', '.join(names[:NAMED])}{more}")
