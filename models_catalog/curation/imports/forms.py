"""Forms of an import: the file, where its table stands, and what its columns hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.intake.tables.columns import COLUMNS, lacking
from models_catalog.intake.tables.mending import as_decided
from models_catalog.intake.tables.rows import (
    DELIMITERS,
    MAX_BYTES,
    MAX_CELL,
    MAX_LINES,
    SourceTable,
    Unreadable,
    delimiter_of,
    plain_heading,
    unit_of,
)
from models_catalog.intake.tables.steering import ASKED, NOTHING, Steering, labels_of
from models_catalog.intake.tables.upload import Moved, Told, batch_from, look_at
from models_catalog.models import ImportBatch, Sector
from models_catalog.models.import_batch import Contents
from models_catalog.models.vocabulary import DeveloperKind, Field, Status
from models_catalog.models.words import refuse_unseen
from models_catalog.text.characters import folded
from models_catalog.text.days import NotADate, day

_ENCODINGS = {"utf-8": "UTF-8", "gb18030": "GB18030 (GBK)", "utf-16": "UTF-16"}


def encoding_label(found: str) -> str:
    """Return the usual name of an encoding; the kind of a spreadsheet unchanged."""
    return _("UTF-8 with BOM") if found == "utf-8-sig" else _ENCODINGS.get(found, found)


class UploadForm(forms.Form):
    """The upload. The file is read and checked; nothing enters the registry before it is applied."""

    contents = forms.ChoiceField(
        label=gettext_lazy("A row is"),
        required=False,
        choices=[("", gettext_lazy("as the heading says")), *Contents.choices],
    )

    file = forms.FileField(
        label=gettext_lazy("CSV, XLSX, Markdown or HTML file"),
        max_length=200,
        help_text=gettext_lazy(
            "UTF-8, GB18030 (GBK) or Excel's UTF-16; at most 10,000 rows and 4 MB. The heading is found below a title; of a spreadsheet or a README the sheet or table with most known headings is read. It is uploaded as soon as it is chosen."
        ),
    )
    batch: ImportBatch
    """The import of the file, unsaved."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if upload := cleaned.get("file"):
            content = upload.read(MAX_BYTES + 1)  # a larger file is refused without loading all of it
            try:
                self.batch = batch_from(upload.name, content, Told(contents=cleaned.get("contents", "")))
                refuse_unseen(folded(upload.name))
            except (Unreadable, forms.ValidationError) as error:
                self.add_error("file", error if isinstance(error, forms.ValidationError) else str(error))
        return cleaned


def refuse_no_year(stated: date) -> None:
    """Raise `ValidationError` for a day whose year the date parser refuses, such as the last possible day."""
    try:
        day(stated.year, stated.month, stated.day)
    except NotADate as error:
        raise forms.ValidationError(forms.DateField.default_error_messages["invalid"]) from error


UNITS = [
    ("", gettext_lazy("as heading and cells say")),
    ("1", gettext_lazy("numbers in full")),
    (str(10**4), gettext_lazy("ten thousands (万)")),
    (str(10**6), gettext_lazy("millions (M)")),
    (str(10**8), gettext_lazy("hundred millions (亿)")),
    (str(10**9), gettext_lazy("billions (B)")),
    (str(10**12), gettext_lazy("trillions (T, 万亿)")),
]
SIGNS = [
    ("", gettext_lazy("as found")),
    *zip(DELIMITERS, (", ", "; ", gettext_lazy("tab"), "|", "，"), strict=True),
]
LONGEST = 120
"""Maximum characters of a new developer's name, and of unknown words."""
OPTIONS = ("status", "developer_kind", "file_date", "unit")
"""The fields that `ImportBatch.options` keeps under their names."""


class MappingForm(forms.Form):
    """Where the table of an import stands, what its columns hold, and the options."""

    sheet = forms.ChoiceField(label=gettext_lazy("Sheet or table"), required=False)
    heading_row = forms.IntegerField(
        label=gettext_lazy("Line of the heading"), required=False, min_value=1, max_value=MAX_LINES
    )
    delimiter = forms.ChoiceField(label=gettext_lazy("Separator of the cells"), required=False, choices=SIGNS)
    unit = forms.ChoiceField(label=gettext_lazy("Sizes are in"), required=False, choices=UNITS)
    status = forms.ChoiceField(
        label=gettext_lazy("The claims become"),
        choices=[(Status.PROPOSED, Status.PROPOSED.label), (Status.ACCEPTED, Status.ACCEPTED.label)],
    )
    developer_kind = forms.ChoiceField(
        label=gettext_lazy("New developers are"),
        help_text=gettext_lazy(
            "Unless the name shows it, as that of a university does; the rows say which kind each becomes."
        ),
        choices=DeveloperKind.choices,
        initial=DeveloperKind.AI_COMPANY,
    )

    file_date = forms.DateField(
        label=gettext_lazy("Date of the file"),
        required=False,
        validators=[refuse_no_year],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("From it dates without a year are counted; without it they are left out."),
    )
    moved: Moved | None = None
    """The table at the place that was chosen, if it is another."""

    def __init__(self, *args: Any, batch: ImportBatch, table: SourceTable, **kwargs: Any) -> None:
        self.batch, self.table, self.contents = batch, table, Contents(batch.contents)
        super().__init__(*args, **{"initial": self._saved(), **kwargs})
        sheets = batch.options.get("sheets", []) if batch.content else []
        self.fields["sheet"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]  # of a ChoiceField
        claims_only = (
            "status",
            "developer_kind",
            "file_date",
            "unit",
        )  # these are proposed, of existing models
        without = [
            *(claims_only if self.contents == Contents.CLAIMS else ()),
            *(() if sheets else ("sheet",)),
            *(("delimiter",) if delimiter_of(batch.encoding) else ()),
        ]
        for name in without:
            del self.fields[name]
        for number, heading in enumerate(table.heading):
            samples = "、".join(row[number].text[:20] for row in table.rows[:3] if number < len(row))
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=heading or str(number + 1), required=False, help_text=samples,
                choices=[("", gettext_lazy("— not read —")), *COLUMNS[self.contents].choices],
            )  # fmt: skip

    def _saved(self) -> dict[str, Any]:
        columns = {f"column-{number}": column for number, column in self.batch.mapping.items()}
        return {**columns, **self.batch.options, "heading_row": self.table.line}

    def clean_file_date(self) -> str:
        """Return the date as the batch stores it; "" if none is given."""
        stated: date | None = self.cleaned_data["file_date"]
        return stated.isoformat() if stated else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            self._look_elsewhere(cleaned)
        chosen = list(self.mapping().values())
        for needed in lacking(self.contents, chosen) if not self.moved else ():
            self.add_error(None, _("Say which column holds this: %(column)s.") % {"column": needed.label})
        if len(chosen) != len(set(chosen)):
            self.add_error(None, _("Two columns cannot hold the same."))
        return cleaned

    def _look_elsewhere(self, cleaned: dict[str, Any]) -> None:
        """Read the table at the place that was chosen, if it is another; say why if there is none."""
        there = {"sheet": self.batch.options.get("sheet", ""), "heading_row": self.table.line,
                 "delimiter": self.batch.options.get("delimiter", "")}  # fmt: skip
        told = {name: cleaned.get(name) or default for name, default in there.items()}
        told["delimiter"] = cleaned.get("delimiter", there["delimiter"])
        changed = [name for name in there if told[name] != there[name]]
        if changed:
            try:
                self.moved = look_at(self.batch, told["sheet"], told["heading_row"], told["delimiter"])
            except Unreadable as error:
                self.add_error(changed[0], str(error))

    def mapping(self) -> dict[str, str]:
        columns = {name: value for name, value in self.cleaned_data.items() if name.startswith("column-")}
        return {name.removeprefix("column-"): value for name, value in columns.items() if value}

    def by_heading(self) -> dict[str, str]:
        """Return what the columns hold by plain heading, "" for a column that is not read."""
        held = self.mapping()
        found: dict[str, str] = {}
        for number, heading in enumerate(map(plain_heading, self.table.heading)):
            found[heading] = found.get(heading) or held.get(str(number), "")
        return found


class CellsForm(forms.Form):
    """The cells of one row that are read, for mending; `key` is the row's (`PlannedRow.key`)."""

    def __init__(self, *args: Any, batch: ImportBatch, table: SourceTable, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": "cell"})
        self.key, line = key, key.partition(".")[0]
        rows = [cells for cells in table.rows if str(cells[0].line) == line]
        others = {name: said for name, said in batch.decisions.items() if not name.startswith(f"{key}:")}
        held_by = {batch.mapping.get(str(at)): words for at, words in enumerate(table.heading)}
        unit = Steering.of(batch).unit or unit_of(held_by.get(Field.PARAMETERS, "")) or table.unit
        decided = as_decided(rows, batch.mapping, others, unit)
        found = [one for one in decided if key == one.key]
        self.written: dict[str, str] = {}
        """Column → its words before this form."""
        for at, held in sorted(batch.mapping.items(), key=lambda one: int(one[0])) if found else ():
            cell = found[0].cells[int(at)] if int(at) < len(found[0].cells) else None
            words = self.written[held] = " ".join(cell.text.split()) if cell else ""
            self.fields[held] = forms.CharField(
                label=COLUMNS[Contents.MODELS](held).label, required=False, max_length=MAX_CELL,
                initial=batch.decisions.get(f"{key}:{held}", words), widget=forms.TextInput(attrs={"form": "steer"}),
                help_text=words if f"{key}:{held}" in batch.decisions else "",
            )  # fmt: skip

    def keep(self, decisions: dict[str, str]) -> None:
        """Store the mended cells; one that says what it said before is no longer mended."""
        for held, written in self.written.items():
            words = " ".join(self.cleaned_data[held].split())
            if words == written:
                decisions.pop(f"{self.key}:{held}", "")
            else:
                decisions[f"{self.key}:{held}"] = words


class WordForm(forms.Form):
    """One unknown word and its meaning."""

    field = forms.ChoiceField(choices=[(of.value, of.label) for of in ASKED], widget=forms.HiddenInput)
    words = forms.CharField(max_length=LONGEST, widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=gettext_lazy("Means"), required=False)

    def __init__(self, *args: Any, sectors: Sequence[Sector], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of = self["field"].value()
        self.called = Field(of).label if of in ASKED else ""
        labels = labels_of(Field(of)) if of in ASKED else []
        if of == Field.SECTOR:
            labels += [(sector.slug, sector.label) for sector in sectors]
        first = [("", _("— left out, and noted —")), (NOTHING, _("nothing that is to be taken"))]
        self.fields["answer"].choices = [*first, *labels]  # type: ignore[attr-defined]  # of a ChoiceField
