"""The search index: every way to type every name."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from models_catalog.models.entry import Entry


class SearchKey(models.Model):
    """One way in which readers may type one name of an entry or of its developer, folded by `text.names`.

    `tokens` are the key's bigrams (and single characters), which the GIN index finds for any two
    characters from the middle of a name; `LIKE` then checks the order.
    """

    class Tier(models.IntegerChoices):
        """What was hit, best first."""

        NAME = 1
        ALIAS = 2
        DEVELOPER = 3

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="search_keys")
    tier = models.PositiveSmallIntegerField(choices=Tier.choices)
    text = models.CharField(
        max_length=160, help_text="The name as it is shown when it is the reason for a hit."
    )
    key = models.CharField(max_length=400)
    tokens = ArrayField(models.CharField(max_length=2))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "tier", "text", "key"], name="search_key_once"),
            models.CheckConstraint(condition=~Q(key=""), name="search_key_is_not_empty"),
        ]
        indexes = [
            GinIndex("tokens", name="search_key_tokens"),
            models.Index(fields=["key"], name="search_key_key", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.entry_id}"
