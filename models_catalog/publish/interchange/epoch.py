"""Epoch AI's CSV of models, in the columns and formats of its public files of 2025."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from models_catalog.catalog.rows import EntryRow
from models_catalog.models.vocabulary import Modality, Openness
from models_catalog.publish.interchange.foreign import (
    Foreign,
    bounded,
    day_of,
    iso_day,
    listed,
    name_of,
    names_of,
    openness_of,
    organisations,
    organisations_of,
    size_of,
    size_words,
    web_address,
)
from models_catalog.publish.writers import spreadsheet_safe

COLUMNS = (
    "Model", "Organization", "Publication date", "Domain", "Parameters", "Parameters notes", "Confidence", "Link",
    "Country (of organization)", "Base model", "Model accessibility",
)  # fmt: skip
"""Their columns that the registry can fill, in their order."""

_DOMAINS = {
    Modality.TEXT: "Language", Modality.IMAGE: "Vision", Modality.VIDEO: "Video", Modality.SPEECH: "Speech",
    Modality.THREE_D: "3D modeling", Modality.MULTIMODAL: "Multimodal", Modality.WEATHER: "Earth science",
    Modality.DRIVING: "Driving",
}  # fmt: skip
_MODALITIES = {domain: modality.value for modality, domain in _DOMAINS.items()} | {
    "Image generation": Modality.IMAGE.value
}
UNRELEASED = "Unreleased"
_ACCESS = {Openness.OPEN: "Open weights (unrestricted)", Openness.CLOSED: UNRELEASED}


def epoch_csv(rows: Iterable[EntryRow], url_of: Any) -> str:
    """The entries as Epoch's CSV: a number if both ends of an interval agree, otherwise only the stated words."""
    entries = list(rows)
    names = names_of(entries)
    target = io.StringIO()
    writer = csv.DictWriter(target, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in entries:
        cells = _cells(row, names, url_of(row))
        writer.writerow({name: spreadsheet_safe(cell) for name, cell in cells.items()})
    return target.getvalue()


def _cells(row: EntryRow, names: dict[str, str], url: str) -> dict[str, Any]:
    released, size = day_of(row), size_of(row)
    return {
        "Model": name_of(row),
        "Organization": organisations(one.name_en or one.name_zh for one in row.developers).replace(
            ", ", ","
        ),
        "Publication date": released.isoformat() if released else "",
        "Domain": ",".join(_DOMAINS[Modality(one)] for one in row.modalities if one in _DOMAINS),
        "Parameters": "" if size is None else float(size),
        "Parameters notes": row.parameters_stated,
        "Confidence": "Confident" if size is not None else "",
        "Link": url,
        "Country (of organization)": "China",
        "Base model": names.get(row.parent or "", row.parent or ""),
        "Model accessibility": _access(row),
    }


def _access(row: EntryRow) -> str:
    """Their word for the openness. A closed model that was released has none: by API or hosted alone, nobody said."""
    is_closed_and_out = row.openness == Openness.CLOSED and row.released is not None
    return "" if not row.openness or is_closed_and_out else _ACCESS.get(Openness(row.openness), "")


def read_epoch(text: str) -> Iterator[Foreign]:
    """The models of Epoch's CSV. ValueError if the file lacks its columns or is too long."""
    reader = csv.DictReader(io.StringIO(bounded(text), newline=""))
    if not {"Model", "Organization"} <= set(reader.fieldnames or ()):
        raise ValueError("no CSV of Epoch AI: it has no columns Model and Organization")
    for row in reader:
        access, confidence = ((row.get(name) or "").strip() for name in ("Model accessibility", "Confidence"))
        developers = organisations_of(row["Organization"] or "")
        kinds = [one.strip() for one in (row.get("Organization categorization") or "").split(",") if one]
        modalities = (_MODALITIES[one] for one in listed(row.get("Domain") or "") if one in _MODALITIES)
        yield Foreign(
            name=(row["Model"] or "").strip(),
            developers=developers,
            developer_kinds=kinds if len(kinds) == len(developers) else [],
            parameters=_whole(row.get("Parameters") or ""),
            parameters_stated=size_words((row.get("Parameters notes") or "").strip()),
            released=iso_day(row.get("Publication date") or ""),
            modalities=list(dict.fromkeys(modalities)),
            openness=openness_of(access, "open weights"),
            link=web_address(next(iter((row.get("Link") or "").split()), "")),  # some cells hold several
            confidence=confidence,
            is_unreleased=access == UNRELEASED,
        )


def _whole(text: str) -> int | None:
    """A whole number from one of their floats, which may be slightly off: 256999999.99999997."""
    try:
        number = float(text)
        return round(number) if 1 <= number < 2**63 else None
    except (ValueError, OverflowError):
        return None
