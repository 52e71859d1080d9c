"""`manage.py plan_import FILE… --json`: previews the import of tables, row by row. Writes nothing."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from models_catalog.intake.tables.preview import OUTCOMES
from models_catalog.intake.tables.rows import Unreadable
from models_catalog.intake.tables.runs import imported, planned
from models_catalog.intake.tables.upload import Told
from models_catalog.models.import_batch import Contents


class Command(BaseCommand):
    help = "Print what importing CSV or XLSX files would do, row by row. Writes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="+", type=Path, help="A table: CSV or XLSX.")
        parser.add_argument("--json", action="store_true", help="One JSON object a file, each on a line.")
        parser.add_argument("--sheet", default="", help="Name of the sheet of a spreadsheet.")
        parser.add_argument("--heading-row", type=int, default=0, help="Line of the heading, counted from 1.")
        parser.add_argument(
            "--contents", default="", choices=["", *Contents.values], help="What a row of the table is."
        )
        parser.add_argument(
            "--map", action="append", default=[], metavar="HEADING=FIELD", help="What a column holds."
        )
        parser.add_argument(
            "--after", type=Path, help="A file that is imported and accepted first, then taken back."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        told = Told(options["sheet"], options["heading_row"], options["contents"], _columns(options["map"]))
        with ExitStack() as stack:
            if before := options["after"]:
                try:
                    stack.enter_context(imported(before.name, before.read_bytes(), told))
                except (OSError, Unreadable) as error:
                    raise CommandError(f"{before}: {error}") from error
            for path in options["file"]:
                self._print(_plan(path, told), as_json=options["json"])

    def _print(self, plan: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(plan, ensure_ascii=False))
        elif "error" in plan:
            self.stderr.write(plan["error"])
        else:
            for row in plan["rows"]:
                notes = [note["text"] for note in row["notes"]]
                self.stdout.write(
                    "\t".join([str(row["line"]), row["outcome"], row["name"], row["reason"], *notes])
                )
            self.stdout.write(", ".join(f"{plan['totals'][outcome]} {outcome}" for outcome in OUTCOMES))


def _plan(path: Path, told: Told) -> dict[str, Any]:
    try:
        return planned(path.name, path.read_bytes(), told)
    except (OSError, Unreadable) as error:
        return {"error": str(error)}


def _columns(given: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for one in given:
        heading, sign, field = one.rpartition("=")
        if not sign:
            raise CommandError(f"--map {one}: write it as heading=field.")
        pairs.append((heading, field))
    return tuple(pairs)
