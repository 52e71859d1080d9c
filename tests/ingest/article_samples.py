"""A small registry and made-up sentences for the reader of articles."""

from datetime import date

from models_catalog.intake.articles.finding import Finding
from models_catalog.intake.articles.findings import find
from models_catalog.intake.articles.lexicon import KnownDeveloper, KnownEntry, KnownSector, Lexicon
from models_catalog.intake.articles.text import read_article
from models_catalog.models.ranges import date_range
from models_catalog.models.vocabulary import NameKind
from models_catalog.text.dates import Days
from models_catalog.text.names import fold

MAKERS = {"百度": 1, "华为": 2, "阿里": 3, "清华大学": 4, "甲公司": 5, "乙研究院": 6}
ENTRIES = {
    "文心一言": (1,),
    "文心": (1,),
    "盘古": (2,),
    "通义千问": (3,),
    "ChatGLM-6B": (4,),
    "商量": (),
    "M6": (3,),
}
SECTORS = {"金融": 1, "医疗": 2}
PUBLISHED = date_range(Days(date(2023, 7, 15), date(2023, 7, 15)))


def small_lexicon() -> Lexicon:
    entries: dict[str, tuple[KnownEntry, ...]] = {
        fold(name): (KnownEntry(number, name, f"e{number}", name, NameKind.ZH, frozenset(makers)),)
        for number, (name, makers) in enumerate(ENTRIES.items(), start=1)
    }
    return Lexicon(
        entries,
        {fold(name): KnownDeveloper(pk, name) for name, pk in MAKERS.items()},
        {fold(name): KnownSector(pk, name) for name, pk in SECTORS.items()},
    )


def findings(text: str, lexicon: Lexicon | None = None) -> list[Finding]:
    return find(read_article(text.encode()), lexicon or small_lexicon(), PUBLISHED)
