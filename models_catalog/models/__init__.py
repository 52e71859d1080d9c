"""The registry's tables, one per file."""

from models_catalog.models.apart import Apart
from models_catalog.models.claim import Claim
from models_catalog.models.developer import Developer
from models_catalog.models.developer_claim import DeveloperClaim
from models_catalog.models.entry import Entry, EntryDeveloper
from models_catalog.models.figure import FigureEvidence, MarketFigure
from models_catalog.models.history import ACCOUNTS, EVENT_MODELS, HISTORIES, ClaimEvent, EntryEvent
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
from models_catalog.models.source import Located, Omission, Source, SourceText

__all__ = [
    "ACCOUNTS",
    "EVENT_MODELS",
    "HISTORIES",
    "Apart",
    "Claim",
    "ClaimEvent",
    "Developer",
    "DeveloperClaim",
    "Entry",
    "EntryDeveloper",
    "EntryEvent",
    "FigureEvidence",
    "ImportBatch",
    "ImportRun",
    "LoadedRow",
    "Located",
    "LoginAttempt",
    "MarketFigure",
    "Merge",
    "Omission",
    "Release",
    "Report",
    "ReportTry",
    "SavedView",
    "SearchKey",
    "Sector",
    "Source",
    "SourceText",
]
