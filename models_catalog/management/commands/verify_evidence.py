"""`manage.py verify_evidence`: checks every quotation against the articles, and every value against its quotation."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from models_catalog.intake.fixtures.verify import verify_evidence


class Command(BaseCommand):
    help = "Re-read the articles and check every quotation, offset, hash and parsed value; fails on any miss."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=settings.CATALOG_SOURCES_DIR,
            help="Where the articles are.",
        )
        parser.add_argument(
            "--glossed", action="store_true", help="Also fail where a quotation has no English gloss."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"]
        if not folder or not Path(folder).is_dir():
            named = folder or "(none given)"
            raise CommandError(f"There is no folder {named} with the articles: set CATALOG_SOURCES_DIR.")
        report = verify_evidence(Path(folder))
        for line in report.lines():
            self.stdout.write(line)
        misses = report.misses + (report.unglossed if options["glossed"] else [])
        if misses:
            raise CommandError(f"{len(misses)} misses:\n" + "\n".join(misses))
        if report.unglossed:
            self.stdout.write(f"{len(report.unglossed):6} quotations without an English gloss")
        self.stdout.write(self.style.SUCCESS("Every value stands on its words."))
