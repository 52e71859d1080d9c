"""A small catalog with every case that columns in memory have to get as right as PostgreSQL does."""

import random

from django.http import QueryDict

from models_catalog.catalog.filters import EntryFilter
from models_catalog.models import Entry
from models_catalog.models.vocabulary import (
    Category,
    DeveloperKind,
    EventKind,
    Kind,
    Modality,
    NameKind,
    Openness,
)
from tests.factories import make_developer, make_entries_from
from tests.once import once

SIZES = ["", "2600亿", "千亿级", "超10亿", "60亿", "62亿", "几百亿"]
DAYS = ["", "2021", "2023-03-16", "2023-03", "2022/2023", "2023-06"]
EVENTS = [{}, {EventKind.PLANNED: ""}, {EventKind.BETA: "2023-04"}]


def filtered(query: str) -> EntryFilter:
    """The valid filter of a query string."""
    catalog = EntryFilter(data=QueryDict(query), queryset=Entry.objects.listed())
    assert catalog.is_valid(), catalog.errors
    return catalog


def _make_many() -> None:
    """Sixty entries of chance, the same ones each time, some of which share sort keys."""
    chance = random.Random(60)
    makers = [
        make_developer(
            f"公司{n}",
            name_en=["", "Zhi", "An", "Ma", "an"][n],
            slug=f"d{n}",
            kind=DeveloperKind.values[n % 4],
        )
        for n in range(5)
    ]
    make_entries_from(
        [
            {
                "name_zh": chance.choice(["文心", "文心一言", "盘古", "模型", "星火模型"])
                + "一" * (number % 3),
                "name_en": chance.choice(["", "Zeta", "alpha 10", "Alpha 9", f"Model {number % 7}"]),
                "slug": f"m{number}",
                "kind": chance.choice(Kind.values),
                "category": chance.choice(["", *Category.values]),
                "openness": chance.choice(["", *Openness.values]),
                "modalities": chance.sample(Modality.values, chance.randrange(3)),
                "developers": chance.sample(makers, chance.randrange(4)),
                "sectors": chance.sample(["金融", "医疗", "气象"], chance.randrange(3)),
                "parameters": chance.choice(SIZES),
                "released": chance.choice(DAYS),
                "events": chance.choice(EVENTS),
                "aliases": chance.sample(
                    [(NameKind.CORRUPTED, "墨客"), (NameKind.ALIAS, "文心")], chance.randrange(2)
                ),
            }
            for number in range(60)
        ]
    )


shared_many = once(_make_many)
