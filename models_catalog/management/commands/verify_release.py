"""`manage.py verify_release FILE`: a release, byte for byte."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from models_catalog.models import Release
from models_catalog.releases.verify import Verdict, verify_package


class Command(BaseCommand):
    help = "Check every file of a release against its checksums, and the whole against this registry if it knows it."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--sha256", default="", help="What the whole file must hash to.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            verdict = verify_package(options["file"])
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error}") from error
        if options["sha256"] and options["sha256"].lower() != verdict.sha256:
            verdict.problems.append(f"the file hashes to {verdict.sha256}")
        self.stdout.write(f"{verdict.sha256}  {options['file'].name}")
        self.stdout.write(f"release {verdict.version}: {verdict.files} files, {verdict.rows} rows")
        self.stdout.write(self._known(verdict))
        if verdict.problems:
            raise CommandError("\n".join(verdict.problems))
        self.stdout.write(self.style.SUCCESS("Every byte is as released."))

    def _known(self, verdict: Verdict) -> str:
        """What this registry says of the release; a difference is a problem."""
        if not verdict.version.isdigit():
            return "It is no numbered release: only its own checksums say what it must be."
        try:
            release = Release.objects.filter(number=int(verdict.version)).defer("package").first()
        except DatabaseError:
            return "No database answers here: checked against its own checksums."
        if release is None:
            return "This registry does not know the release: checked against its own checksums."
        if release.sha256 != verdict.sha256:
            verdict.problems.append(f"release {release.number} of this registry is {release.sha256}")
        return f"This registry has release {release.number} of {release.day}."
