"""What may be done with imports, and with articles that are read."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from models_catalog.admin.article_cards import cards_of
from models_catalog.admin.article_forms import SourceForm, carry
from models_catalog.ingest.article_file import read_article
from models_catalog.ingest.article_findings import find
from models_catalog.ingest.article_lexicon import read_lexicon
from models_catalog.models import Claim, Entry, ImportBatch, ImportRun
from models_catalog.models.vocabulary import Status
from tests.permissions.acts import Act, Case, typed
from tests.permissions.desk import version_of_undoing
from tests.permissions.table import CURATORS

IMPORT, READ = "admin:models_catalog_importbatch", "admin:models_catalog_source_read"
TEXT = "大模型“青鸾”的参数为2600亿。"
DETAILS = {
    "name_zh": "一篇", "name_en": "One", "publisher_zh": "某报", "publisher_en": "Some Paper", "published": "2023-07",
}  # fmt: skip


def batch(case: Case, row: str) -> ImportBatch:
    return ImportBatch.objects.get(pk=case.ids[row])


def upload(case: Case) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("b.csv", "公司,大模型\n甲,乙\n".encode()), "contents": ""}


def ticked(case: Case) -> dict[str, Any]:
    """The second page of the reading with everything ticked, as a curator's browser would send it."""
    article, lexicon = read_article(TEXT.encode()), read_lexicon()
    details = SourceForm(DETAILS)
    assert details.is_valid()
    source = details.source_of(article, "a.txt")
    cards = cards_of(find(article, lexicon, source.published, 600), source, lexicon)
    sent = {"article": carry(article, "a.txt"), "_propose": "", **DETAILS}
    for card in cards:
        sent |= {f"entry-{card.finding.key}": card.entry, f"take-{card.finding.key}": "1"}
    return sent


ACTS = [
    Act("upload a table", f"{IMPORT}_add", CURATORS, fill=upload,
        does=lambda case: ImportBatch.objects.filter(file_name="b.csv").exists()),
    Act("say what the columns hold", f"{IMPORT}_change", CURATORS, row="mapped", having="column-0",
        fill=typed(status="accepted"), does=lambda case: batch(case, "mapped").options["status"] == Status.ACCEPTED),
    Act("answer a question about a row", f"{IMPORT}_change", CURATORS, row="asked", having="row-2",
        fill=typed(**{"row-2": "new"}), does=lambda case: batch(case, "asked").decisions.get("2") == "new"),
    Act("apply an import", f"{IMPORT}_apply", CURATORS, row="mapped", page=f"{IMPORT}_change", page_row="mapped",
        does=lambda case: Entry.objects.filter(claims__text="凤凰").exists()),
    Act("apply a large import", f"{IMPORT}_apply", CURATORS, row="large", page=None, fill=typed(fingerprint="x"),
        does=lambda case: ImportRun.objects.filter(batch=case.ids["large"]).exists()),
    Act("ask to undo an import", f"{IMPORT}_undo", CURATORS, row="applied", page=None,
        shows=lambda response: response.context["since"].entries),
    Act("undo an import", f"{IMPORT}_undo", CURATORS, row="applied", fill=version_of_undoing("applied"),
        does=lambda case: not Entry.objects.filter(claims__text="麒麟").exists()),
    Act("ask to undo an import that was decided on", f"{IMPORT}_undo", CURATORS, row="decided", page=None,
        shows=lambda response: response.context["since"].decided),
    Act("undo it knowingly", f"{IMPORT}_undo", CURATORS, row="decided", fill=version_of_undoing("decided"),
        does=lambda case: batch(case, "decided").state == ImportBatch.State.UNDONE),
    Act("read an article", READ, CURATORS, fill=typed(text=TEXT, **DETAILS),
        shows=lambda response: len(response.context["cards"]) == 2),
    Act("propose what an article says", READ, CURATORS, page=None, press="_propose", fill=ticked,
        does=lambda case: Claim.objects.proposed().filter(text="青鸾").exists()),
]  # fmt: skip
