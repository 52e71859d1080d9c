"""The table of entries: the catalog's own columns."""

from django.utils.translation import gettext_lazy as _

from models_catalog.columns import COLUMNS
from models_catalog.dataset.table import ForeignKey, Table
from models_catalog.models import Entry
from models_catalog.queries.rows import entry_rows

MODELS = Table(
    name="models",
    one="Model",
    title=_("Models"),
    meaning=_("Chinese large models, model families, platforms and applications that an article names."),
    columns=COLUMNS,
    key=("slug",),
    all=lambda: Entry.objects.listed().order_by("slug"),
    rows=entry_rows,
    foreign_keys=(ForeignKey("parent", ""),),
)
