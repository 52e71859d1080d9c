"""Guess what the columns of an imported table hold from their headings, or else from their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy, override

from models_catalog.fields.declared import DECLARED
from models_catalog.fields.surfaces import covers
from models_catalog.intake.tables.headings import BESIDE_MAKERS, IDS, OTHER_LANGUAGES, VERSIONS
from models_catalog.intake.tables.known import Known
from models_catalog.intake.tables.rows import IN_TWO, Cell, SourceTable, forms_of, full_heading, plain_heading
from models_catalog.intake.tables.words import SYNONYMS, category_of, plain
from models_catalog.intake.values import NotStated, parse_number
from models_catalog.models.import_batch import Contents
from models_catalog.models.vocabulary import Field
from models_catalog.text.names import fold


class TableColumn(TextChoices):
    """The possible contents of a column of a table of models."""

    SLUG = "slug", gettext_lazy("Address in the registry")
    NAME = "name", gettext_lazy("Name")
    NAME_EN = "name_en", gettext_lazy("English name")
    ALIAS = "alias", gettext_lazy("Other name")
    DEVELOPER = "developer", gettext_lazy("Developer")
    SECTOR = "sector", gettext_lazy("Category or target industry")
    CATEGORY = "category", gettext_lazy("Category: general or industry")
    PARAMETERS = "parameters", gettext_lazy("Parameters")
    RELEASED = "released", gettext_lazy("Release date")
    OPENNESS = "openness", gettext_lazy("Openness")
    MODALITY = "modality", gettext_lazy("Modality")
    KIND = "kind", gettext_lazy("Kind of entry")
    PARENT = "parent", gettext_lazy("Part of")
    LINK = "link", gettext_lazy("Link")
    CONTEXT = "context_length", gettext_lazy("Context length")
    CONFIDENCE = "confidence", gettext_lazy("How sure the source is of the size")
    DEVELOPER_KIND = "developer_kind", gettext_lazy("Kind of the developer")
    VERSION = "version", gettext_lazy("Version, behind the name or what it is part of")


_LETTER = re.compile(r"[^\W\d_]")
_OF_LICENCE = re.compile("协议|许可|licen[cs]e")
_SLASH = re.compile(rf"\s*[/、&|]\s*|或|\s+or\s+|{IN_TWO}")
_HEADINGS = {
    TableColumn.SLUG: "slug; 代号",
    TableColumn.NAME: "name; model; 大模型; 模型; 名称; 模型名称; name_zh; 中文名; 模型名; 大模型名称; 产品; 产品名称; model name; chinese name; "
    "model_name; 模型中文名; 中文名称; 模型/产品; 模型产品; 大模型产品; 大模型产品名称; 算法名称; models; 国产大模型; 名字; language model; language model name; llm; llms; 大语言模型; 产品名; "
    "模型/系列; 模型系列名称; 基座模型; 底座模型; 模型名称/版本; foundation model; modell",
    TableColumn.NAME_EN: "name_en; english name; 英文名; 英文名称; 模型英文名; en name",
    TableColumn.ALIAS: "alias; aliases; 别名; 又名; 别称; 简称; 其他名称; other names; also known as; aka; 曾用名; short name",
    TableColumn.CONFIDENCE: "confidence; 可信度; 置信度",
    TableColumn.DEVELOPER_KIND: "organization categorization; organisation categorisation; organization type; organisation type; developer type; 机构性质; "
    "单位性质; 单位类型; 企业类型; 公司类型; 企业性质; 主体类型",
    TableColumn.VERSION: "version_name",
} | {
    TableColumn("released" if one.field == Field.EVENT else one.field.value): one.headings for one in DECLARED
}
GUESSES: Mapping[TextChoices, tuple[str, ...]] = {
    column: (*_HEADINGS[column].split("; "), *OTHER_LANGUAGES.get(column.value, ())) for column in TableColumn
}
"""Known headings of each column, besides its labels."""
_SHAPES: Mapping[TextChoices, re.Pattern[str]] = {
    TableColumn.DEVELOPER: re.compile(
        "(?:主要|联合)?(?:研发|开发|研制|出品|所属|发布|申报|建设|归属|推出)(?:单位|机构|公司|厂商|企业|方|团队|院校|高校|主体|组织)"
        "|(?:model|lead|main|original|ai) (?:creator|developer|provider|vendor|maker|publisher|organi[sz]ation|company|lab|author)s?"
    ),
    TableColumn.SECTOR: re.compile(
        "(?:主要|重点|目标|面向|适用|赋能|服务|应用|所属|覆盖|落地|典型)+(?:行业|领域|产业)|(?:target |main )?verticals?"
    ),
    TableColumn.PARAMETERS: re.compile(
        "(?:模型|总)?参数(?:总)?(?:量|规模|体量|数|数量|大小|量级|级别)"
        r"|(?:total )?param(?:eter)?s?\.?(?: (?:count|size|number))?"
        r"|(?:总|激活|活跃|total|active|activated)(?: ?(?:参数量?|param(?:eter)?s?))? ?[/、&|] ?(?:总|激活|活跃|total|active|activated)(?: ?(?:参数量?|param(?:eter)?s?))"
    ),
    TableColumn.RELEASED: re.compile(
        "(?:首次|正式)?(?:发布|发版|上线|推出|公开|问世|释出)(?:时间|日期|年月|年份|月份|日|年)"
        "|(?:initial |first |public |model )?(?:release|launch)d?(?: (?:date|time|month|year|day))?"
    ),
    TableColumn.OPENNESS: re.compile("(?:是否)?(?:开源|开放)(?:情况|程度|状态|与否|性|属性|性质)?"),
    TableColumn.CONTEXT: re.compile(
        "(?:支持)?(?:的)?(?:最大|最长)?上下文(?:窗口)?(?:长度|大小|容量)?|(?:max(?:imum)? )?(?:ctx|context)(?: ?(?:window|length|len|size|limit))*"
    ),
    TableColumn.MODALITY: re.compile("(?:支持|输入|模型|数据)?(?:的)?模态(?:类型)?"),
    TableColumn.LINK: re.compile("(?:下载|模型|项目|官网|开源|体验)?(?:地址|链接|网址)|download"),
}
"""Headings that are composed of such words, for those that no list has."""


covers(
    "import: columns of a table of models",
    ["event" if column == TableColumn.RELEASED else column.value for column in TableColumn],
)


class ClaimColumn(TextChoices):
    """The possible contents of a column of a table of claims; the admin exports claims under these names."""

    ENTRY = "entry", gettext_lazy("Model")
    KEY = "key", gettext_lazy("Key")
    FIELD = "field", gettext_lazy("Field")
    ANSWER = "answer", gettext_lazy("Answer")
    VALUE = "value", gettext_lazy("Value")
    FORM = "form", gettext_lazy("Form of the name")
    LINK_KIND = "link_kind", gettext_lazy("Kind of the link")
    LOW = "parameters_low", gettext_lazy("Parameters, at least")
    HIGH = "parameters_high", gettext_lazy("Parameters, at most")
    EVENT = "event", gettext_lazy("Event")
    DAY = "day", gettext_lazy("Day, month or year")
    DAYS_FIRST = "days_first", gettext_lazy("First day")
    DAYS_LAST = "days_last", gettext_lazy("Last day")
    SOURCE = "source", gettext_lazy("Source")
    LINE = "line", gettext_lazy("Line")
    START = "start", gettext_lazy("Start")
    END = "end", gettext_lazy("End")
    QUOTATION = "quotation", gettext_lazy("Quotation")
    STATED = "stated", gettext_lazy("Words that state the value")
    BASIS = "basis", gettext_lazy("Basis")
    REASON_ZH = "reason_zh", gettext_lazy("Reason")
    REASON_EN = "reason_en", gettext_lazy("Reason, in English")
    SAID_BY_ZH = "said_by_zh", gettext_lazy("Said by")
    SAID_BY_EN = "said_by_en", gettext_lazy("Said by, in English")
    IS_EARLIER = "is_earlier", gettext_lazy("Of an earlier time")
    GLOSS = "gloss_en", gettext_lazy("Our translation")


CLAIM_GUESSES: Mapping[TextChoices, tuple[str, ...]] = {
    ClaimColumn.ENTRY: ("entry", "model", "slug", "name", "条目", "大模型", "模型", "名称"),
    ClaimColumn.KEY: ("key", "编号", "键"),
    ClaimColumn.FIELD: ("field", "字段", "项目"),
    ClaimColumn.ANSWER: ("answer", "回答", "答案"),
    ClaimColumn.VALUE: ("value", "值", "取值", "内容"),
    ClaimColumn.LINK_KIND: ("link_kind", "链接类型"),
    ClaimColumn.FORM: ("form", "name_form", "名称形式", "形式"),
    ClaimColumn.LOW: ("parameters_low", "number_low", "low", "参数下限"),
    ClaimColumn.HIGH: ("parameters_high", "number_high", "high", "参数上限"),
    ClaimColumn.EVENT: ("event", "事件"),
    ClaimColumn.DAY: ("day", "days", "date", "日期", "时间"),
    ClaimColumn.DAYS_FIRST: ("days_first", "earliest", "首日", "起始日期"),
    ClaimColumn.DAYS_LAST: ("days_last", "latest", "末日", "结束日期"),
    ClaimColumn.SOURCE: ("source", "来源", "出处", "文章"),
    ClaimColumn.LINE: ("line", "行", "行号"),
    ClaimColumn.START: ("start", "起", "起始"),
    ClaimColumn.END: ("end", "止", "结束"),
    ClaimColumn.QUOTATION: ("quotation", "quote", "引文", "原文", "原话"),
    ClaimColumn.STATED: ("stated", "说明文字", "表述"),
    ClaimColumn.BASIS: ("basis", "依据"),
    ClaimColumn.REASON_ZH: ("reason_zh", "reason", "理由", "原因"),
    ClaimColumn.REASON_EN: ("reason_en", "英文理由", "理由（英文）"),
    ClaimColumn.SAID_BY_ZH: ("said_by_zh", "said_by", "由谁说", "说法来自"),
    ClaimColumn.IS_EARLIER: ("is_earlier", "此前"),
    ClaimColumn.GLOSS: ("gloss_en", "gloss", "译文"),
    ClaimColumn.SAID_BY_EN: ("said_by_en", "由谁说（英文）", "说法来自（英文）"),
}
COLUMNS: dict[Contents, type[TextChoices]] = {Contents.MODELS: TableColumn, Contents.CLAIMS: ClaimColumn}
_NEEDED: dict[Contents, tuple[TextChoices, ...]] = {
    Contents.MODELS: (TableColumn.NAME,),
    Contents.CLAIMS: (ClaimColumn.ENTRY, ClaimColumn.FIELD),
}


def lacking(contents: str, held: Collection[str]) -> list[TextChoices]:
    """Return the columns without which no row can be read; a family and a version together are a name."""
    if contents == Contents.MODELS and {TableColumn.PARENT, TableColumn.VERSION} <= {*held}:
        return []
    return [column for column in _NEEDED[Contents(contents)] if column not in held]


def guess_contents(heading: list[str]) -> Contents:
    """Return CLAIMS if the headings name an entry, a field, and a value, quotation or event; else MODELS."""
    found = guess_mapping(heading, Contents.CLAIMS).values()
    says = {ClaimColumn.VALUE.value, ClaimColumn.QUOTATION.value, ClaimColumn.EVENT.value} & set(found)
    is_claims = {ClaimColumn.ENTRY.value, ClaimColumn.FIELD.value} <= set(found) and bool(says)
    return Contents.CLAIMS if is_claims else Contents.MODELS


@cache
def _known(contents: Contents) -> dict[str, list[TextChoices]]:
    """Return heading → the columns that it may mean, from the guesses and from the labels in both languages."""
    found: dict[str, list[TextChoices]] = {}
    for column, guesses in (GUESSES if contents == Contents.MODELS else CLAIM_GUESSES).items():
        for words in (*guesses, *_labels(column)):
            meant = found.setdefault(full_heading(words), [])
            if column not in meant:
                meant.append(column)
    return found


def known_headings() -> frozenset[str]:
    """Return every known heading of tables of models and of claims."""
    return frozenset({*_known(Contents.MODELS), *_known(Contents.CLAIMS)})


def _labels(column: TextChoices) -> list[str]:
    labels = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            labels.append(str(column.label))
    return labels


def guess_mapping(
    heading: list[str], contents: Contents = Contents.MODELS, rows: Sequence[Sequence[Cell]] = ()
) -> dict[str, str]:
    """Return column number → what it holds, guessed from the heading. Each column is assigned at most once.

    A heading with two meanings takes the one that no other heading has. Families are the models of a table that names
    neither models nor their addresses nor versions; with versions, each of these is one.
    """
    meant = [_meant(words, contents) for words in heading]
    mapping: dict[int, str] = {}
    # In our own exports, “url” is the address of the entry's page, and the model's links have another column.
    # A licence tells of openness only where no other column does.
    last = {
        at for at, words in enumerate(heading) if words == "url" or _OF_LICENCE.search(full_heading(words))
    }
    for number in sorted(range(len(meant)), key=lambda place: (len(meant[place]), place in last)):
        free = [str(column.value) for column in meant[number] if column.value not in mapping.values()]
        if free:
            mapping[number] = free[0]
    names, families = [
        {at for at, held in mapping.items() if held == of} for of in (TableColumn.NAME, TableColumn.PARENT)
    ]
    if contents == Contents.MODELS and not names:
        ids = [at for at, words in enumerate(heading) if not IDS.isdisjoint(forms_of(words))]
        ids = [at for at in ids if not rows or any(_LETTER.search(row[at].text) for row in rows if row[at:])]
        versions = [at for at, words in enumerate(heading) if plain_heading(words) in VERSIONS]
        mapping |= dict.fromkeys(ids[:1] or (() if versions else families), str(TableColumn.NAME.value))
        apart = [at for at in versions if at not in mapping] if families and not ids else []
        mapping |= dict.fromkeys(apart[:1], str(TableColumn.VERSION.value))
    return {str(number): mapping[number] for number in sorted(mapping)}


def _meant(words: str, contents: Contents) -> list[TextChoices]:
    """Return the columns that the heading may mean; for “Company / Org”, those that both words may mean."""
    known = _known(contents)
    for form in forms_of(words):
        if form in known:
            return known[form]
    shapes = _SHAPES if contents == Contents.MODELS else {}
    if shaped := [column for column, shape in shapes.items() if any(map(shape.fullmatch, forms_of(words)))]:
        return shaped
    several = _SLASH.split(plain_heading(words))
    parts = [known.get(part, []) for part in several if part not in BESIDE_MAKERS]
    if len(several) < 2 or not parts:
        return []
    return [column for column in parts[0] if all(column in part for part in parts[1:])]


SAMPLE = 300
"""Maximum number of rows to inspect."""

FEWEST = 3
"""Minimum number of recognised cells, so that a chance match does not decide."""


def guess_by_cells(table: SourceTable) -> dict[str, str]:
    """Return column number → what it holds, guessed from the cells; each at most once, the best match first.

    A column qualifies by the share of its cells that the registry knows: 5% for names and makers, which are mostly new
    in other tables; 50% for industries and sizes.
    """
    known = Known()
    tests: dict[TableColumn, tuple[Callable[[str], bool], float]] = {
        TableColumn.DEVELOPER: (lambda words: fold(words) in known.developers, 0.05),
        TableColumn.NAME: (lambda words: fold(words) in known.called, 0.05),
        TableColumn.SECTOR: (lambda words: _is_industry(words, known), 0.5),
        TableColumn.PARAMETERS: (_is_size, 0.5),
    }
    found: list[tuple[float, int, TableColumn]] = []
    for number in range(len(table.heading)):
        cells = [
            words for row in table.rows[:SAMPLE] if number < len(row) and (words := plain(row[number].text))
        ]
        for column, (recognises, least) in tests.items():
            hits = sum(map(recognises, cells))
            if hits >= FEWEST and hits >= least * len(cells):
                found.append((hits / len(cells), number, column))
    mapping: dict[str, str] = {}
    for _share, number, column in sorted(found, key=lambda one: (-one[0], one[1])):
        if str(number) not in mapping and column.value not in mapping.values():
            mapping[str(number)] = column.value
    return mapping


def _is_industry(words: str, known: Known) -> bool:
    return fold(words) in known.sectors or words in SYNONYMS or bool(category_of(words))


def _is_size(words: str) -> bool:
    if words.isdecimal():  # as likely a serial number, a year or a count as a size
        return False
    try:
        parse_number(Field.PARAMETERS, words)
    except NotStated:
        return False
    return True
