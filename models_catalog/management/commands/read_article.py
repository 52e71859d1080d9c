"""`manage.py read_article FILE…`: prints what articles seem to say about models, as a table or JSON. Writes nothing."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from models_catalog.intake.articles.as_json import as_json
from models_catalog.intake.articles.finding import Finding
from models_catalog.intake.articles.findings import find
from models_catalog.intake.articles.lexicon import read_lexicon
from models_catalog.intake.articles.text import Article, NotAnArticle, read_article
from models_catalog.intake.fixtures import files as read


class Command(BaseCommand):
    help = "Print what articles seem to say of models: names, makers, sizes, events. Writes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="Articles, UTF-8 or GB18030.")
        parser.add_argument(
            "--published",
            default="",
            help="When they appeared: 2023-04-25, 2023-04, 2023; today without. Years are taken from it.",
        )
        parser.add_argument("--json", action="store_true", help="One JSON object a line and article.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            published = read.days(options["published"] or timezone.localdate().isoformat(), "published")
            articles = [read_article(path.read_bytes()) for path in options["files"]]
        except (OSError, NotAnArticle, read.Refused) as error:
            raise CommandError(str(error)) from error
        lexicon = read_lexicon()
        for article in articles:
            findings = find(article, lexicon, published)
            if options["json"]:
                self.stdout.write(json.dumps(as_json(article, findings, lexicon), ensure_ascii=False))
            else:
                self._print(article, findings)

    def _print(self, article: Article, findings: list[Finding]) -> None:
        for kind, count in sorted(article.repairs.items()):
            self.stdout.write(f"{count:6} {kind.value} repaired")
        for finding in findings:
            self.stdout.write("\t".join(row_of(finding)))
        self.stdout.write(
            f"{len(findings)} findings, {sum(not one.doubt for one in findings)} without a doubt."
        )


def row_of(finding: Finding) -> list[str]:
    """Place, model, field, value, quotation, doubt."""
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
    doubt = " ".join(one.value for one in finding.doubts)
    return [finding.place, model, str(finding.field), said, finding.quotation, doubt]
