"""A table of claims as its import plans and applies it, and an article that is at hand."""

from models_catalog.intake.tables.apply import apply_import, plan_of
from models_catalog.intake.tables.columns import guess_contents, guess_mapping
from models_catalog.intake.tables.plan import PlannedRow, fingerprint
from models_catalog.models import ImportBatch

ARTICLE = "第一行\n百度创(chuàng)业，参数达到2600亿。\n"
HEADING = "entry,field,value,source,line,quotation,stated"


def batch_of(text: str) -> ImportBatch:
    heading = text.partition("\n")[0].split(",")
    contents = guess_contents(heading)
    return ImportBatch.objects.create(
        file_name="a.csv", encoding="utf-8", text=text, uploaded_by="curator", contents=contents,
        mapping=guess_mapping(heading, contents), options={"status": "accepted", "developer_kind": "startup"},
    )  # fmt: skip


def planned(row: str, heading: str = HEADING) -> PlannedRow:
    return plan_of(batch_of(f"{heading}\n{row}\n"))[0]


def apply(text: str) -> ImportBatch:
    batch = batch_of(text)
    return apply_import(batch=batch, expected=fingerprint(plan_of(batch)), by="curator")
