"""The tables that entries refer to: sectors, sources, developers and what is said of them, market figures, omissions."""

from django.contrib.postgres.fields import ArrayField, DateRangeField, DecimalRangeField
from django.db import migrations, models
from django.db.models import (
    BooleanField,
    CharField,
    F,
    ForeignKey,
    PositiveSmallIntegerField,
    Q,
    SlugField,
    UniqueConstraint,
)

from models_catalog.migrations import _sql
from models_catalog.migrations._columns import (
    BASES,
    GLOSS,
    PLACE,
    SOURCE,
    STATUSES,
    checks,
    columns,
    known,
    rules_of_quotation,
)
from models_catalog.models.labels import Labelled
from models_catalog.models.words import ArePlain

DEVELOPER_KINDS = [
    ("big-tech", "Big tech"),
    ("startup", "Start-up"),
    ("academia", "Academia"),
    ("ai-company", "AI company"),
    ("industry-company", "Industry company"),
    ("telecom", "Telecom operator"),
    ("public-body", "Public body"),
]
DEVELOPER_FIELDS = [("kind", "Kind"), ("parent", "Parent organisation"), ("alias", "Also called")]
UNITS = [
    ("models", "models"),
    ("models-per-industry", "models in one industry"),
    ("organisations", "organisations"),
    ("percent", "per cent"),
    ("usd", "US dollars"),
    ("cny", "yuan"),
    ("parameters", "parameters"),
    ("people", "people"),
    ("chips", "chips"),
    ("products", "products"),
    ("months", "months"),
    ("years", "years"),
    ("points", "points"),
    ("sectors", "industries"),
    ("regions", "regions"),
]


class Migration(migrations.Migration):
    replaces = [  # the first and the last of the old chain among them (decision 22)
        ("models_catalog", "0001_registry"),
        ("models_catalog", "0015_names_of_tables"),
        ("models_catalog", "0017_names_of_columns"),
        ("models_catalog", "0043_glosses"),
        ("models_catalog", "0045_statements_about_developers"),
        ("models_catalog", "0048_authors_and_units"),
        ("models_catalog", "0051_plain_text_is_held"),
        ("models_catalog", "0053_manufacturing"),
    ]
    initial = True
    dependencies = []

    operations = [
        _sql.run(
            "functions",
            "DROP FUNCTION catalog_are_quotable(text[]), catalog_are_plain(text[]), catalog_bigrams(text)",
        ),
        migrations.CreateModel(
            "Sector",
            columns(
                slug=SlugField("address", max_length=40, unique=True),
                name_zh=CharField("Chinese name", max_length=40),
                name_en=CharField("English name", max_length=60),
                position=PositiveSmallIntegerField("position", default=0),
            ),
            {
                "verbose_name": "target industry",
                "verbose_name_plural": "target industries",
                "ordering": ["position", "slug"],
                "constraints": checks(
                    sector_has_both_names=Q(~Q(name_zh=""), ~Q(name_en="")),
                    sector_words_are_plain=ArePlain("name_zh", "name_en"),
                ),
            },
            bases=(Labelled, models.Model),
        ),
        migrations.CreateModel(
            "Source",
            columns(
                slug=SlugField("address", max_length=60, unique=True),
                file_name=CharField("file name", max_length=120, unique=True),
                sha256=CharField("SHA-256", max_length=64),
                name_zh=CharField("title", max_length=60),
                name_en=CharField("title in English", max_length=160),
                publisher_zh=CharField("publisher", max_length=60),
                publisher_en=CharField("publisher in English", max_length=80),
                found_at_zh=CharField("where it was found", max_length=80, blank=True),
                found_at_en=CharField("where it was found, in English", max_length=120, blank=True),
                published=DateRangeField("published", help_text="As precise as the article lets one say."),
                published_note_zh=CharField("note on the date", max_length=200, blank=True),
                published_note_en=CharField("note on the date, in English", max_length=300, blank=True),
                condition_zh=CharField("what is wrong with the text", max_length=300),
                condition_en=CharField("what is wrong with the text, in English", max_length=400),
                is_reworded=BooleanField(
                    "reworded", default=False, help_text="The wording is not the author's own."
                ),
                position=PositiveSmallIntegerField("position", default=0),
                author_en=CharField("author in English", max_length=80, blank=True),
                author_zh=CharField("author", max_length=60, blank=True),
            ),
            {
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["position", "slug"],
                "constraints": checks(
                    source_sha256_is_hex=Q(sha256__regex="^[0-9a-f]{64}$"),
                    source_published_is_bounded=Q(
                        published__isempty=False, published__lower_inf=False, published__upper_inf=False
                    ),
                    source_words_are_plain=ArePlain(
                        "file_name",
                        "name_zh",
                        "name_en",
                        "publisher_zh",
                        "publisher_en",
                        "author_zh",
                        "author_en",
                        "found_at_zh",
                        "found_at_en",
                        "published_note_zh",
                        "published_note_en",
                        "condition_zh",
                        "condition_en",
                    ),
                ),
            },
            bases=(Labelled, models.Model),
        ),
        migrations.CreateModel(
            "Developer",
            columns(
                slug=SlugField("address", max_length=60, unique=True),
                name_zh=CharField("Chinese name", max_length=80),
                name_en=CharField("English name", max_length=120, blank=True),
                aliases=ArrayField(
                    CharField(max_length=120), verbose_name="other names", blank=True, default=list
                ),
                kind=CharField("kind", max_length=20, choices=DEVELOPER_KINDS),
                sort_key=CharField(
                    "sort key",
                    max_length=200,
                    editable=False,
                    help_text="Pinyin of the Chinese name; set by `actions`.",
                ),
                parent=ForeignKey(
                    "models_catalog.developer",
                    models.PROTECT,
                    blank=True,
                    null=True,
                    related_name="children",
                    verbose_name="parent",
                ),
                sort_key_en=CharField("sort key in English", max_length=200, blank=True, editable=False),
            ),
            {
                "verbose_name": "developer",
                "verbose_name_plural": "developers",
                "ordering": ["sort_key", "slug"],
                "constraints": checks(
                    developer_kind_is_known=Q(kind__in=known(DEVELOPER_KINDS)),
                    developer_parent_is_another=~Q(parent=F("id")),
                    developer_has_name=~Q(name_zh=""),
                    developer_words_are_plain=ArePlain("name_zh", "name_en", arrays=("aliases",)),
                ),
            },
            bases=(Labelled, models.Model),
        ),
        migrations.CreateModel(
            "DeveloperClaim",
            columns(
                **PLACE,
                gloss_en=GLOSS,
                key=SlugField(
                    "key",
                    max_length=60,
                    help_text="Names the claim within its developer, as in “kind-1”.",
                ),
                field=CharField("field", max_length=20, choices=DEVELOPER_FIELDS),
                token=CharField("kind", max_length=20, blank=True, choices=DEVELOPER_KINDS),
                text=CharField("name", max_length=120, blank=True),
                basis=CharField("basis", max_length=20, default="stated", choices=BASES),
                reason_zh=CharField("reason", max_length=300, blank=True),
                reason_en=CharField("reason in English", max_length=400, blank=True),
                status=CharField("status", max_length=20, default="accepted", choices=STATUSES),
                developer=ForeignKey(
                    "models_catalog.developer",
                    models.CASCADE,
                    related_name="statements",
                    verbose_name="developer",
                ),
                parent=ForeignKey(
                    "models_catalog.developer",
                    models.PROTECT,
                    blank=True,
                    null=True,
                    related_name="statements_as_parent",
                    verbose_name="parent",
                ),
                source=SOURCE,
            ),
            {
                "verbose_name": "claim about a developer",
                "verbose_name_plural": "claims about developers",
                "ordering": ["developer", "field", "pk"],
                "constraints": [
                    *checks(
                        **rules_of_quotation("developer_claim"),
                        developer_claim_value_fits_field=Q(
                            field="kind", parent=None, text="", token__in=known(DEVELOPER_KINDS)
                        )
                        | Q(Q(field="alias", parent=None, token=""), ~Q(text=""))
                        | Q(field="parent", parent__isnull=False, text="", token=""),
                        developer_claim_parent_is_another=~Q(parent=F("developer")),
                        developer_claim_curator_has_no_source=Q(basis="curator", source=None)
                        | Q(~Q(basis="curator"), source__isnull=False),
                        developer_claim_unstated_has_reason=Q(basis="stated")
                        | Q(~Q(reason_zh=""), ~Q(reason_en="")),
                        developer_claim_basis_is_known=Q(basis__in=known(BASES)),
                        developer_claim_status_is_known=Q(status__in=known(STATUSES)),
                        developer_claim_words_are_plain=ArePlain("text", "reason_zh", "reason_en"),
                    ),
                    UniqueConstraint(name="developer_claim_key_is_unique", fields=("developer", "key")),
                ],
            },
        ),
        migrations.CreateModel(
            "MarketFigure",
            columns(
                slug=SlugField("address", max_length=80, unique=True),
                name_zh=CharField("Chinese name", max_length=120),
                name_en=CharField("English name", max_length=200),
                value=DecimalRangeField(
                    "value",
                    help_text="In `unit`; equal bounds for an exact value, an open end for “more than”.",
                ),
                unit=CharField("unit", max_length=20, choices=UNITS),
                scope_zh=CharField("scope", max_length=120, blank=True),
                scope_en=CharField("scope in English", max_length=200, blank=True),
                as_of=DateRangeField("as of", blank=True, null=True),
                counted_by_zh=CharField("counted by", max_length=80),
                counted_by_en=CharField("counted by, in English", max_length=120),
                position=PositiveSmallIntegerField("position", default=0),
            ),
            {
                "verbose_name": "market figure",
                "verbose_name_plural": "market figures",
                "ordering": ["position", "slug"],
                "constraints": checks(
                    figure_value_says_something=Q(value__isempty=False)
                    & (Q(value__lower_inf=False) | Q(value__upper_inf=False)),
                    figure_says_who_counted=~Q(counted_by_zh=""),
                    figure_unit_is_known=Q(unit__in=known(UNITS)),
                    figure_words_are_plain=ArePlain(
                        "name_zh", "name_en", "scope_zh", "scope_en", "counted_by_zh", "counted_by_en"
                    ),
                ),
            },
            bases=(Labelled, models.Model),
        ),
        migrations.CreateModel(
            "FigureEvidence",
            columns(
                **PLACE,
                basis=CharField(
                    "basis",
                    max_length=20,
                    default="stated",
                    choices=[("stated", "Stated in the source"), ("inferred", "Inferred from the source")],
                ),
                figure=ForeignKey(
                    "models_catalog.marketfigure",
                    models.CASCADE,
                    related_name="evidence",
                    verbose_name="market figure",
                ),
                source=SOURCE,
                gloss_en=GLOSS,
            ),
            {
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["figure", "source", "line", "start"],
                "constraints": [
                    *checks(
                        **rules_of_quotation("figure_evidence"),
                        figure_evidence_has_source=Q(source__isnull=False),
                    ),
                    UniqueConstraint(
                        name="figure_evidence_place_is_unique", fields=("figure", "source", "line", "start")
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "Omission",
            columns(
                **PLACE,
                reason=CharField(
                    "reason",
                    max_length=20,
                    choices=[
                        ("foreign-model", "Foreign model"),
                        ("company", "Company, not a model"),
                        ("unnamed-model", "Model without a name"),
                        ("chip-or-platform", "Chip, cloud or computing platform"),
                        ("adoption", "Product that adopts a model"),
                        ("plan-without-name", "Talk or plan without a named model"),
                        ("noise", "Noise that looks like a name"),
                        ("duplicate", "Mention of something taken already"),
                        ("other", "Other"),
                    ],
                ),
                note_zh=CharField("note", max_length=200, blank=True),
                note_en=CharField("note in English", max_length=300, blank=True),
                source=SOURCE,
                gloss_en=GLOSS,
            ),
            {
                "verbose_name": "omission",
                "verbose_name_plural": "omissions",
                "ordering": ["source", "line", "start"],
                "constraints": [
                    *checks(
                        **rules_of_quotation("omission"),
                        omission_has_source=Q(source__isnull=False),
                        omission_words_are_plain=ArePlain("note_zh", "note_en"),
                    ),
                    UniqueConstraint(
                        name="omission_place_is_unique", fields=("source", "line", "start", "end")
                    ),
                ],
            },
        ),
    ]
