"""What may be done with imports, and with articles that are read."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from models_catalog.curation.articles.cards import cards_of
from models_catalog.curation.articles.forms import SourceForm, carry
from models_catalog.intake.articles.findings import find
from models_catalog.intake.articles.lexicon import read_lexicon
from models_catalog.intake.articles.text import read_article
from models_catalog.intake.tables.accept import Scope, outlook
from models_catalog.intake.tables.apply import apply_import
from models_catalog.models import Claim, Entry, ImportBatch, ImportRun, SourceText
from models_catalog.models.import_batch import Contents
from models_catalog.models.vocabulary import Status
from tests.permissions.acts import Act, Case, Fill, typed
from tests.permissions.desk import version_of_undoing
from tests.permissions.rows_tables import is_file
from tests.permissions.table import CURATORS, ROLES


def version_of_letting_wait(case: Case) -> dict[str, Any]:
    return {"undo": "1", "version": outlook(batch(case, "together"), Scope.ACCEPTED).version}


SOURCE = "admin:models_catalog_source"
IMPORT, READ = "admin:models_catalog_importbatch", "admin:models_catalog_source_read"
TEXT = "大模型“青鸾”的参数为2600亿。"
ALL_OF_ONE = "538ec396b80b"
"""The key of 青鸾 on the page: a hash of its name."""
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
    cards = cards_of(find(article, lexicon, source.published, 600), source, lexicon, {}, {})
    sent = {"article": carry(article, "a.txt"), "_propose": "", **DETAILS}
    for card in cards:
        sent |= {f"entry-{card.finding.key}": card.entry, f"take-{card.finding.key}": "1"}
    return sent


def all_of_one(case: Case) -> dict[str, Any]:
    """The same page, with the button pressed that takes all that is sure of 青鸾."""
    sent = ticked(case)
    del sent["_propose"]
    return sent | {"_all": ALL_OF_ONE}


def asked(case: Case) -> dict[str, Any]:
    """The same page, with the button pressed that asks a language model: the settings name none."""
    sent = ticked(case)
    del sent["_propose"]
    return sent | {"_ask": ""}


def marked(case: Case) -> dict[str, Any]:
    """The same page, with words marked as the kind of 青鸾."""
    sent = ticked(case)
    del sent["_propose"]
    words = {"line": "1", "start": "", "words": "大模型", "field": "kind", "event": "", "model": "青鸾"}
    return sent | {"_mark": ""} | {f"mark-{name}": value for name, value in words.items()}


def workbook() -> bytes:
    book, file = Workbook(), BytesIO()
    book.active.append(["公司", "大模型"])  # type: ignore[union-attr]  # a new one has a sheet
    book.active.append(["甲", "乙"])  # type: ignore[union-attr]  # see above
    book.save(file)
    return file.getvalue()


def a_file(name: str, content: bytes, contents: str = "") -> Fill:
    return lambda case: {"file": SimpleUploadedFile(name, content), "contents": contents}


def has_run(row: str, runs: int = 1) -> Callable[[Case], bool]:
    """So many runs were started, and the last leads where it should: here it is carried out without a process."""

    def ran(case: Case) -> bool:
        run = ImportRun.objects.filter(batch=case.ids[row]).last()
        if run is None or run.batch.runs.count() != runs:
            return False
        apply_import(batch=run.batch, expected=run.expected, by=run.started_by)
        return Entry.objects.filter(claims__text="第2号").exists()

    return ran


ACTS = [
    Act("upload a table of statements", f"{IMPORT}_add", CURATORS,
        fill=a_file("c.csv", "条目,字段,值\na,name,b\n".encode(), Contents.CLAIMS),
        does=lambda case: ImportBatch.objects.filter(file_name="c.csv", contents=Contents.CLAIMS).exists()),
    Act("upload a spreadsheet", f"{IMPORT}_add", CURATORS, fill=a_file("b.xlsx", workbook()),
        does=lambda case: ImportBatch.objects.filter(file_name="b.xlsx", text__contains="甲").exists()),
    Act("export the rows of an import", f"{IMPORT}_rows", ROLES, row="mapped", method="GET", shows=is_file("csv")),
    Act("start an import again that was interrupted", f"{IMPORT}_apply", CURATORS, row="broken",
        page=f"{IMPORT}_change", page_row="broken", does=has_run("broken", runs=2)),
    Act("upload a table", f"{IMPORT}_add", CURATORS, fill=upload,
        does=lambda case: ImportBatch.objects.filter(file_name="b.csv").exists()),
    Act("say what the columns hold", f"{IMPORT}_change", CURATORS, row="mapped", having="column-0",
        fill=typed(status="accepted"), does=lambda case: batch(case, "mapped").options["status"] == Status.ACCEPTED),
    Act("answer a question about a row", f"{IMPORT}_change", CURATORS, row="asked", having="row-2",
        fill=typed(**{"row-2": "new"}), does=lambda case: batch(case, "asked").decisions.get("2") == "new"),
    Act("say that all other rows are new", f"{IMPORT}_change", CURATORS, row="asked", having="row-2", fill=typed(others="new"),
        does=lambda case: batch(case, "asked").decisions.get("2") == "new"),
    Act("say that all other new developers are new", f"{IMPORT}_change", CURATORS, row="near", press="all_new=1",
        does=lambda case: batch(case, "near").options.get("makers")),
    Act("apply an import and accept it", f"{IMPORT}_apply", CURATORS, row="mapped", page=f"{IMPORT}_change", page_row="mapped",
        press="become=accepted", does=lambda case: Entry.objects.filter(is_listed=True, name_zh="凤凰").exists()),
    Act("apply an import", f"{IMPORT}_apply", CURATORS, row="mapped", page=f"{IMPORT}_change", page_row="mapped",
        does=lambda case: Entry.objects.filter(claims__text="凤凰").exists()),
    Act("apply a large import", f"{IMPORT}_apply", CURATORS, row="large", page=f"{IMPORT}_change", page_row="large",
        does=has_run("large")),
    Act("accept an import", f"{IMPORT}_accept", CURATORS, row="applied",
        does=lambda case: Entry.objects.filter(is_listed=True, name_zh="麒麟").exists()),
    Act("let an accepted import wait again", f"{IMPORT}_accept", CURATORS, row="together",
        page=None, fill=version_of_letting_wait,
        does=lambda case: not Entry.objects.filter(is_listed=True, name_zh="狻猊").exists()),
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
    Act("take all that is sure of one model", READ, CURATORS, page=None, press=f"_all={ALL_OF_ONE}", fill=all_of_one,
        shows=lambda response: any(card.taken for card in response.context["cards"])),
    Act("preview the entry of one model", READ, CURATORS, page=None, press=f"_preview={ALL_OF_ONE}", fill=all_of_one,
        shows=lambda response: response.context["entry"].label == "青鸾"),
    Act("ask a language model about an article", READ, CURATORS, page=None, press="_ask", fill=asked,
        shows=lambda response: not response.context["suggested"]),
    Act("mark words of an article", READ, CURATORS, page=None, press="_mark", fill=marked,
        shows=lambda response: response.context["marks"]),
    Act("look at a text again", f"{SOURCE}_reread", CURATORS, row="models_catalog_source", method="GET",
        shows=lambda response: response.context["kept"]),
    Act("purge a text", f"{SOURCE}_purge_text", CURATORS, row="models_catalog_source", page=None,
        does=lambda case: not SourceText.objects.filter(source=case.ids["models_catalog_source"]).exists()),
    Act("propose what an article says", READ, CURATORS, page=None, press="_propose", fill=ticked,
        does=lambda case: Claim.objects.proposed().filter(text="青鸾").exists()),
]  # fmt: skip
