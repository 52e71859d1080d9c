"""What every curated row was, from its first day on: a row of history for each insert, update and delete.

The database writes them by triggers, so that bulk and SQL writes are in it too, and refuses to change them (see the
migration `append_only`). `pgh_context` says who did it, in which action, from which import.
"""

from typing import Any

import pghistory
from django.db import models

from models_catalog.models.claim import Claim
from models_catalog.models.developer import Developer
from models_catalog.models.entry import Entry, EntryDeveloper
from models_catalog.models.figure import FigureEvidence, MarketFigure
from models_catalog.models.report import Report
from models_catalog.models.sector import Sector
from models_catalog.models.source import Omission, Source

INSERT, UPDATE, DELETE = "insert", "update", "delete"


def _event_model(tracked: Any, name: str) -> Any:
    return pghistory.create_event_model(
        tracked,
        pghistory.InsertEvent(INSERT),
        pghistory.UpdateEvent(UPDATE),
        pghistory.DeleteEvent(DELETE),
        app_label="models_catalog",
        model_name=name,
        abstract=False,
        append_only=False,  # the migration's own triggers refuse more, and cannot be switched off by a setting
        meta={"indexes": [models.Index(fields=["pgh_obj", "-pgh_id"], name=f"{name.lower()}_latest")]},
    )


ClaimEvent = _event_model(Claim, "ClaimEvent")
DeveloperEvent = _event_model(Developer, "DeveloperEvent")
EntryDeveloperEvent = _event_model(EntryDeveloper, "EntryDeveloperEvent")
EntryEvent = _event_model(Entry, "EntryEvent")
EntrySectorEvent = _event_model(Entry.sectors.through, "EntrySectorEvent")
EntrySourceEvent = _event_model(Entry.sources.through, "EntrySourceEvent")
FigureEvidenceEvent = _event_model(FigureEvidence, "FigureEvidenceEvent")
MarketFigureEvent = _event_model(MarketFigure, "MarketFigureEvent")
OmissionEvent = _event_model(Omission, "OmissionEvent")
ReportEvent = _event_model(Report, "ReportEvent")
SectorEvent = _event_model(Sector, "SectorEvent")
SourceEvent = _event_model(Source, "SourceEvent")

EVENT_MODELS: dict[Any, Any] = {
    Claim: ClaimEvent,
    Developer: DeveloperEvent,
    Entry: EntryEvent,
    EntryDeveloper: EntryDeveloperEvent,
    Entry.sectors.through: EntrySectorEvent,
    Entry.sources.through: EntrySourceEvent,
    FigureEvidence: FigureEvidenceEvent,
    MarketFigure: MarketFigureEvent,
    Omission: OmissionEvent,
    Sector: SectorEvent,
    Source: SourceEvent,
}
"""Each table that readers see something of, and the table of its history."""

HISTORIES: dict[Any, Any] = {**EVENT_MODELS, Report: ReportEvent}
"""All tables with a history: also readers' reports, which change nothing that is published."""
