"""States that the desk can make, each with what a later version of the fixtures says there: taken, gone or turned round."""

from collections.abc import Callable
from typing import Any

from models_catalog.claims.links import save_developer
from models_catalog.claims.merge import merge_entries
from models_catalog.claims.propose import propose_claim
from models_catalog.claims.recording import delete_claims, delete_rows
from models_catalog.intake.fixtures.rows import Fixtures
from models_catalog.models import (
    Claim,
    Developer,
    DeveloperClaim,
    Entry,
    MarketFigure,
    Omission,
    Sector,
    Source,
)
from models_catalog.models.ranges import number_range
from models_catalog.models.vocabulary import Field, Kind, NameKind
from models_catalog.text.quantities import Interval
from tests.decisions import accept_claim, reject_claim
from tests.factories import make_developer, make_entry, make_figure, make_sector, make_statement

KNOWN = {"basis": "curator", "reason_zh": "公开资料", "reason_en": "Public knowledge"}


def entry(slug: str) -> Entry:
    return Entry.objects.get(slug=slug)


def own(slug: str, field: Field, preferred: bool = True, **columns: Any) -> Claim:
    made = Claim(entry=entry(slug), field=field, **KNOWN, **columns)
    return accept_claim(claim=propose_claim(claim=made, proposer="li"), reviewer="li", preferred=preferred)


def like(fixtures: Fixtures, of: str, key: str, **columns: Any) -> dict[str, Any]:
    """A new claim of the fixtures, as the first of that entry and field but for `columns`."""
    field = key.rpartition("-")[0]
    rows = fixtures.claims
    row = next((r for r in rows if r["entry"] == of and r["field"] == field), None) or next(
        r for r in rows if r["field"] == field
    )
    return {**row, "entry": of, "key": key, "position": 99, "preferred": False, **columns}


def size_preferred(f: Fixtures) -> None:
    own("moss", Field.PARAMETERS, number=number_range(Interval(7, 7)))
    for r in f.claims:
        if r["entry"] == "moss" and r["field"] == "parameters":
            r["preferred"] = False
    f.claims.append(like(f, "moss", "parameters-8", preferred=True, line=1, start=0, end=2))


def merged_away(f: Fixtures) -> None:
    merge_entries(kept=entry("chatglm-6b"), merged=entry("moss"), by="li")
    f.claims.append(like(f, "moss", "parameters-8", line=1, start=0, end=2))
    f.claims.append(like(f, "pangu", "parent-8", parent="moss", preferred=True))
    f.claims.append(like(f, "chatglm-6b", "parent-8", parent="moss"))


def slugs_swapped(f: Fixtures) -> None:
    one, two = Developer.objects.get(slug="baidu"), Developer.objects.get(slug="alibaba")
    for row, slug in ((one, "x"), (two, "baidu"), (one, "alibaba")):
        row.slug = slug
        save_developer(developer=row)
    for r in f.developers:
        r["name_en"] = f"{r['name_en']} II"
    f.developers.append({**f.developers[0], "slug": "later", "parent": "baidu"})


def sector_deleted(f: Fixtures) -> None:
    sector = Sector.objects.get(slug="finance")
    delete_claims(claims=Claim.objects.filter(sector=sector), by="li")
    delete_rows(rows=Sector.objects.filter(pk=sector.pk), by="li")
    f.claims.append(like(f, "moss", "sector-8", sector="finance", line=1, start=0, end=2))
    for r in f.sectors:
        r["name_en"] += " II"


def sector_made_again(f: Fixtures) -> None:
    sector_deleted(f)
    make_sector("财务", slug="finance", position=3)


def source_withdrawn(f: Fixtures) -> None:
    slug = f.sources[0]["slug"]
    source = Source.objects.get(slug=slug)
    delete_claims(claims=Claim.objects.filter(source=source), by="li")
    delete_rows(rows=Omission.objects.filter(source=source), by="li")
    delete_rows(rows=MarketFigure.objects.filter(evidence__source=source), by="li")
    DeveloperClaim.objects.filter(source=source).delete()
    delete_rows(rows=Source.objects.filter(pk=source.pk), by="li")
    for rows in (f.sources, f.figures, f.developers):
        for r in rows:
            r["name_en"] = f"{r['name_en']} II"
    f.claims.append(like(f, "moss", "parameters-8", source=slug, line=1, start=0, end=2))


def source_files_swapped(f: Fixtures) -> None:
    one, two = Source.objects.all()[:2]
    first, second = one.file_name, two.file_name
    Source.objects.filter(pk=one.pk).update(file_name="x.txt")
    Source.objects.filter(pk=two.pk).update(file_name=first)
    Source.objects.filter(pk=one.pk).update(file_name=second)
    f.sources.append({**f.sources[0], "slug": "later", "file_name": "later.txt", "position": 9})
    f.sources[2]["file_name"] = first
    f.sources[0]["file_name"] = "z.txt"


def slug_imported(f: Fixtures) -> None:
    made = make_entry("青鸾", slug="qingluan", parameters="2600亿")
    f.entries.append({"slug": "qingluan"})
    for key in ("name-1", "parameters-1", "kind-1", "developer-1"):
        r = next(x for x in f.claims if x["entry"] == "moss" and x["field"] == key[:-2])
        f.claims.append({**r, "entry": "qingluan", "key": key, "preferred": r["field"] != "developer"})
    assert made.claims.exists()


def entry_made_again(f: Fixtures) -> None:
    delete_rows(rows=Entry.objects.filter(slug="moss"), by="li")
    make_entry("摩斯", slug="moss", parameters="2600亿")
    for r in f.claims:
        r["said_by_zh"] = "后来"
    f.claims.append(like(f, "moss", "parameters-8", preferred=True, line=1, start=0, end=2))


def parent_circle(f: Fixtures) -> None:
    own("moss", Field.PARENT, parent=entry("pangu"))
    f.claims.append(like(f, "pangu", "parent-8", parent="moss", preferred=True))


def parent_circle_of_merged(f: Fixtures) -> None:
    own("moss", Field.PARENT, parent=entry("chatglm-6b"))
    merge_entries(kept=entry("chatglm-6b"), merged=entry("pangu"), by="li")
    f.claims.append(like(f, "pangu", "parent-8", parent="moss", preferred=True))
    f.claims.append(like(f, "moss", "parent-8", parent="pangu", preferred=True))


def developers_circle(f: Fixtures) -> None:
    roots = [r["slug"] for r in f.developers if r["parent"] is None][:4]
    a, b, c, d = (Developer.objects.get(slug=slug) for slug in roots)
    Developer.objects.filter(pk=b.pk).update(parent=c)
    Developer.objects.filter(pk=d.pk).update(parent=a)
    for r in f.developers:
        r["parent"] = {a.slug: b.slug, c.slug: d.slug}.get(r["slug"], r["parent"])


def application_has_no_category(f: Fixtures) -> None:
    own("moss", Field.KIND, token=Kind.APPLICATION)
    for r in f.claims:
        r["said_by_zh"] = "后来"
    f.claims.append(like(f, "moss", "category-8", line=1, start=0, end=2))


def figure_made_again(f: Fixtures) -> None:
    slug = f.figures[0]["slug"]
    delete_rows(rows=MarketFigure.objects.filter(slug=slug), by="li")
    make_figure(slug)
    for r in f.figures:
        r["name_en"] += " II"
    f.evidence.append({**f.evidence[0], "figure": slug, "line": 1, "start": 0, "end": 2})


def statement_key_taken(f: Fixtures) -> None:
    r = f.statements[0]
    make_statement(Developer.objects.get(slug=r["developer"]), key="alias-8")
    f.statements.append({**r, "key": "alias-8", "line": 1, "start": 0, "end": 2})


def alias_is_a_name(f: Fixtures) -> None:
    own("moss", Field.NAME, preferred=False, text="盘古", token=NameKind.ALIAS)
    make_developer("文心一言", aliases=["MOSS", "华为"])
    f.claims.append(like(f, "moss", "name-8", text="盘古", token=NameKind.ALIAS, line=1, start=0, end=2))


def last_name_rejected(f: Fixtures) -> None:
    for c in Claim.objects.filter(entry__slug="moss", field=Field.NAME):
        reject_claim(claim=c, reviewer="li", reason="no")
    f.claims.append(like(f, "pangu", "parent-8", parent="moss", preferred=True))
    f.claims.append(like(f, "moss", "parameters-8", line=1, start=0, end=2))


def omission_moved(f: Fixtures) -> None:
    r = f.omissions[0]
    moved = Omission.objects.filter(source__slug=r["source"], line=r["line"], start=r["start"], end=r["end"])
    moved.update(line=1, start=0, end=2)
    f.omissions.append({**r, "line": 1, "start": 0, "end": 2, "note_en": "New"})


def merged_into_a_new_one(f: Fixtures) -> None:
    new = make_entry("新的", slug="xin")
    merge_entries(kept=new, merged=entry("moss"), by="li")
    f.claims.append(like(f, "moss", "parameters-8", line=1, start=0, end=2))


STATES: list[Callable[[Fixtures], None]] = [
    size_preferred, merged_away, merged_into_a_new_one, slugs_swapped, sector_deleted, sector_made_again,
    source_withdrawn, source_files_swapped, slug_imported, entry_made_again, parent_circle, parent_circle_of_merged,
    developers_circle, application_has_no_category, figure_made_again, statement_key_taken, alias_is_a_name,
    last_name_rejected, omission_moved,
]  # fmt: skip
