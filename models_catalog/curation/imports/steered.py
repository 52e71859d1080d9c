"""What a curator chose about an import, for its page: what stands in its options and differs from what was guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from models_catalog.curation.imports.forms import SIGNS, UNITS
from models_catalog.intake.tables.columns import COLUMNS, guess_mapping
from models_catalog.intake.tables.plan import LEAVE, SPLIT
from models_catalog.intake.tables.rows import SourceTable
from models_catalog.intake.tables.steering import NOTHING, labels_of
from models_catalog.models import Developer, ImportBatch, Sector
from models_catalog.models.import_batch import Contents
from models_catalog.models.vocabulary import DeveloperKind, Field

MOST_LINES = 20
"""Maximum number of lines that a message names."""


def steered(batch: ImportBatch, table: SourceTable) -> list[str]:
    """Return a line for each choice."""
    return [*_place(batch, table), *_columns(batch, table), *_words(batch), *_makers(batch), *_left(batch)]


def _place(batch: ImportBatch, table: SourceTable) -> Iterator[str]:
    options = batch.options
    if options.get("sheets"):
        yield _("Sheet or table: %(name)s") % {"name": options.get("sheet", "")}
    yield _("Heading in line %(line)s") % {"line": table.line}
    for name, label, choices in (
        ("delimiter", _("Separator of the cells"), SIGNS),
        ("unit", _("Sizes are in"), UNITS),
    ):
        if chosen := options.get(name):
            yield f"{label}{_(': ')}{dict(choices).get(chosen, chosen)}"


def _columns(batch: ImportBatch, table: SourceTable) -> Iterator[str]:
    contents = Contents(batch.contents)
    guessed = guess_mapping(table.heading, contents, table.rows)
    for number, heading in enumerate(table.heading):
        held = batch.mapping.get(str(number), "")
        if held != guessed.get(str(number), ""):
            label = COLUMNS[contents](held).label if held else _("not read")
            yield _("Column “%(heading)s”: %(held)s") % {"heading": heading[:40], "held": label}


def _words(batch: ImportBatch) -> Iterator[str]:
    told = batch.options.get("words", {})
    labels = {sector.slug: sector.label for sector in Sector.objects.all()} if told else {}
    for of, meanings in told.items():
        known = {**labels, **dict(labels_of(Field(of))), NOTHING: _("nothing that is to be taken")}
        for words, answer in meanings.items():
            yield _("“%(words)s” means: %(meant)s") % {"words": words, "meant": known.get(answer, answer)}


def _makers(batch: ImportBatch) -> Iterator[str]:
    makers = batch.options.get("makers", {})
    slugs = [said["developer"] for said in makers.values() if "developer" in said]
    called = {row.slug: row.label for row in Developer.objects.filter(slug__in=slugs)} if slugs else {}
    for said in makers.values():
        same = said.get("as") or called.get(said.get("developer", ""), said.get("developer", ""))
        if same:
            yield _("“%(name)s” is %(other)s") % {"name": said["name"], "other": same}
        elif "kind" in said:
            kind = DeveloperKind(said["kind"]).label
            yield _("“%(name)s” is new: %(kind)s") % {"name": said["name"], "kind": kind}
        else:
            yield _("“%(name)s” is new") % {"name": said["name"]}


def some_of(lines: Sequence[str]) -> str:
    """Return the first of `lines`, and how many more there are."""
    first = ", ".join(lines[:MOST_LINES])
    told = _("%(lines)s and %(n)s more")
    return told % {"lines": first, "n": len(lines) - MOST_LINES} if len(lines) > MOST_LINES else first


def _left(batch: ImportBatch) -> Iterator[str]:
    """Yield the lines left out, those taken apart, and each mended cell."""
    told = sorted(
        batch.decisions.items(), key=lambda one: [int(part) for part in one[0].partition(":")[0].split(".")]
    )
    for answer, words in (
        (LEAVE, _("Left out: lines %(lines)s")),
        (SPLIT, _("Taken apart: lines %(lines)s")),
    ):
        if lines := [key for key, said in told if said == answer and ":" not in key]:
            yield words % {"lines": some_of(lines)}
    for place, said in told:
        key, _colon, held = place.partition(":")
        if held:
            label = COLUMNS[Contents.MODELS](held).label
            yield _("Corrected in line %(line)s: %(column)s: %(words)s") % {
                "line": key,
                "column": label,
                "words": said[:80] or "—",
            }
