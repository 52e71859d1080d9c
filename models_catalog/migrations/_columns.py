"""Words that the migrations of tables share: columns, vocabularies and rules that several tables have."""

from collections.abc import Iterable
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import BigAutoField, CharField, CheckConstraint, F, ForeignKey, PositiveIntegerField, Q

from models_catalog.models.words import ArePlain, AreQuotable

FIELDS = [
    ("name", "Name"),
    ("kind", "Kind"),
    ("parent", "Part of"),
    ("developer", "Developer"),
    ("category", "Category"),
    ("modality", "Modality"),
    ("parameters", "Parameters"),
    ("event", "Event"),
    ("openness", "Openness"),
    ("sector", "Target industry"),
]
BASES = [
    ("stated", "Stated in the source"),
    ("inferred", "Inferred from the source"),
    ("curator", "Curator's knowledge"),
]
STATUSES = [
    ("proposed", "Proposed"),
    ("accepted", "Accepted"),
    ("disputed", "Disputed"),
    ("rejected", "Rejected"),
]
KINDS = [
    ("model", "Model"),
    ("family", "Model family"),
    ("platform", "Model platform"),
    ("application", "Application"),
]
CATEGORIES = [("general", "General-purpose"), ("industry", "Industry-specific")]
MODALITIES = [
    ("text", "Text"),
    ("image", "Images"),
    ("video", "Video"),
    ("3d", "3D"),
    ("speech", "Speech"),
    ("multimodal", "Multimodal"),
    ("tabular", "Tables"),
    ("weather", "Weather data"),
    ("driving", "Driving data"),
]
STAGES = [
    ("planned", "Planned"),
    ("announced", "Announced"),
    ("beta", "In beta"),
    ("in-use", "In use"),
    ("released", "Released"),
]
OPENNESS = [("open", "Open"), ("closed", "Closed")]
EVENTS = [
    ("planned", "Planned"),
    ("announced", "Announced"),
    ("beta", "Beta opened"),
    ("deployed", "Deployed"),
    ("released", "Released"),
    ("open-sourced", "Open-sourced"),
    ("approved", "Approved"),
    ("updated", "Updated"),
]

PLACE = {
    "line": PositiveIntegerField("line", blank=True, null=True),
    "start": PositiveIntegerField("start", blank=True, null=True),
    "end": PositiveIntegerField("end", blank=True, null=True),
    "quotation": CharField("quotation", max_length=24, blank=True),
    "stated": CharField("words that state the value", max_length=24, blank=True),
}
"""Where the words of a claim stand in its source, and the words."""

SOURCE = ForeignKey(
    "models_catalog.source",
    models.PROTECT,
    blank=True,
    null=True,
    related_name="%(class)ss",
    verbose_name="source",
)
CHINESE = r"[\u4e00-\u9fff\r\n]"
GLOSS = CharField(
    "our translation of the quotation",
    max_length=200,
    blank=True,
    help_text="One line of English, by its sense; the editors' words, marked as such.",
    validators=[RegexValidator(CHINESE, "One line of English.", inverse_match=True)],
)


def columns(**fields: Any) -> list[tuple[str, Any]]:
    """The columns of a table, in the order in which the database has them, after an `id`."""
    number = BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
    return [("id", number), *fields.items()]


def checks(**conditions: Any) -> list[CheckConstraint]:
    """Constraints by their names."""
    return [CheckConstraint(condition=condition, name=name) for name, condition in conditions.items()]


def known(choices: Iterable[tuple[str, str]]) -> list[str]:
    """The values of a vocabulary, without their labels."""
    return [value for value, _label in choices]


def rules_of_quotation(table: str) -> dict[str, Any]:
    """Checks by their names, for a table with `PLACE`, `SOURCE` and `GLOSS`."""
    nowhere = Q(end=None, line=None, quotation="", source=None, start=None, stated="")
    somewhere = Q(
        *((f"{column}__isnull", False) for column in ("end", "line", "source", "start")),
        ("end__gt", F("start")),
        ("line__gte", 1),
        ~Q(quotation=""),
        ~Q(stated=""),
    )
    return {
        f"{table}_source_has_location": nowhere | somewhere,
        f"{table}_gloss_has_quotation": Q(gloss_en="") | ~Q(quotation=""),
        f"{table}_gloss_is_english": ~Q(gloss_en__regex=CHINESE),
        f"{table}_words_are_quotable": Q(AreQuotable("quotation", "stated"), ArePlain("gloss_en")),
    }
