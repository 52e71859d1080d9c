"""`manage.py read_article FILE`: what an article seems to say of models, as a table. Writes nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from models_catalog.ingest import fixture_files as read
from models_catalog.ingest.article_file import NotAnArticle, read_article
from models_catalog.ingest.article_finding import Finding
from models_catalog.ingest.article_findings import find
from models_catalog.ingest.article_lexicon import read_lexicon


class Command(BaseCommand):
    help = "Print what an article seems to say of models: names, makers, sizes, events. Writes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The article, UTF-8 or GB18030.")
        parser.add_argument(
            "--published",
            default="",
            help="When it appeared: 2023-04-25, 2023-04, 2023; today without. Years are taken from it.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            article = read_article(options["file"].read_bytes())
            published = read.days(options["published"] or timezone.localdate().isoformat(), "published")
        except (OSError, NotAnArticle, read.Refused) as error:
            raise CommandError(str(error)) from error
        findings = find(article, read_lexicon(), published)
        for kind, count in sorted(article.repairs.items()):
            self.stdout.write(f"{count:6} {kind.value} repaired")
        for finding in findings:
            self.stdout.write("\t".join(row_of(finding)))
        self.stdout.write(
            f"{len(findings)} findings, {sum(not one.doubt for one in findings)} without a doubt."
        )


def row_of(finding: Finding) -> list[str]:
    """Place, model, field, what is said, the words, the doubt."""
    value = finding.value
    meant = (
        value.get("label")
        or value.get("text")
        or value.get("token")
        or value.get("number")
        or value.get("days")
    )
    said = " ".join(str(part) for part in (value.get("event"), meant) if part)
    model = finding.mention.label if finding.mention else "?"
    doubt = finding.doubt.value if finding.doubt else ""
    return [finding.place, model, finding.field.value, said, finding.quotation, doubt]
