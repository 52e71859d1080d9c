"""Synthetic catalog of any size, similar to the real one: Zipf developers, twelve sectors, Chinese names, search keys.

Rows are written with COPY, without triggers, into a database with nothing else.
"""

import random
from array import array
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import chain
from typing import Any

import psycopg

from models_catalog.models.vocabulary import DeveloperKind, Modality
from models_catalog.text import names
from models_catalog.text.names import Keys

SECTORS = ["金融", "医疗", "教育", "政务", "法律", "电商", "交通", "能源", "气象", "工业", "传媒", "客服"]
_FIRST = [
    "文",
    "心",
    "星",
    "火",
    "盘",
    "古",
    "混",
    "元",
    "紫",
    "东",
    "太",
    "初",
    "悟",
    "道",
    "天",
    "工",
    "玄",
    "机",
    "书",
    "生",
    "商",
    "量",
    "日",
    "月",
    "山",
    "海",
    "云",
    "雀",
    "言",
    "犀",
    "灵",
    "境",
    "子",
    "曰",
    "万",
    "象",
    "通",
    "义",
]
_LAST = ["大模型", "模型", "智脑", "助手", "引擎", "平台", "家族", "视觉", "语言", "多模态"]
_PLACES = ["北京", "上海", "深圳", "杭州", "南京", "成都", "武汉", "合肥", "西安", "广州"]
_MAKERS = ["智能科技", "信息技术", "大学", "研究院", "数据公司", "云计算", "人工智能实验室"]
_SIZES = [
    (10**9 * billions, f"{billions * 10}亿") for billions in (1, 2, 6, 7, 10, 13, 70, 100, 130, 175, 260)
]
_COPY = "COPY models_catalog_{table} ({columns}) FROM STDIN"
_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)
AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)
"""
_TABLES = "entry, entrydeveloper, entry_sectors, entry_sources, searchkey, claim, developer, sector, source"

PART = 5_000
"""Entries generated at a time."""

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
"""Table → rows."""


def _no_rows() -> Rows:
    return {table.strip(): [] for table in _TABLES.split(",")}


@cache
def _keys(name: str) -> Keys:
    return names.keys(name)


def _joined(*parts: str) -> Keys:
    """The search keys of a name, joined from the cached keys of its parts."""
    keys = [_keys(part) for part in parts]
    return Keys(*("".join(getattr(key, field) for key in keys) for field in ("folded", "pinyin", "initials")))


class Catalog:
    """`n` entries, deterministic for each `n` and generated on demand, so that a million are never all in memory."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.chance = random.Random(n)
        self.developers = max(20, min(2_000, n // 20))
        weights = [1 / rank for rank in range(1, self.developers + 1)]
        self.made_by = array("H", self.chance.choices(range(1, self.developers + 1), weights, k=n))
        self.rows = _no_rows()
        self._vocabularies()
        self.vocabularies = self.rows

    def parts(self) -> Iterator[Rows]:
        """The entries' rows of every table, PART entries at a time."""
        self.chance.seed(self.n)
        for start in range(1, self.n + 1, PART):
            self.rows = _no_rows()
            for pk in range(start, min(start + PART, self.n + 1)):
                self._entry(pk)
            yield self.rows

    def _vocabularies(self) -> None:
        kinds = DeveloperKind.values
        for pk in range(1, self.developers + 1):
            place, maker = _PLACES[pk % len(_PLACES)], _MAKERS[pk % len(_MAKERS)]
            name, key = f"{place}{_FIRST[pk % len(_FIRST)]}{maker}{pk}", f"{_joined(place, maker).pinyin}{pk}"
            self.rows["developer"].append(
                (pk, f"d{pk}", name, f"Maker {pk}", [], kinds[pk % len(kinds)], key, f"maker {pk:08}")
            )
        for pk, name in enumerate(SECTORS, 1):
            self.rows["sector"].append((pk, f"s{pk}", name, f"Sector {pk}", pk))
        for pk in range(1, 5):
            self.rows["source"].append((
                pk, f"a{pk}", f"{pk}.txt", "0" * 64, f"文章{pk}", f"Article {pk}", "某报", "A paper", "", "",
                "[2023-04-01,2023-05-01)", "", "", "干净", "clean", False, pk,
                "", "", "",
            ))  # fmt: skip

    def _entry(self, pk: int) -> None:
        chance = self.chance
        parts = (chance.choice(_FIRST) + chance.choice(_FIRST), chance.choice(_LAST), str(pk))
        name, keys = "".join(parts), _joined(*parts)
        size, words = chance.choice(_SIZES) if chance.random() < 0.6 else (None, "")
        first = date(2021, 1, 1) + timedelta(chance.randrange(1_000)) if chance.random() < 0.7 else None
        category, openness = (
            chance.choice(["general", "industry", ""]),
            chance.choice(["open", "closed", "", ""]),
        )
        modalities = chance.sample(Modality.values, chance.randrange(3))
        sources = chance.sample(range(1, 5), 1 + (chance.random() < 0.2))
        sizes = f"[{size},{size + 1})" if size else None
        days = f"[{first},{first + timedelta(1)})" if first else None
        self.rows["entry"].append((
            pk, f"m{pk}", "2026-11-22", True, name, f"Model {pk}", [], names.sort_key(parts[0]) + parts[2], f"model {pk:08}", "model", category, modalities,
            sizes, words, days, str(first or ""), "released" if first else "", openness, [], [],
            "{}", "", [],
        ))  # fmt: skip
        sectors = chance.sample(range(1, 13), chance.choice([0, 1, 1, 2, 3]))
        self.rows["entry_sectors"] += [(pk, sector) for sector in sectors]
        self.rows["entry_sources"] += [(pk, source) for source in sources]
        self._names(pk, name, keys)
        self._claims(pk, name, sizes, days, sources[0])

    def _names(self, pk: int, name: str, keys: Keys) -> None:
        developer = self.made_by[pk - 1]
        self.rows["entrydeveloper"].append((pk, developer, 1, ""))
        self._search_keys(pk, 1, name, keys)
        self._search_keys(pk, 1, f"Model {pk}", Keys(f"model{pk}", f"model{pk}", f"model{pk}"))
        maker = str(self.vocabularies["developer"][developer - 1][2])
        self._search_keys(pk, 3, maker, _keys(maker))

    def _claims(self, pk: int, name: str, sizes: str | None, days: str | None, source: int) -> None:
        said: dict[str, Row] = {
            "name": (name, "zh", "", None, None, None),
            "kind": ("", "model", "", None, None, None),
            "developer": ("", "", "", None, None, self.made_by[pk - 1]),
        }
        if sizes:
            said["parameters"] = ("", "", "", sizes, None, None)
        if days:
            said["event"] = ("", "", "released", None, days, None)
        for place, (field, (text, token, event, number, when, of)) in enumerate(said.items(), 1):
            words = (text or token or "某某")[:24]
            self.rows["claim"].append((
                pk, f"{field}-1", field, "value", place, text, token, event, when, number, of, "", "", "stated", "", "", "", "accepted",
                field != "developer", "", "editors", "2026-11-22", "2026-11-22", source, 1, place, place + len(words), words, words, False,
            ))  # fmt: skip

    def _search_keys(self, pk: int, tier: int, text: str, keys: Keys) -> None:
        for key in {keys.folded, keys.pinyin, keys.initials}:
            self.rows["searchkey"].append((pk, tier, text, key))


COLUMNS = {
    "developer": "id, slug, name_zh, name_en, aliases, kind, sort_key, sort_key_en",
    "sector": "id, slug, name_zh, name_en, position",
    "source": "id, slug, file_name, sha256, name_zh, name_en, publisher_zh, publisher_en, found_at_zh, found_at_en, published, "
    "published_note_zh, published_note_en, condition_zh, condition_en, is_reworded, position, "
    "author_zh, author_en, web_address",
    "entry": "id, slug, created_at, is_listed, name_zh, name_en, aliases, sort_key, sort_key_en, kind, category, modalities, parameters, "
    "parameters_stated, released, released_stated, stage, openness, undisclosed, not_applicable, bases, "
    "context_length_stated, links",
    "entrydeveloper": "entry_id, developer_id, position, name_as_written",
    "entry_sectors": "entry_id, sector_id",
    "entry_sources": "entry_id, source_id",
    "searchkey": "entry_id, tier, text, key",
    "claim": "entry_id, key, field, answer, position, text, token, event, days, number, developer_id, said_by_zh, said_by_en, basis, "
    'gloss_en, reason_zh, reason_en, status, preferred, ruling, reviewed_by, reviewed_at, created_at, source_id, line, start, "end", quotation, stated, is_earlier',
}


def fill(connection: "psycopg.Connection[Any]", catalog: Catalog) -> None:
    """Replace the database's catalog with this one."""
    tables = ", ".join(f"models_catalog_{table}" for table in COLUMNS)
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")  # no triggers, no history
        connection.execute("SET LOCAL maintenance_work_mem = '512MB'")
        connection.execute(f"TRUNCATE {tables} CASCADE".encode())
        indexes = _dropped(connection)
        for rows in chain([catalog.vocabularies], catalog.parts()):
            for table, columns in COLUMNS.items():
                copy(connection, _COPY.format(table=table, columns=columns), rows[table])
        for definition in indexes:
            connection.execute(definition.encode())
        connection.execute(
            "INSERT INTO catalog_change DEFAULT VALUES"
        )  # the row that the triggers would have added
    connection.execute("VACUUM ANALYZE")


def _dropped(connection: "psycopg.Connection[Any]") -> list[str]:
    """Drop the indexes that nothing depends on, as rebuilding them is faster; returns their definitions."""
    found = connection.execute(_INDEXES, [[f"models_catalog_{table}" for table in COLUMNS]]).fetchall()
    for name, _definition in found:
        connection.execute(f'DROP INDEX "{name}"'.encode())
    return [definition for _name, definition in found]


def copy(connection: "psycopg.Connection[Any]", statement: str, rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement.encode()) as target:
        for row in rows:
            target.write_row(row)
