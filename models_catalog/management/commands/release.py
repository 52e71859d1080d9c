"""`manage.py release`: freezes the registry as a numbered release, or stores it as a file with the fixtures."""

import logging
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from models_catalog.models import Release
from models_catalog.publish.releases.carried import Uncarried, carry, install_carried
from models_catalog.publish.releases.freeze import NothingChanged, day_of_the_data, make_release

log = logging.getLogger(__name__)

FOLDER = Path(settings.CATALOG_FIXTURES_DIR) / "releases"


class Command(BaseCommand):
    help = "Freeze the registry as a dated, numbered and hashed release. Refuses if nothing changed since the last."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--day", type=date.fromisoformat, help="Its date, if not today (2026-11-22).")
        parser.add_argument("--folder", type=Path, default=FOLDER, help="Where carried releases are.")
        parser.add_argument(
            "--if-possible", action="store_true", help="Say why, and succeed, where none can be stored."
        )
        way = parser.add_mutually_exclusive_group()
        way.add_argument(
            "--if-none",
            action="store_true",
            help="Store the carried releases that are not here yet. Where none is carried nor here, freeze the "
            "first, dated by the newest decision in the registry.",
        )
        way.add_argument(
            "--carry", type=int, metavar="NUMBER", help="Write a release to the folder; freeze none."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._do(options)
        except (NothingChanged, Uncarried) as error:
            if not options["if_possible"]:
                raise CommandError(str(error)) from error
            self._not_stored(str(error))
        except Exception as error:  # an unforeseen state of the registry must not keep the site from starting
            if not options["if_possible"]:
                raise
            log.exception("No release was stored.")
            self._not_stored(f"{type(error).__name__}, see the log")

    def _do(self, options: dict[str, Any]) -> None:
        if options["carry"] is not None:
            self._carry(options["carry"], options["folder"])
        elif not options["if_none"]:
            self._say(make_release(day=options["day"]), options["verbosity"])
        else:
            for release in install_carried(options["folder"]):
                self._say(release, options["verbosity"])
            if not Release.objects.exists():
                self._say(make_release(day=options["day"] or day_of_the_data()), options["verbosity"])

    def _not_stored(self, why: str) -> None:
        self.stderr.write(f"No release was stored: {why}.")

    def _carry(self, number: int, folder: Path) -> None:
        release = Release.objects.filter(number=number).first()
        if release is None:
            raise CommandError(f"There is no release {number} here.")
        path = carry(release, folder)
        self.stdout.write(self.style.SUCCESS(f"{release.sha256}  {path}"))

    def _say(self, release: Release, verbosity: int) -> None:
        if not verbosity:
            return
        for table, rows in release.counts.items():
            self.stdout.write(f"{table:24} {rows:6} rows")
        self.stdout.write(self.style.SUCCESS(f"{release.sha256}  {release.file_name} ({release.size} bytes)"))
