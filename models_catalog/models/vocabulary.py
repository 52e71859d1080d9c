"""Vocabularies: the words that columns may hold.

Each is a `TextChoices`, so that no code compares with a bare string and labels are translated in one place. Sectors and
developers are tables instead, because curators add to them.
"""

from collections.abc import Iterable
from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Kinds of entry. Articles name families as often as versions; a value is kept at the level that they name."""

    MODEL = "model", _("Model")
    FAMILY = "family", _("Model family")
    PLATFORM = "platform", _("Model platform")
    APPLICATION = "application", _("Application")


class Category(TextChoices):
    """The purpose of a model. Does not apply to applications and platforms."""

    GENERAL = "general", _("General-purpose")
    INDUSTRY = "industry", _("Industry-specific")


WITHOUT_CATEGORY = (Kind.APPLICATION, Kind.PLATFORM)
"""Kinds of entry without a category."""


class Openness(TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Stage(TextChoices):
    """How far an entry has come by its latest supported event; in ascending order."""

    PLANNED = "planned", _("Planned")
    ANNOUNCED = "announced", _("Announced")
    BETA = "beta", _("In beta")
    IN_USE = "in-use", _("In use")
    RELEASED = "released", _("Released")


class EventKind(TextChoices):
    PLANNED = "planned", _("Planned")
    ANNOUNCED = "announced", _("Announced")
    BETA = "beta", _("Beta opened")
    DEPLOYED = "deployed", _("Deployed")
    RELEASED = "released", _("Released")
    OPEN_SOURCED = "open-sourced", _("Open-sourced")
    APPROVED = "approved", _("Approved")
    UPDATED = "updated", _("Updated")

    @property
    def stage(self) -> Stage | None:
        """The stage that an entry reaches with this event; None for an update."""
        return _STAGE_AFTER.get(self)


_STAGE_AFTER = {
    EventKind.PLANNED: Stage.PLANNED,
    EventKind.ANNOUNCED: Stage.ANNOUNCED,
    EventKind.BETA: Stage.BETA,
    EventKind.DEPLOYED: Stage.IN_USE,
    EventKind.RELEASED: Stage.RELEASED,
    EventKind.OPEN_SOURCED: Stage.RELEASED,
    EventKind.APPROVED: Stage.RELEASED,
}


class Modality(TextChoices):
    TEXT = "text", _("Text")
    IMAGE = "image", _("Images")
    VIDEO = "video", _("Video")
    THREE_D = "3d", _("3D")
    SPEECH = "speech", _("Speech")
    MULTIMODAL = "multimodal", _("Multimodal")
    TABULAR = "tabular", _("Tables")
    WEATHER = "weather", _("Weather data")
    DRIVING = "driving", _("Driving data")


class DeveloperKind(TextChoices):
    BIG_TECH = "big-tech", _("Big tech")
    STARTUP = "startup", _("Start-up")
    ACADEMIA = "academia", _("Academia")
    AI_COMPANY = "ai-company", _("AI company")
    INDUSTRY_COMPANY = "industry-company", _("Industry company")
    TELECOM = "telecom", _("Telecom operator")
    PUBLIC_BODY = "public-body", _("Public body")


class DeveloperField(TextChoices):
    """Fields of a developer that a claim can back."""

    KIND = "kind", _("Kind")
    PARENT = "parent", _("Parent organisation")
    ALIAS = "alias", _("Also called")


class NameKind(TextChoices):
    """Forms of an entry's name. A corrupted form is searchable, but never shown as the name."""

    ZH = "zh", _("Chinese name")
    EN = "en", _("English name")
    TRADITIONAL = "traditional", _("Traditional form")
    LATIN = "latin", _("Latin form")
    SHORT = "short", _("Short form")
    ALIAS = "alias", _("Also called")
    CORRUPTED = "corrupted", _("As corrupted in an article")


class LinkKind(TextChoices):
    """Kinds of web page that belong to a model."""

    HOMEPAGE = "homepage", _("Home page")
    WEIGHTS = "weights", _("Weights")
    CODE = "code", _("Code")
    PAPER = "paper", _("Paper")
    FILING = "filing", _("Filing")


class Shape(Enum):
    """How claims store the values of a field, and how many an entry has."""

    NAMES = "names"
    """Any number of texts, each with its form (`NameKind`); one per language is shown as the name."""
    WORD = "word"
    """One word of a vocabulary."""
    WORDS = "words"
    """Any number of words of a vocabulary."""
    ROWS = "rows"
    """Any number of rows of another table."""
    PARENT = "parent"
    """One other entry."""
    NUMBER = "number"
    """One interval of whole numbers; claims may also give an earlier one."""
    LINKS = "links"
    """Any number of URLs, each with its kind (`LinkKind`)."""
    EVENTS = "events"
    """Any number of events, with or without days; one release fills the column."""


class Field(TextChoices):
    """Fields of an entry that claims are about. Code that handles claims depends on the `shape`, not on the field."""

    NAME = "name", _("Name")
    KIND = "kind", _("Kind")
    PARENT = "parent", _("Part of")
    DEVELOPER = "developer", _("Developer")
    CATEGORY = "category", _("Category")
    MODALITY = "modality", _("Modality")
    PARAMETERS = "parameters", _("Parameters")
    EVENT = "event", _("Event")
    OPENNESS = "openness", _("Openness")
    SECTOR = "sector", _("Target industry")
    CONTEXT_LENGTH = "context_length", _("Context length")
    LINK = "link", _("Link")

    @property
    def shape(self) -> Shape:
        return _SHAPES[self]

    @property
    def entry_column(self) -> str:
        """The column or relation of `Entry` that holds the values; for events the days of the release."""
        return _COLUMNS.get(self, self.value)


_SHAPES = {
    Field.NAME: Shape.NAMES,
    Field.KIND: Shape.WORD,
    Field.PARENT: Shape.PARENT,
    Field.DEVELOPER: Shape.ROWS,
    Field.CATEGORY: Shape.WORD,
    Field.MODALITY: Shape.WORDS,
    Field.PARAMETERS: Shape.NUMBER,
    Field.EVENT: Shape.EVENTS,
    Field.OPENNESS: Shape.WORD,
    Field.SECTOR: Shape.ROWS,
    Field.CONTEXT_LENGTH: Shape.NUMBER,
    Field.LINK: Shape.LINKS,
}

_COLUMNS = {
    Field.DEVELOPER: "developers",
    Field.SECTOR: "sectors",
    Field.MODALITY: "modalities",
    Field.EVENT: "released",
    Field.LINK: "links",
}

SINGLE_VALUED = tuple(one for one in Field if one.shape in (Shape.WORD, Shape.PARENT, Shape.NUMBER))
"""Fields with one value per entry, taken from the preferred claim. (Events: one preferred `released`.)"""

NUMBERS = tuple(one for one in Field if one.shape is Shape.NUMBER)
"""Fields whose value is an interval of whole numbers, in `Claim.number` and the entry column named like the field."""


class Answer(TextChoices):
    """The answer that a claim gives: a value, or that there is none."""

    VALUE = "value", _("Value")
    UNDISCLOSED = "undisclosed", _("Declared undisclosed")
    NOT_APPLICABLE = "not-applicable", _("Not applicable")


class Basis(TextChoices):
    STATED = "stated", _("Stated in the source")
    INFERRED = "inferred", _("Inferred from the source")
    CURATOR = "curator", _("Curator's knowledge")


class Backing(TextChoices):
    """How well the values of an entry are backed, for filters. Names do not count as values here."""

    STATED = "stated", _("All values stated")
    INFERRED = "inferred", _("Has inferred values")
    CURATOR = "curator", _("Has values added by curators")
    DISPUTED = "disputed", _("Has disputed values")
    ONE_SOURCE = "one-source", _("One source")
    TWO_SOURCES = "two-sources", _("Two sources or more")
    SELF_REPORTED = "self-reported", _("Only the developer's own word")


def strongest(bases: Iterable[str]) -> Basis:
    """The strongest basis among several claims of one value; without claims it is a curator's addition."""
    found = set(bases)
    return next((basis for basis in Basis if basis in found), Basis.CURATOR)


def bases(found: Iterable[str]) -> list[str]:
    """The bases of a cell's values: one word if all are the same, otherwise one for each value in order."""
    each = [Basis(one).value for one in found]
    return each if len(set(each)) > 1 else each[:1]


class Status(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    DISPUTED = "disputed", _("Disputed")
    REJECTED = "rejected", _("Rejected")


class Verdict(TextChoices):
    """A curator's decision on a claim. `PREFER` accepts it and replaces the claim that fills the column."""

    ACCEPT = "accept", _("Accept")
    PREFER = "prefer", _("Accept as the preferred value")
    DISPUTE = "dispute", _("Mark as disputed: show it next to the preferred claim")
    REJECT = "reject", _("Reject")
    REOPEN = "reopen", _("Put it back")


class Ruling(TextChoices):
    """The written rules by which another claim is preferred to a disputed one."""

    BUILDER_FIRST = "builder-first", _("What the developer itself says comes before a report")
    LATER_SOURCE = "later-source", _("The later source goes before the earlier")
    MORE_PRECISE = "more-precise", _("The more precise claim goes first")
    ORIGINAL_WORDING = "original-wording", _("An author's own wording goes before a rewritten one")
    CURATOR = "curator", _("A curator's judgement, with the reason given")


class OmissionReason(TextChoices):
    """Reasons why a mention that looks like a model is not an entry."""

    FOREIGN_MODEL = "foreign-model", _("Foreign model")
    COMPANY = "company", _("Company, not a model")
    UNNAMED_MODEL = "unnamed-model", _("Model without a name")
    CHIP_OR_PLATFORM = "chip-or-platform", _("Chip, cloud or computing platform")
    ADOPTION = "adoption", _("Product that adopts a model")
    PLAN_WITHOUT_NAME = "plan-without-name", _("Talk or plan without a named model")
    NOISE = "noise", _("Noise that looks like a name")
    DUPLICATE = "duplicate", _("Mention of something taken already")
    OTHER = "other", _("Other")


class FigureUnit(TextChoices):
    MODELS = "models", _("models")
    MODELS_PER_INDUSTRY = "models-per-industry", _("models in one industry")
    ORGANISATIONS = "organisations", _("organisations")
    PERCENT = "percent", _("per cent")
    USD = "usd", _("US dollars")
    CNY = "cny", _("yuan")
    PARAMETERS = "parameters", _("parameters")
    PEOPLE = "people", _("people")
    CHIPS = "chips", _("chips")
    PRODUCTS = "products", _("products")
    MONTHS = "months", _("months")
    YEARS = "years", _("years")
    POINTS = "points", _("points")
    SECTORS = "sectors", _("industries")
    REGIONS = "regions", _("regions")
