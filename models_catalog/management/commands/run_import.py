"""Applies or undoes an import, as an `ImportRun` of the admin says."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from models_catalog.claims.judge import NotAllowed
from models_catalog.intake.tables.runs import carry_out
from models_catalog.models import ImportRun


class Command(BaseCommand):
    help = (
        "Carry out a run of an import: all of it in one transaction. The admin starts this for large files."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, help="number of the run")
        parser.add_argument("--language", default="en", help="in which reasons are written (en)")

    def handle(self, *args: Any, **options: Any) -> None:
        run = ImportRun.objects.select_related("batch").filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(f"There is no run {options['run']}.")
        with translation.override(options["language"]):
            try:
                run = carry_out(run)
            except NotAllowed as error:
                raise CommandError(str(error)) from error
        self.stdout.write(
            f"{run.batch}: {run.get_what_display()}: {run.get_outcome_display()} {run.reason}".strip()
        )
