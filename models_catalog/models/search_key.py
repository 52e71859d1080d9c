"""The search index: every way of typing every name."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import add
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from models_catalog.models.entry import Entry
from models_catalog.models.search_terms import SearchTerm, Terms, joined
from models_catalog.text.names import bigrams

SHORT = 3
"""Latin words with fewer letters match only at the start of a key."""

PREFIX, INSIDE, BY_WORDS = 3, 6, 10
"""Added to the tier for a prefix, an infix, and several separate words, which rank below every single match."""

BY_SECTOR = 10
"""Rank of an entry that matches only by its sector: below every name."""


class Bigrams(Func):
    """`text.names.bigrams` in PostgreSQL. Only the index stores the tokens of a key, so that rows stay small."""

    function = "catalog_bigrams"
    output_field = ArrayField(models.TextField())


class SearchKeyQuerySet(models.QuerySet["SearchKey"]):
    def holding(self, folded: str) -> SearchKeyQuerySet:
        """Keys that contain `folded`: the index finds its bigrams, then LIKE checks their order."""
        tokens = bigrams(folded)
        pairs = [token for token in tokens if len(token) == 2]
        keyed: Any = self.alias(tokens=Bigrams("key"))  # the stubs lack types of aliases
        hit: SearchKeyQuerySet = keyed.filter(tokens__contains=pairs or tokens)
        return hit if len(folded) <= 2 else hit.filter(key__contains=folded)

    def holding_word(self, word: str) -> SearchKeyQuerySet:
        """Keys that contain one word of several; short Latin words, often syllables, only at the start of a key."""
        if len(word) < SHORT and word.isascii() and word.isalpha():
            return self.filter(key__startswith=word)
        return self.holding(word)

    def entries_found(self, terms: Terms) -> models.QuerySet[Any, Any]:
        """Ids of entries that match all `terms` as one name, or each term."""
        if not terms:
            return self.none().values("entry")
        whole = self._hit_by(joined(terms), self.holding)
        if len(terms) == 1:
            return whole
        first, *others = (self._hit_by(term, self.holding_word) for term in terms)
        return first.intersection(*others).union(whole)

    def _hit_by(
        self, term: SearchTerm, held: Callable[[str], SearchKeyQuerySet]
    ) -> models.QuerySet[Any, Any]:
        found: models.QuerySet[Any, Any] = held(term.text).values("entry")
        if not term.sectors:
            return found
        return found.union(Entry.sectors.through.objects.filter(sector__in=term.sectors).values("entry"))

    def relevance(self, terms: Terms) -> Any:
        """An expression for the rank of the best match of these keys: 1 is best, NULL no match."""
        if not terms:
            return Value(None, models.IntegerField())
        whole = self._best(joined(terms))
        if len(terms) == 1:
            return whole
        return Coalesce(whole, reduce(add, (self._best(term) for term in terms), Value(BY_WORDS)))

    def _best(self, term: SearchTerm) -> Any:
        folded = term.text
        place = Case(
            When(key=folded, then=F("tier")),
            When(key__startswith=folded, then=F("tier") + PREFIX),
            default=F("tier") + INSIDE,
            output_field=models.IntegerField(),
        )
        hits = self.filter(key__contains=folded).annotate(place=place).order_by("place")
        best = Subquery(hits.values("place")[:1])
        if not term.sectors:
            return best
        # The stubs lack the columns of a many-to-many table.
        meant: Any = Entry.sectors.through.objects.filter(sector__in=term.sectors, entry=OuterRef("pk"))
        return Coalesce(best, Subquery(meant.annotate(place=Value(BY_SECTOR)).values("place")[:1]))


class SearchKey(models.Model):
    """One way of typing a name of an entry or of its developer, folded by `text.names`.

    The GIN index holds the bigrams (and single characters) of the key, so that two characters from the middle of a name
    find it; `LIKE` then checks their order.
    """

    class Tier(models.IntegerChoices):
        """The kind of name that matched, best first."""

        NAME = 1
        ALIAS = 2
        DEVELOPER = 3

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="search_keys")
    tier = models.PositiveSmallIntegerField(choices=Tier.choices)
    text = models.CharField(
        max_length=160, help_text="The name as it is shown when it is the reason for a hit."
    )
    key = models.CharField(max_length=400)

    objects = SearchKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "tier", "text", "key"], name="search_key_once"),
            models.CheckConstraint(condition=~Q(key=""), name="search_key_is_not_empty"),
        ]
        indexes = [
            GinIndex(Bigrams("key"), name="search_key_bigrams"),
            models.Index(fields=["key"], name="search_key_key", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.entry_id}"
