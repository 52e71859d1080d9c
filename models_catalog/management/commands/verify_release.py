"""`manage.py verify_release FILE`: verifies a release byte by byte."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from models_catalog.models import Release
from models_catalog.publish.releases.verify import PackageVerdict, only_itself, published, verify_package


class Command(BaseCommand):
    help = (
        "Check every file of a release against its checksums, and the whole against the published SHA-256, or this "
        "registry's own record. Without either it says only that the file agrees with itself."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--sha256", default="", help="What the whole file must hash to.")
        parser.add_argument(
            "--sums", type=Path, help="The SHA256SUMS that the site publishes for the release."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        expected = options["sha256"].lower()
        try:
            if options["sums"]:
                expected = published(file.name, options["sums"].read_text("utf-8"))
            verdict = verify_package(file)
        except (OSError, ValueError) as error:
            raise CommandError(f"{file} cannot be checked: {error}") from error
        if verdict.is_package:
            self._say(file, verdict, expected)
        if verdict.problems:
            raise CommandError("\n".join(verdict.problems))

    def _say(self, file: Path, verdict: PackageVerdict, expected: str) -> None:
        if expected and expected != verdict.sha256:
            verdict.problems.append(f"the file hashes to {verdict.sha256}, not to {expected}")
        self.stdout.write("\n".join([f"{verdict.sha256}  {file.name}", *verdict.lines]))
        is_known, told = self._known(verdict)
        self.stdout.write(told)
        if verdict.problems:
            return
        if is_known or expected:
            self.stdout.write(self.style.SUCCESS("Every byte is as released."))
        else:
            self.stdout.write(self.style.WARNING(only_itself(verdict)))

    def _known(self, verdict: PackageVerdict) -> tuple[bool, str]:
        """Whether this registry has the release, and a message about it. A different hash is added to the problems."""
        if not verdict.version.isdigit():
            return False, "It is no numbered release."
        try:
            release = Release.objects.filter(number=int(verdict.version)).defer("package").first()
        except (DatabaseError, OverflowError):
            return False, "No database answers here."
        if release is None:
            return False, "This registry does not know the release."
        if release.sha256 != verdict.sha256:
            verdict.problems.append(f"release {release.number} of this registry is {release.sha256}")
        return True, f"This registry has release {release.number} of {release.day}."
