"""An entry says how many tokens its model reads at once. The views of the past follow."""

from django.contrib.postgres.fields import BigIntegerRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import migrations
from django.db.models import CharField, F, Q, UniqueConstraint

from models_catalog.migrations._columns import FIELDS, checks
from models_catalog.migrations._history import add_recorded
from models_catalog.migrations._past import DROP_VIEWS, MAKE_VIEWS
from models_catalog.migrations._sql import backing_with
from models_catalog.migrations._values import fields_are, replace, value_fits_field
from models_catalog.models.words import AreQuotable

NUMBERS = ("parameters", "context_length")
SINGLE = ["kind", "parent", "category", "parameters", "openness", "context_length"]


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0006_past_and_roles")]

    operations = [
        DROP_VIEWS,
        *add_recorded(
            "Entry",
            context_length=BigIntegerRangeField("context length", blank=True, null=True, editable=False),
            context_length_stated=CharField(
                "context length, as stated", max_length=24, blank=True, editable=False
            ),
        ),
        *fields_are([*FIELDS, ("context_length", "Context length")]),
        *replace(
            "claim",
            *checks(
                claim_value_fits_field=value_fits_field(*NUMBERS),
                claim_earlier_is_no_rival=Q(is_earlier=False)
                | Q(field__in=NUMBERS, preferred=False, status__in=["proposed", "accepted", "rejected"]),
            ),
            UniqueConstraint(
                name="claim_one_preferred",
                fields=("entry", "field"),
                condition=Q(field__in=SINGLE, preferred=True),
            ),
        ),
        *replace(
            "entry",
            *checks(
                entry_words_are_quotable=AreQuotable(
                    "parameters_stated", "released_stated", "context_length_stated"
                )
            ),
        ),
        migrations.AddConstraint(
            "entry",
            *checks(
                entry_context_length_is_positive=Q(context_length=None) | Q(context_length__startswith__gte=1)
            ),
        ),
        migrations.AddIndex("entry", GistIndex(F("context_length"), name="entry_context_length")),
        backing_with("context_length"),
        MAKE_VIEWS,
    ]
