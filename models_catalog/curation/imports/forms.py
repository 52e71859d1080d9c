"""Forms of an import: the file, and what its columns hold."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.intake.tables.columns import COLUMNS, NEEDED, known_headings
from models_catalog.intake.tables.limits import read_file
from models_catalog.intake.tables.rows import MAX_BYTES, SourceTable, Unreadable
from models_catalog.intake.tables.upload import heading_row_of, options_for
from models_catalog.models.import_batch import Contents
from models_catalog.models.vocabulary import DeveloperKind, Status
from models_catalog.models.words import refuse_unseen
from models_catalog.text.characters import folded
from models_catalog.text.days import NotADate, day

_ENCODINGS = {"utf-8": "UTF-8", "gb18030": "GB18030 (GBK)", "utf-16": "UTF-16"}


def encoding_label(found: str) -> str:
    """Return the usual name of an encoding; the kind of a spreadsheet unchanged."""
    return _("UTF-8 with BOM") if found == "utf-8-sig" else _ENCODINGS.get(found, found)


class UploadForm(forms.Form):
    """The upload. The file is read, checked and stored; nothing enters the registry before it is applied."""

    file = forms.FileField(
        label=gettext_lazy("CSV, XLSX or Markdown file"),
        max_length=200,
        help_text=gettext_lazy(
            "UTF-8, GB18030 (GBK) or Excel's UTF-16; at most 10,000 rows and 4 MB. The heading is found below a title; of a spreadsheet or a README the sheet or table with most known headings is read."
        ),
    )

    contents = forms.ChoiceField(
        label=gettext_lazy("A row is"),
        required=False,
        choices=[("", gettext_lazy("as the heading says")), *Contents.choices],
    )

    def clean_file(self) -> dict[str, Any]:
        """Return the columns of a batch that come from the file."""
        upload = self.cleaned_data["file"]
        content = upload.read(MAX_BYTES + 1)  # a larger file is refused without loading all of it
        try:
            found = read_file(upload.name, content, headings=known_headings())
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        name = folded(upload.name)[-120:]
        refuse_unseen(name)
        digest = hashlib.sha256(content).hexdigest()
        return {
            "text": found.text, "encoding": found.encoding, "file_sha256": digest, "file_name": name,
            "options": options_for(found, heading_row_of(found.text)),
        }  # fmt: skip


def refuse_no_year(stated: date) -> None:
    """Raise `ValidationError` for a day whose year the date parser refuses, such as the last possible day."""
    try:
        day(stated.year, stated.month, stated.day)
    except NotADate as error:
        raise forms.ValidationError(forms.DateField.default_error_messages["invalid"]) from error


class MappingForm(forms.Form):
    """The column mapping and the options of an import."""

    status = forms.ChoiceField(
        label=gettext_lazy("The claims become"),
        choices=[(Status.PROPOSED, Status.PROPOSED.label), (Status.ACCEPTED, Status.ACCEPTED.label)],
    )
    developer_kind = forms.ChoiceField(
        label=gettext_lazy("New developers are"),
        help_text=gettext_lazy(
            "Unless the name tells, as that of a university does; the rows say of which kind each becomes."
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

    def __init__(self, *args: Any, table: SourceTable, contents: Contents, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contents = contents
        if contents == Contents.CLAIMS:  # always proposed, and about existing models
            del self.fields["status"], self.fields["developer_kind"], self.fields["file_date"]
        for number, heading in enumerate(table.heading):
            samples = "、".join(row[number].text[:20] for row in table.rows[:3] if number < len(row))
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=heading or str(number + 1), required=False, help_text=samples,
                choices=[("", "—"), *COLUMNS[contents].choices],
            )  # fmt: skip

    def clean_file_date(self) -> str:
        """Return the date as the batch stores it; "" if none is given."""
        stated: date | None = self.cleaned_data["file_date"]
        return stated.isoformat() if stated else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = list(self.mapping().values())
        for needed in NEEDED[self.contents]:
            if needed not in chosen:
                self.add_error(None, _("Say which column holds this: %(column)s.") % {"column": needed.label})
        if len(chosen) != len(set(chosen)):
            self.add_error(None, _("Two columns cannot hold the same."))
        return cleaned

    def mapping(self) -> dict[str, str]:
        columns = {name: value for name, value in self.cleaned_data.items() if name.startswith("column-")}
        return {name.removeprefix("column-"): value for name, value in columns.items() if value}
