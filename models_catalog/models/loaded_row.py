"""The memory of `load_registry`: each row of the fixtures as it was last read, and where it was put."""

from django.db import models


class LoadedRow(models.Model):
    """One row of the fixtures. What differs in the registry from `columns` was changed by a person.

    `row` is the id in the registry, which stays when a curator renames or moves the row; it is no foreign key, because
    the memory outlives a row that a curator deleted, so that the next start does not bring it back.
    """

    table = models.SlugField(max_length=20, db_index=False)
    key = models.CharField(max_length=240, help_text="Names the row within its file, as “moss/parameters-1”.")
    row = models.BigIntegerField()
    columns = models.JSONField(help_text="Column → value, as the fixtures gave it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "key"], name="loaded_row_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
