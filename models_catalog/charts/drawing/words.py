"""Words that only charts use."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Precision(TextChoices):
    """How exactly a number or a date is known."""

    EXACT = "exact", _("Exact")
    INTERVAL = "interval", _("Interval")
    OPEN = "open", _("One-sided")


class Evidence(TextChoices):
    """What stands behind one field of one entry."""

    STATED = "stated", _("Stated")
    DISPUTED = "disputed", _("Disputed")
    INFERRED = "inferred", _("Inferred")
    CURATOR = "curator", _("Curator's knowledge")
    UNSTATED = "unstated", _("Not stated")
