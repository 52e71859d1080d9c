"""An entry says which addresses of the web belong to its model. The views of the past follow."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations
from django.db.models import CharField, Q

from models_catalog.migrations._columns import FIELDS, checks
from models_catalog.migrations._history import add_recorded
from models_catalog.migrations._past import DROP_VIEWS, MAKE_VIEWS
from models_catalog.migrations._values import empty_but, fields_are, replace, value_fits_field

LINK = Q(
    field="link",
    text__startswith="https://",
    token__in=["homepage", "weights", "code", "paper", "filing"],
) & empty_but("text", "token")
TEXT = CharField("name", max_length=160, blank=True, help_text="A name, or an address of the web.")


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0007_context_length")]

    operations = [
        DROP_VIEWS,
        *add_recorded(
            "Entry",
            links=ArrayField(
                CharField(max_length=180),
                verbose_name="links",
                blank=True,
                default=list,
                editable=False,
                help_text="What stands there and the address, as “code https://…”.",
            ),
        ),
        *(migrations.AlterField(table, "text", TEXT) for table in ("claim", "claimevent")),
        *fields_are([*FIELDS, ("context_length", "Context length"), ("link", "Link")]),
        *replace(
            "claim",
            *checks(claim_value_fits_field=value_fits_field("parameters", "context_length", more=(LINK,))),
        ),
        MAKE_VIEWS,
    ]
