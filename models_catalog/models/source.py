"""Sources (articles), and quotations from them."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from models_catalog.models.addresses import address
from models_catalog.models.developer import Developer
from models_catalog.models.fixed import ids_of
from models_catalog.models.labels import InReadersLanguage, Labelled
from models_catalog.models.ranges import days_of
from models_catalog.models.vocabulary import OmissionReason
from models_catalog.models.words import ArePlain, AreQuotable, Quoted, Words
from models_catalog.text.dates import format_days
from models_catalog.text.web import MAX_PAGE

models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)

QUOTATION_LENGTH = 24
"""The most characters that are kept from one place of an article: facts are taken, not text."""

IMPORTED = "import-"
"""How the slug of a source begins that is an imported table."""

GLOSS_LENGTH = 200
NOT_IN_A_GLOSS = r"[\u4e00-\u9fff\r\n]"
"""Characters refused in an English gloss: it is one line without Han characters."""


SOURCE_WORDS = (
    "file_name", "name_zh", "name_en", "publisher_zh", "publisher_en", "author_zh", "author_en", "found_at_zh", "found_at_en",
    "published_note_zh", "published_note_en", "condition_zh", "condition_en", "web_address",
)  # fmt: skip
"""The text columns of a source that are in our own words."""


class SourceQuerySet(models.QuerySet["Source"]):
    def cited(self) -> SourceQuerySet:
        """Sources with a public claim (of a listed entry or a developer), a market figure or an omission."""
        return self.filter(pk__in=_cited())

    def articles(self) -> SourceQuerySet:
        """Without imported tables."""
        return self.exclude(slug__startswith=IMPORTED)

    def with_public(self) -> SourceQuerySet:
        """Annotates each row with `is_public`, whether it is cited."""
        return self.annotate(is_public=Q(pk__in=_cited()))


class Source(Labelled, models.Model):
    """One article as found on the web: a text that was read, which `sha256` identifies, or a page at `web_address`.

    The server never fetches the page. Without a text nothing is checked against it, and readers are told so.
    """

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    file_name = Words(_("file name"), max_length=120, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    name_zh = Words(_("title"), max_length=60)
    name_en = Words(_("title in English"), max_length=160)
    publisher_zh = Words(_("publisher"), max_length=60)
    publisher_en = Words(_("publisher in English"), max_length=80)
    author_zh = Words(_("author"), max_length=60, blank=True)
    author_en = Words(_("author in English"), max_length=80, blank=True)
    found_at_zh = Words(_("where it was found"), max_length=80, blank=True)
    found_at_en = Words(_("where it was found, in English"), max_length=120, blank=True)
    published = DateRangeField(_("published"), help_text=_("As precise as the article lets one say."))
    published_note_zh = Words(_("note on the date"), max_length=200, blank=True)
    published_note_en = Words(_("note on the date, in English"), max_length=300, blank=True)
    condition_zh = Words(_("what is wrong with the text"), max_length=300, blank=True)
    condition_en = Words(_("what is wrong with the text, in English"), max_length=400, blank=True)
    is_reworded = models.BooleanField(
        _("reworded"), default=False, help_text=_("The wording is not the author's own.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    web_address = models.CharField(
        _("address on the web"), max_length=MAX_PAGE, blank=True, help_text=_("The server never fetches it.")
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256="") | Q(sha256__regex=r"^[0-9a-f]{64}$"), name="source_sha256_is_hex"
            ),
            models.CheckConstraint(
                condition=Q(published__isempty=False, published__lower_inf=False, published__upper_inf=False),
                name="source_published_is_bounded",
            ),
            models.CheckConstraint(condition=ArePlain(*SOURCE_WORDS), name="source_words_are_plain"),
            models.CheckConstraint(
                condition=Q(web_address="") | Q(web_address__regex=r"^https?://"), name="source_is_on_the_web"
            ),
            models.CheckConstraint(
                condition=~Q(sha256="", web_address="")
                & (Q(sha256="", file_name="") | ~Q(Q(sha256="") | Q(file_name=""))),
                name="source_has_text_or_address",
            ),
            models.UniqueConstraint(
                fields=["file_name"], condition=~Q(file_name=""), name="source_file_name_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name_zh

    def get_absolute_url(self) -> str:
        return address("source", self.slug)

    @property
    def has_text(self) -> bool:
        """Whether a text was read, in which quotations have a place; a web page has none."""
        return bool(self.sha256)

    publisher = InReadersLanguage()

    @property
    def is_table(self) -> bool:
        """Whether it is an imported table, not an article."""
        return self.slug.startswith(IMPORTED)

    @property
    def mark(self) -> str:
        """The words next to the number of its source marks: publisher, or file and day of a table, as all tables have one publisher."""
        if not self.is_table:
            return self.publisher
        day = format_days(days_of(self.published), get_language() or "")
        return pgettext("clause", ", ").join((self.label, day))

    author = InReadersLanguage()
    found_at = InReadersLanguage()
    published_note = InReadersLanguage()
    condition = InReadersLanguage()


@cache
def _cited() -> RawSQL:
    """The ids of the sources that readers may see."""

    def rows(name: str) -> Any:
        related: Any = Source._meta.get_field(name).related_model
        return related.objects.filter(source=models.OuterRef("pk"))

    of_seen = rows("developerclaims").public().filter(developer__in=Developer.objects.reviewed())
    of_listed = rows("claims").public().filter(entry__is_listed=True)
    told = Exists(of_listed) | Exists(of_seen) | Exists(rows("figureevidences")) | Exists(rows("omissions"))
    return ids_of(Source.objects.filter(told))


class Located(models.Model):
    """A short quotation from an article, with its place.

    `line` counts from 1 (the raw file split at line feeds); `start` and `end` are offsets in code points into that raw
    line, `end` exclusive. `quotation` is the text of that span after mechanical repair, so it can be shorter than the
    span. `stated` is the part of the quotation that states the value. A quotation from a web page has no place.
    """

    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("source"),
    )
    line = models.PositiveIntegerField(_("line"), null=True, blank=True)
    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    quotation = Quoted(_("quotation"), max_length=QUOTATION_LENGTH, blank=True)
    stated = Quoted(_("words that state the value"), max_length=QUOTATION_LENGTH, blank=True)
    gloss_en = Words(
        _("our translation of the quotation"),
        max_length=GLOSS_LENGTH,
        blank=True,
        validators=[RegexValidator(NOT_IN_A_GLOSS, _("One line of English."), inverse_match=True)],
        help_text=_("One line of English, by its sense; the editors' words, marked as such."),
    )

    class Meta:
        abstract = True

    @staticmethod
    def place_constraints(table: str, *, is_of_web_pages: bool = False) -> list[models.CheckConstraint]:
        """Constraints of every table with quotations, named after the table; those of web pages need no place."""
        nowhere = Q(source=None, line=None, start=None, end=None, quotation="", stated="")
        somewhere = (
            Q(source__isnull=False, line__isnull=False, start__isnull=False, end__isnull=False)
            & Q(line__gte=1, end__gt=F("start"))
            & ~Q(quotation="")
            & ~Q(stated="")
        )
        if is_of_web_pages:
            somewhere |= (
                Q(source__isnull=False, line=None, start=None, end=None) & ~Q(quotation="") & ~Q(stated="")
            )
        return [
            models.CheckConstraint(condition=nowhere | somewhere, name=f"{table}_source_has_location"),
            models.CheckConstraint(
                condition=Q(gloss_en="") | ~Q(quotation=""), name=f"{table}_gloss_has_quotation"
            ),
            models.CheckConstraint(
                condition=~Q(gloss_en__regex=NOT_IN_A_GLOSS), name=f"{table}_gloss_is_english"
            ),
            models.CheckConstraint(
                condition=Q(AreQuotable("quotation", "stated")) & Q(ArePlain("gloss_en")),
                name=f"{table}_words_are_quotable",
            ),
        ]

    @property
    def place(self) -> str:
        """`line:start-end`, as in fixtures and exports; "" without a source."""
        return f"{self.line}:{self.start}-{self.end}" if self.line else ""

    @property
    def anchor(self) -> str:
        """Names its words on the page of its source."""
        return f"w{self.line}-{self.start}" if self.line else f"{self._meta.model_name}-{self.pk}"


class Omission(Located):
    """A mention that looks like a model but was not listed, with the reason, so that the reading can be audited."""

    reason = models.CharField(_("reason"), max_length=20, choices=OmissionReason.choices)
    note_zh = Words(_("note"), max_length=200, blank=True)
    note_en = Words(_("note in English"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("omission")
        verbose_name_plural = _("omissions")
        ordering = ["source", "line", "start"]
        constraints = [
            *Located.place_constraints("omission"),
            models.UniqueConstraint(
                fields=["source", "line", "start", "end"], name="omission_place_is_unique"
            ),
            models.CheckConstraint(condition=Q(source__isnull=False), name="omission_has_source"),
            models.CheckConstraint(condition=ArePlain("note_zh", "note_en"), name="omission_words_are_plain"),
        ]

    def __str__(self) -> str:
        return f"{self.quotation} ({self.get_reason_display()})"

    note = InReadersLanguage()


LONGEST_TEXT = 2_000_000
"""Characters of a text that is kept."""


ENCODINGS = [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 + BOM"), ("gb18030", "GB18030")]


class SourceText(models.Model):
    """The text of a source, for curators alone: it stands on no page for readers, in no file and not in the API.

    `text.encode(encoding)` are the bytes that the source's `sha256` names.
    """

    source = models.OneToOneField(
        Source, on_delete=models.CASCADE, related_name="kept_text", verbose_name=_("source")
    )
    text = models.TextField(_("text"))
    encoding = models.CharField(_("encoding"), max_length=12, choices=ENCODINGS)
    kept_at = models.DateTimeField(_("kept since"), auto_now_add=True)

    class Meta:
        verbose_name = _("kept text")
        verbose_name_plural = _("kept texts")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & Q(text__length__lte=LONGEST_TEXT), name="source_text_is_bounded"
            ),
            models.CheckConstraint(
                condition=Q(encoding__in=[name for name, _label in ENCODINGS]),
                name="source_text_encoding_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}"
