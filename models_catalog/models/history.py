"""The history of every curated row: one event for each insert, update and delete.

Database triggers write the events, so bulk updates and raw SQL are included, and refuse to change them
(`migrations/0005_triggers.py`). `pgh_context` records the user, the action and the import.
"""

from typing import Any

import pghistory
import pgtrigger
from django.contrib.auth.models import User
from django.db import models
from django_otp.plugins.otp_totp.models import TOTPDevice

from models_catalog.models.accounts import ACCOUNT, SECOND_FACTOR, Account, Membership, SecondFactor
from models_catalog.models.apart import Apart
from models_catalog.models.claim import Claim
from models_catalog.models.developer import Developer
from models_catalog.models.developer_claim import DeveloperClaim
from models_catalog.models.entry import Entry, EntryDeveloper
from models_catalog.models.figure import FigureEvidence, MarketFigure
from models_catalog.models.import_batch import ImportBatch
from models_catalog.models.import_run import ImportRun
from models_catalog.models.loaded_row import LoadedRow
from models_catalog.models.login_attempt import LoginAttempt
from models_catalog.models.merge import Merge
from models_catalog.models.release import Release
from models_catalog.models.report import Report
from models_catalog.models.report_try import ReportTry
from models_catalog.models.saved_view import SavedView
from models_catalog.models.search_key import SearchKey
from models_catalog.models.sector import Sector
from models_catalog.models.source import Omission, Source, SourceText

INSERT, UPDATE, DELETE, PASSWORD = "insert", "update", "delete", "password"


def _event_model(tracked: Any, name: str, *others: Any, **columns: Any) -> Any:
    return pghistory.create_event_model(
        tracked,
        pghistory.InsertEvent(INSERT),
        pghistory.UpdateEvent(UPDATE),
        pghistory.DeleteEvent(DELETE),
        *others,
        **columns,
        obj_field=pghistory.ObjForeignKey(related_name="events"),
        app_label="models_catalog",
        model_name=name,
        abstract=False,
        append_only=False,  # the migration's own triggers refuse more, and no setting disables them
        meta={"indexes": [models.Index(fields=["pgh_obj", "-pgh_id"], name=f"{name.lower()}_latest")]},
    )


ClaimEvent = _event_model(Claim, "ClaimEvent")
DeveloperClaimEvent = _event_model(DeveloperClaim, "DeveloperClaimEvent")
DeveloperEvent = _event_model(Developer, "DeveloperEvent")
EntryDeveloperEvent = _event_model(EntryDeveloper, "EntryDeveloperEvent")
EntryEvent = _event_model(Entry, "EntryEvent")
EntrySectorEvent = _event_model(Entry.sectors.through, "EntrySectorEvent")
EntrySourceEvent = _event_model(Entry.sources.through, "EntrySourceEvent")
FigureEvidenceEvent = _event_model(FigureEvidence, "FigureEvidenceEvent")
ImportBatchEvent = _event_model(
    ImportBatch, "ImportBatchEvent", exclude=["text", "content", "rows", "made"]
)  # large; `file_sha256` identifies the text
MarketFigureEvent = _event_model(MarketFigure, "MarketFigureEvent")
MergeEvent = _event_model(Merge, "MergeEvent")
OmissionEvent = _event_model(Omission, "OmissionEvent")
ReportEvent = _event_model(Report, "ReportEvent")
SectorEvent = _event_model(Sector, "SectorEvent")
SourceEvent = _event_model(Source, "SourceEvent")

_NEW_PASSWORD = pghistory.UpdateEvent(PASSWORD, condition=pgtrigger.AnyChange("password"))
AccountEvent = _event_model(Account, "AccountEvent", _NEW_PASSWORD, fields=ACCOUNT)
MembershipEvent = _event_model(Membership, "MembershipEvent")
SecondFactorEvent = _event_model(SecondFactor, "SecondFactorEvent", fields=SECOND_FACTOR)

EVENT_MODELS: dict[Any, Any] = {
    Claim: ClaimEvent,
    Developer: DeveloperEvent,
    DeveloperClaim: DeveloperClaimEvent,
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
"""Tables that readers see data of → their event tables."""

HISTORIES: dict[Any, Any] = {
    **EVENT_MODELS,
    ImportBatch: ImportBatchEvent,
    Merge: MergeEvent,
    Report: ReportEvent,
}
"""All tables of the registry with a history, including unpublished acts of curators and readers."""

ACCOUNTS: dict[Any, Any] = {
    User: AccountEvent,
    User.groups.through: MembershipEvent,
    TOTPDevice: SecondFactorEvent,
}
"""Users, their roles and second factors: visible only to administrators."""

WITHOUT_HISTORY: dict[Any, str] = {
    Apart: "is its own: who said it and who took it back, and nothing of it is ever removed",
    ImportRun: "how far a process is, written many times a second; what it did is in the import's history",
    LoadedRow: "what the fixtures said last, which the repository keeps; what the load wrote is in its rows' history",
    LoginAttempt: "must be forgotten after a quarter of an hour",
    Release: "never changes: the database refuses it",
    ReportTry: "must be forgotten after an hour",
    SavedView: "is how one user likes a list; it says nothing of the registry",
    SearchKey: "follows from the claims, which have one",
    SourceText: "is its publisher's and can be purged for good: the source keeps its hash",
}
"""The other tables of the registry → why they have no history."""
