"""Between the registry and two others: Epoch AI's CSV of models and Stanford's ecosystem graphs in YAML.

Field names are those of their public files as of 2026; docs/interchange.md says what maps, what is lost and what is richer.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from models_catalog.exports import spreadsheet_safe
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import Modality, Openness
from models_catalog.queries.rows import EntryRow
from models_catalog.text.quantities import parse_bound

MAX_CHARS = 50_000_000

EPOCH_COLUMNS = (
    "Model", "Organization", "Publication date", "Domain", "Parameters", "Parameters notes",
    "Country (of organization)", "Model accessibility", "Base model", "Link", "Confidence",
)  # fmt: skip
_DOMAINS = {
    Modality.TEXT: "Language", Modality.IMAGE: "Vision", Modality.VIDEO: "Video", Modality.SPEECH: "Speech",
    Modality.THREE_D: "3D modeling", Modality.MULTIMODAL: "Multimodal", Modality.WEATHER: "Earth science",
    Modality.DRIVING: "Driving",
}  # fmt: skip
_ACCESS = {Openness.OPEN: "Open weights (unrestricted)", Openness.CLOSED: "Unreleased"}
_STANFORD_ACCESS = {Openness.OPEN: "open", Openness.CLOSED: "closed"}


@dataclass(frozen=True)
class Foreign:
    """A model as another registry has it; "" and None are what it does not say. Nothing here is a claim yet."""

    name: str
    developers: list[str] = field(default_factory=list)
    parameters: int | None = None
    released: date | None = None
    modalities: list[str] = field(default_factory=list)
    openness: str = ""
    link: str = ""


def epoch_csv(rows: Iterable[EntryRow], url_of: Any) -> str:
    """The entries as Epoch's CSV has models: one number where both ends of an interval agree, else only the words."""
    target = io.StringIO()
    writer = csv.DictWriter(target, EPOCH_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        cells = _epoch(row, url_of(row))
        writer.writerow({name: spreadsheet_safe(cell) for name, cell in cells.items()})
    return target.getvalue()


def _epoch(row: EntryRow, url: str) -> dict[str, Any]:
    released, size = _day(row), _size(row)
    return {
        "Model": row.name_en or row.name_zh,
        "Organization": ",".join(one.name_en or one.name_zh for one in row.developers),
        "Publication date": released.isoformat() if released else "",
        "Domain": ",".join(_DOMAINS[Modality(one)] for one in row.modalities if one in _DOMAINS),
        "Parameters": "" if size is None else float(size),
        "Parameters notes": row.parameters_stated,
        "Country (of organization)": "China",
        "Model accessibility": _ACCESS.get(Openness(row.openness), "") if row.openness else "",
        "Base model": row.parent or "",
        "Link": url,
        "Confidence": "Confident" if size is not None else "",
    }


def stanford_yaml(rows: Iterable[EntryRow], url_of: Any) -> str:
    """The entries as Stanford's assets: what is not stated is `unknown` there."""
    assets = [_asset(row, url_of(row)) for row in rows]
    return str(yaml.safe_dump(assets, allow_unicode=True, sort_keys=False))


def _asset(row: EntryRow, url: str) -> dict[str, Any]:
    released = _day(row)
    stated = f"{row.released_stated} (as stated)" if row.released_stated else "not stated in our sources"
    return {
        "type": "application" if row.kind == "application" else "model",
        "name": row.name_en or row.name_zh,
        "organization": ", ".join(one.name_en or one.name_zh for one in row.developers) or "unknown",
        "description": row.name_zh,
        "created_date": {"value": released if released else "unknown", "explanation": stated},
        "url": url,
        "modality": "; ".join(row.modalities) or "unknown",
        "size": f"{row.parameters_stated} parameters" if row.parameters_stated else "unknown",
        "dependencies": [row.parent] if row.parent else [],
        "access": _STANFORD_ACCESS.get(Openness(row.openness), "unknown") if row.openness else "unknown",
    }


def read_epoch(text: str) -> Iterator[Foreign]:
    """The models of Epoch's CSV. Raises `ValueError` for a file without its columns, or one too long."""
    _bounded(text)
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    if not {"Model", "Organization"} <= set(reader.fieldnames or ()):
        raise ValueError("no CSV of Epoch AI: it has no columns Model and Organization")
    domains = {name: modality.value for modality, name in _DOMAINS.items()}
    for row in reader:
        access = row.get("Model accessibility") or ""
        yield Foreign(
            name=(row["Model"] or "").strip(),
            developers=_split(row["Organization"] or "", ","),
            parameters=_whole(row.get("Parameters") or ""),
            released=_iso(row.get("Publication date")),
            modalities=[domains[one] for one in _split(row.get("Domain") or "", ",") if one in domains],
            openness=_open(access, "Open weights"),
            link=row.get("Link") or "",
        )


def read_stanford(text: str) -> Iterator[Foreign]:
    """The models of one of Stanford's asset files; data sets are left out. Raises `ValueError` for anything else."""
    _bounded(text)
    try:
        assets = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError("no YAML") from error
    if not isinstance(assets, list) or not all(isinstance(one, dict) for one in assets):
        raise ValueError("no list of assets")
    for asset in assets:
        if asset.get("type") in ("model", "application"):
            yield Foreign(
                name=str(asset.get("name") or ""),
                developers=_split(_said(asset.get("organization")), ","),
                parameters=_sized(_said(asset.get("size"))),
                released=_iso(_said(asset.get("created_date"))),
                openness=_open(_said(asset.get("access")), "open"),
                link=_said(asset.get("url")),
            )


def _size(row: EntryRow) -> int | None:
    interval = interval_of(row.parameters) if row.parameters else None
    return interval.low if interval and interval.low == interval.high else None


def _day(row: EntryRow) -> date | None:
    days = days_of(row.released) if row.released else None
    return days.first if days and days.first == days.last else None


def _bounded(text: str) -> None:
    if len(text) > MAX_CHARS:
        raise ValueError("too long")


def _split(text: str, separator: str) -> list[str]:
    return [one.strip() for one in text.split(separator) if one.strip() and one.strip() != "unknown"]


def _said(value: Any) -> str:
    """A value of theirs, which may stand beside its explanation; "" for the words that mean nothing."""
    value = value.get("value") if isinstance(value, dict) else value
    text = "" if value is None else str(value).strip()
    return "" if text.lower() in ("unknown", "none", "n/a") else text


def _whole(text: str) -> int | None:
    try:
        number = float(text)
        return int(number) if 1 <= number < 2**63 else None
    except (ValueError, OverflowError):
        return None


def _sized(text: str) -> int | None:
    """`260B parameters (dense model)` as a number; None if it does not begin with one."""
    try:
        return parse_bound(text.split(" ")[0]) if text else None
    except ValueError:
        return None


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None


def _open(access: str, opens: str) -> str:
    if not access:
        return ""
    return Openness.OPEN.value if access.startswith(opens) else Openness.CLOSED.value
