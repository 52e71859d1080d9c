"""`manage.py release`: freeze the registry as a numbered release."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from models_catalog.models import Release
from models_catalog.releases.freeze import NothingChanged, day_of_the_data, make_release


class Command(BaseCommand):
    help = "Freeze the registry as a dated, numbered and hashed release. Refuses if nothing changed since the last."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--day", type=date.fromisoformat, help="Its date, if not today (2026-11-22).")
        parser.add_argument(
            "--if-none",
            action="store_true",
            help="Only the first one, dated by the newest decision in the registry; else do nothing.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        day = options["day"]
        if options["if_none"]:
            if Release.objects.exists():
                return
            day = day or day_of_the_data()
        try:
            release = make_release(day=day)
        except NothingChanged as error:
            raise CommandError(str(error)) from error
        if not options["verbosity"]:
            return
        for table, rows in release.counts.items():
            self.stdout.write(f"{table:24} {rows:6} rows")
        self.stdout.write(self.style.SUCCESS(f"{release.sha256}  {release.file_name} ({release.size} bytes)"))
