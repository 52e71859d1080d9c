"""The state of `load_registry`: each row of the fixtures as last read, and the row that it became."""

from django.db import models


class LoadedRow(models.Model):
    """One row of the fixtures. Where the registry differs from `columns`, a person has changed it.

    `row` is the id in the registry, which stays when a curator renames or moves the row. It is not a foreign key: this
    record outlives a row that a curator deletes, so that the next load does not bring it back.
    """

    table = models.SlugField(max_length=20, db_index=False)
    key = models.CharField(max_length=240, help_text="Names the row within its file, as “moss/parameters-1”.")
    row = models.BigIntegerField()
    columns = models.JSONField(help_text="Column → value, as the fixtures gave it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "key"], name="loaded_row_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
