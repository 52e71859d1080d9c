"""Entries, their claims, and the keys that a search finds them by."""

from django.contrib.postgres.fields import ArrayField, BigIntegerRangeField, DateRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import migrations, models
from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    F,
    ForeignKey,
    Index,
    JSONField,
    ManyToManyField,
    PositiveSmallIntegerField,
    Q,
    SlugField,
    UniqueConstraint,
)

from models_catalog.migrations._columns import (
    BASES,
    CATEGORIES,
    EVENTS,
    FIELDS,
    GLOSS,
    KINDS,
    MODALITIES,
    OPENNESS,
    PLACE,
    SOURCE,
    STAGES,
    STATUSES,
    checks,
    columns,
    known,
    rules_of_quotation,
)
from models_catalog.migrations._values import ANSWERS, value_fits_field
from models_catalog.models.labels import Labelled
from models_catalog.models.search_key import Bigrams
from models_catalog.models.words import ArePlain, AreQuotable


class Migration(migrations.Migration):
    replaces = [
        ("models_catalog", "0028_order_of_all_entries"),
        ("models_catalog", "0032_sort_keys_in_english"),
        ("models_catalog", "0033_names_in_english_order"),
        ("models_catalog", "0034_search_without_tones"),
        ("models_catalog", "0035_narrow_search_keys"),
        ("models_catalog", "0044_earlier_values"),
        ("models_catalog", "0046_deployed_and_approved"),
        ("models_catalog", "0047_category_fits_kind"),
        ("models_catalog", "0049_every_reading"),
        ("models_catalog", "0050_plain_text"),
        ("models_catalog", "0052_bases"),
    ]
    # The last of the old chain, which stands in 0001: without it Django refuses the database (decision 22).
    dependencies = [("models_catalog", "0053_manufacturing")]

    operations = [
        migrations.CreateModel(
            "Entry",
            columns(
                slug=SlugField("address", max_length=80, unique=True),
                created_at=DateTimeField("created at", auto_now_add=True),
                is_listed=BooleanField("listed", default=False, editable=False),
                name_zh=CharField("Chinese name", max_length=120, blank=True, editable=False),
                name_en=CharField("English name", max_length=160, blank=True, editable=False),
                aliases=ArrayField(
                    CharField(max_length=160),
                    verbose_name="other names",
                    blank=True,
                    default=list,
                    editable=False,
                ),
                sort_key=CharField("sort key", max_length=200, blank=True, editable=False),
                kind=CharField("kind", max_length=20, blank=True, editable=False, choices=KINDS),
                category=CharField("category", max_length=20, blank=True, editable=False, choices=CATEGORIES),
                modalities=ArrayField(
                    CharField(max_length=20, choices=MODALITIES),
                    verbose_name="modalities",
                    blank=True,
                    default=list,
                    editable=False,
                ),
                parameters=BigIntegerRangeField("parameters", blank=True, null=True, editable=False),
                parameters_stated=CharField(
                    "parameters, as stated", max_length=24, blank=True, editable=False
                ),
                released=DateRangeField("released", blank=True, null=True, editable=False),
                released_stated=CharField("released, as stated", max_length=24, blank=True, editable=False),
                stage=CharField("stage", max_length=20, blank=True, editable=False, choices=STAGES),
                openness=CharField("openness", max_length=20, blank=True, editable=False, choices=OPENNESS),
                undisclosed=ArrayField(
                    CharField(max_length=20, choices=FIELDS),
                    verbose_name="declared undisclosed",
                    blank=True,
                    default=list,
                    editable=False,
                ),
                not_applicable=ArrayField(
                    CharField(max_length=20, choices=FIELDS),
                    verbose_name="not applicable",
                    blank=True,
                    default=list,
                    editable=False,
                ),
                merged_into=ForeignKey(
                    "models_catalog.entry",
                    models.PROTECT,
                    blank=True,
                    null=True,
                    related_name="merged",
                    verbose_name="merged into",
                ),
                parent=ForeignKey(
                    "models_catalog.entry",
                    models.PROTECT,
                    blank=True,
                    null=True,
                    editable=False,
                    related_name="members",
                    verbose_name="parent",
                ),
                sectors=ManyToManyField(
                    "models_catalog.sector",
                    editable=False,
                    related_name="entries",
                    verbose_name="target industries",
                ),
                sources=ManyToManyField(
                    "models_catalog.source", editable=False, related_name="entries", verbose_name="sources"
                ),
                sort_key_en=CharField("sort key in English", max_length=200, blank=True, editable=False),
                bases=JSONField(
                    "bases",
                    default=dict,
                    editable=False,
                    help_text="Column of the files → stated, inferred, curator.",
                ),
            ),
            {
                "verbose_name": "entry",
                "verbose_name_plural": "entries",
                "ordering": ["sort_key", "slug"],
                "indexes": [
                    Index(F("category"), name="entry_category"),
                    Index(F("openness"), name="entry_openness"),
                    Index(F("stage"), name="entry_stage"),
                    Index(F("kind"), name="entry_kind"),
                    GinIndex(F("modalities"), name="entry_modalities"),
                    GistIndex(F("parameters"), name="entry_parameters"),
                    GistIndex(F("released"), name="entry_released"),
                    Index(F("sort_key"), F("slug"), name="entry_sort_key"),
                    Index(F("sort_key_en"), F("slug"), name="entry_sort_key_en", condition=Q(is_listed=True)),
                ],
                "constraints": checks(
                    entry_slug_is_plain=Q(slug__regex="^[a-z0-9][a-z0-9-]*$"),
                    entry_listed_has_name=Q(is_listed=False) | ~Q(name_zh=""),
                    entry_merged_is_not_listed=Q(is_listed=False) | Q(merged_into=None),
                    entry_parent_is_another=~Q(parent=F("id")),
                    entry_merged_into_another=~Q(merged_into=F("id")),
                    entry_kind_is_known=Q(kind__in=["", *known(KINDS)]),
                    entry_category_is_known=Q(category__in=["", *known(CATEGORIES)]),
                    entry_openness_is_known=Q(openness__in=["", *known(OPENNESS)]),
                    entry_modalities_are_known=Q(modalities__contained_by=known(MODALITIES)),
                    entry_parameters_are_positive=Q(parameters=None) | Q(parameters__startswith__gte=1),
                    entry_released_has_a_start=Q(released=None)
                    | Q(released__isempty=False, released__lower_inf=False),
                    entry_stage_is_known=Q(stage__in=["", *known(STAGES)]),
                    entry_category_fits_kind=Q(category="") | ~Q(kind__in=("application", "platform")),
                    entry_words_are_plain=ArePlain("name_zh", "name_en", arrays=("aliases",)),
                    entry_words_are_quotable=AreQuotable("parameters_stated", "released_stated"),
                ),
            },
            bases=(Labelled, models.Model),
        ),
        migrations.CreateModel(
            "EntryDeveloper",
            columns(
                position=PositiveSmallIntegerField("position"),
                name_as_written=CharField("name as written", max_length=24, blank=True),
                developer=ForeignKey(
                    "models_catalog.developer",
                    models.PROTECT,
                    related_name="entry_developers",
                    verbose_name="developer",
                ),
                entry=ForeignKey(
                    "models_catalog.entry",
                    models.CASCADE,
                    related_name="entry_developers",
                    verbose_name="entry",
                ),
            ),
            {
                "ordering": ["entry", "position"],
                "constraints": [
                    *checks(
                        entry_developer_words_are_quotable=AreQuotable("name_as_written"),
                    ),
                    UniqueConstraint(name="entry_developer_once", fields=("entry", "developer")),
                    UniqueConstraint(
                        name="entry_developer_position",
                        fields=("entry", "position"),
                        deferrable=models.Deferrable.DEFERRED,
                    ),
                ],
            },
        ),
        migrations.AddField(
            "entry",
            "developers",
            ManyToManyField(
                "models_catalog.developer",
                editable=False,
                related_name="entries",
                through="models_catalog.EntryDeveloper",
                verbose_name="developers",
            ),
        ),
        migrations.CreateModel(
            "Claim",
            columns(
                **PLACE,
                key=SlugField(
                    "key", max_length=60, help_text="Names the claim within its entry, as in “parameters-1”."
                ),
                field=CharField("field", max_length=20, choices=FIELDS),
                answer=CharField("answer", max_length=20, default="value", choices=ANSWERS),
                position=PositiveSmallIntegerField(
                    "position", default=1, help_text="Order among several values of one field."
                ),
                text=CharField("name", max_length=160, blank=True, help_text="A name."),
                token=CharField(
                    "word", max_length=20, blank=True, help_text="A word of the field's vocabulary."
                ),
                event=CharField("event", max_length=20, blank=True, choices=EVENTS),
                days=DateRangeField("days", blank=True, null=True),
                number=BigIntegerRangeField("parameters", blank=True, null=True),
                said_by_zh=CharField(
                    "said by", max_length=60, blank=True, help_text="Empty: the article's author."
                ),
                said_by_en=CharField("said by, in English", max_length=80, blank=True),
                basis=CharField("basis", max_length=20, default="stated", choices=BASES),
                reason_zh=CharField("reason", max_length=300, blank=True),
                reason_en=CharField("reason in English", max_length=400, blank=True),
                status=CharField("status", max_length=20, default="proposed", choices=STATUSES),
                preferred=BooleanField("fills the column", default=False),
                ruling=CharField(
                    "rule",
                    max_length=20,
                    blank=True,
                    choices=[
                        ("builder-first", "What the developer itself says comes before a report"),
                        ("later-source", "The later source goes before the earlier"),
                        ("more-precise", "The more precise claim goes first"),
                        ("original-wording", "An author's own wording goes before a rewritten one"),
                        ("curator", "A curator's judgement, with the reason given"),
                    ],
                ),
                reviewed_by=CharField("reviewed by", max_length=150, blank=True),
                reviewed_at=DateTimeField("reviewed at", blank=True, null=True),
                created_at=DateTimeField("created at", auto_now_add=True),
                developer=ForeignKey(
                    "models_catalog.developer",
                    models.PROTECT,
                    blank=True,
                    null=True,
                    related_name="claims",
                    verbose_name="developer",
                ),
                entry=ForeignKey(
                    "models_catalog.entry", models.CASCADE, related_name="claims", verbose_name="entry"
                ),
                parent=ForeignKey(
                    "models_catalog.entry",
                    models.PROTECT,
                    blank=True,
                    null=True,
                    related_name="claims_as_parent",
                    verbose_name="parent",
                ),
                sector=ForeignKey(
                    "models_catalog.sector",
                    models.PROTECT,
                    blank=True,
                    null=True,
                    related_name="claims",
                    verbose_name="target industry",
                ),
                source=SOURCE,
                gloss_en=GLOSS,
                is_earlier=BooleanField(
                    "of an earlier time",
                    default=False,
                    help_text="The words give what was so before, as in “from … to …”: no rival of the value of now.",
                ),
            ),
            {
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
                "ordering": ["entry", "field", "position", "pk"],
                "indexes": [
                    Index(F("entry"), F("field"), name="claim_entry_field"),
                    Index(F("source"), F("line"), F("start"), name="claim_place"),
                    Index(F("status"), F("created_at"), name="claim_queue"),
                ],
                "constraints": [
                    *checks(
                        **rules_of_quotation("claim"),
                        claim_preferred_is_accepted=Q(preferred=False) | Q(status="accepted"),
                        claim_preferred_event_is_release=Q(preferred=False)
                        | ~Q(field="event")
                        | Q(event="released"),
                        claim_preferred_name_is_shown=Q(preferred=False)
                        | ~Q(field="name")
                        | Q(token__in=["zh", "en"]),
                        claim_curator_has_no_source=Q(basis="curator", source=None)
                        | Q(~Q(basis="curator"), source__isnull=False),
                        claim_unstated_has_reason=Q(basis="stated") | Q(~Q(reason_zh=""), ~Q(reason_en="")),
                        claim_decided_has_reviewer=Q(status="proposed")
                        | Q(~Q(reviewed_by=""), reviewed_at__isnull=False),
                        claim_disputed_has_ruling=~Q(status="disputed") | ~Q(ruling=""),
                        claim_days_are_bounded=Q(days=None)
                        | Q(days__isempty=False, days__lower_inf=False, days__upper_inf=False),
                        claim_field_is_known=Q(field__in=known(FIELDS)),
                        claim_answer_is_known=Q(answer__in=known(ANSWERS)),
                        claim_basis_is_known=Q(basis__in=known(BASES)),
                        claim_status_is_known=Q(status__in=known(STATUSES)),
                        claim_earlier_is_no_rival=Q(is_earlier=False)
                        | Q(
                            field__in=("parameters",),
                            preferred=False,
                            status__in=["proposed", "accepted", "rejected"],
                        ),
                        claim_value_fits_field=value_fits_field("parameters"),
                        claim_words_are_plain=ArePlain(
                            "text", "said_by_zh", "said_by_en", "reason_zh", "reason_en"
                        ),
                    ),
                    UniqueConstraint(name="claim_key_is_unique", fields=("entry", "key")),
                    UniqueConstraint(
                        name="claim_one_preferred",
                        fields=("entry", "field"),
                        condition=Q(
                            field__in=["kind", "parent", "category", "parameters", "openness"], preferred=True
                        ),
                    ),
                    UniqueConstraint(
                        name="claim_one_preferred_release",
                        fields=("entry",),
                        condition=Q(field="event", preferred=True),
                    ),
                    UniqueConstraint(
                        name="claim_one_preferred_name",
                        fields=("entry", "token"),
                        condition=Q(field="name", preferred=True),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "SearchKey",
            columns(
                tier=PositiveSmallIntegerField(choices=[(1, "Name"), (2, "Alias"), (3, "Developer")]),
                text=CharField(
                    max_length=160, help_text="The name as it is shown when it is the reason for a hit."
                ),
                key=CharField(max_length=400),
                entry=ForeignKey("models_catalog.entry", models.CASCADE, related_name="search_keys"),
            ),
            {
                "indexes": [
                    Index(name="search_key_key", fields=["key"], opclasses=["varchar_pattern_ops"]),
                    GinIndex(Bigrams("key"), name="search_key_bigrams"),
                ],
                "constraints": [
                    *checks(
                        search_key_is_not_empty=~Q(key=""),
                    ),
                    UniqueConstraint(name="search_key_once", fields=("entry", "tier", "text", "key")),
                ],
            },
        ),
    ]
