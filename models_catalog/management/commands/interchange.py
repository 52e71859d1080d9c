"""`manage.py interchange write epoch` or `read stanford FILE`: converts to and from formats of other registries."""

import csv
import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from models_catalog.catalog.rows import entry_rows
from models_catalog.models import Entry
from models_catalog.publish.interchange.epoch import UNRELEASED, epoch_csv, read_epoch
from models_catalog.publish.interchange.stanford import read_stanford, stanford_yaml
from models_catalog.publish.writers import spreadsheet_safe

WRITE = {"epoch": epoch_csv, "stanford": stanford_yaml}
READ = {"epoch": read_epoch, "stanford": read_stanford}
COLUMNS = (
    "name",
    "developers",
    "parameters",
    "released",
    "modalities",
    "openness",
    "link",
    "confidence",
    "organization categorization",
)


class Command(BaseCommand):
    help = (
        "Write the entries as Epoch AI's CSV or Stanford's YAML, or read such a file into a CSV that the admin's "
        "import previews. Reading writes nothing to the registry."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("way", choices=["write", "read"])
        parser.add_argument("form", choices=sorted(WRITE))
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--site", default="", help="Address of the site, for links: https://example.org")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._exchange(options)
            self.stdout.flush()
        except BrokenPipeError:
            # The reader has stopped, as `head` does: write nothing more, not even when the process ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _exchange(self, options: dict[str, Any]) -> None:
        if options["way"] == "write":
            if not options["site"]:
                self.stderr.write("Without --site, links are left out.")
            site = options["site"].rstrip("/")
            rows = entry_rows(Entry.objects.listed().order_by("slug"))
            self.stdout.write(
                WRITE[options["form"]](rows, lambda row: f"{site}/models/{row.slug}/" if site else ""),
                ending="",
            )
            return
        if options["file"] is None:
            raise CommandError("Name the file to read.")
        try:
            found = list(READ[options["form"]](options["file"].read_text("utf-8")))
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        for one in found:
            cells = [
                one.name,
                "; ".join(one.developers),
                one.parameters or one.parameters_stated,
                one.released,
                "; ".join(one.modalities),
                UNRELEASED if one.is_unreleased else one.openness,
                one.link,
                one.confidence,
                "; ".join(one.developer_kinds),
            ]
            writer.writerow([spreadsheet_safe(cell) for cell in cells])
