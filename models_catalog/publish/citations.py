"""Citations of a page, release or claim, with its release and date: BibTeX, RIS, CSL-JSON, GB/T 7714 and plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

EDITORS_ZH, EDITORS_EN = "百模图鉴编辑组", "Baimo editors"
REGISTRY_ZH, REGISTRY_EN = "百模图鉴：中国大模型名录", "Baimo 百模图鉴: a registry of Chinese large AI models"
LICENCE = "CC BY 4.0"

_TEX = {
    "\\": r"\textbackslash{}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "$": r"\$", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
"""Braces as macros: BibTeX counts `\\{` as an opening brace."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's month macros: each style formats them its own way, while a number would be printed as is."""


@dataclass(frozen=True)
class CitedWords:
    """The words of an article that a claim rests on. The article is cited first, the registry as where it was read.

    `published` is a year, a month (`2023-04`) or a day, "" if unknown. `publisher_…` are "" if the author is the
    publisher.
    """

    author_zh: str
    author_en: str
    title_zh: str
    title_en: str
    published: str
    words: str
    line: int
    publisher_zh: str = ""
    publisher_en: str = ""


@dataclass(frozen=True)
class Citation:
    """A citation of the registry or a part of it (`title_…` are "" for all of it).

    `release` is the release's number, 0 for the live data, with its `day`. `key` names the citation in a bibliography;
    `url` is its permanent address; `seen` is the day of access. BibTeX, RIS and CSL are in Chinese if `in_chinese`.
    """

    key: str
    title_zh: str
    title_en: str
    url: str
    release: int
    day: date
    seen: date
    in_chinese: bool = False
    quoted: CitedWords | None = None

    @property
    def edition(self) -> str:
        return f"release {self.release}, {self.day}" if self.release else f"as of {self.day}"

    @property
    def edition_zh(self) -> str:
        return f"第{self.release}版" if self.release else f"数据截至{self.day}"

    @property
    def version(self) -> str:
        """The edition with its day, in the citation's language."""
        if not self.in_chinese:
            return self.edition
        return f"第{self.release}版，{self.day}" if self.release else self.edition_zh

    @property
    def registry(self) -> str:
        return REGISTRY_ZH if self.in_chinese else REGISTRY_EN

    @property
    def author(self) -> str:
        if self.quoted:
            return self.quoted.author_zh if self.in_chinese else self.quoted.author_en
        return EDITORS_ZH if self.in_chinese else EDITORS_EN

    @property
    def publisher(self) -> str:
        """Publisher of the quoted article, if it is not its author; else ""."""
        if not self.quoted:
            return ""
        return self.quoted.publisher_zh if self.in_chinese else self.quoted.publisher_en

    @property
    def part(self) -> str:
        """The part of the registry that is cited; "" for all of it."""
        return _line(self.title_zh if self.in_chinese else self.title_en)

    @property
    def title(self) -> str:
        """The title in a bibliography: of the article, of the part, or of the registry."""
        if self.quoted:
            return _line(self.quoted.title_zh if self.in_chinese else self.quoted.title_en)
        return self.part or self.registry

    @property
    def container(self) -> str:
        """The place where the quoted words, or the part of the registry, were read; "" for the registry itself."""
        if not self.quoted:
            return self.registry if self.part else ""
        return f"{self.part}. {self.registry}"

    @property
    def issued(self) -> str:
        return self.quoted.published if self.quoted else self.day.isoformat()

    @property
    def note(self) -> str:
        """Data without a field in bibliographies: the words and where they were read, the version, the licence."""
        if not self.quoted:
            label = "版本：" if self.in_chinese else "Version: "
            return f"{label}{self.version}. {LICENCE}"
        words = _line(self.quoted.words)
        if self.in_chinese:
            line = f"，第{self.quoted.line}行" if self.quoted.line else ""
            return f"“{words}”{line}. 据{self.container}，{self.version}. {LICENCE}"
        line = f", line {self.quoted.line}" if self.quoted.line else ""
        return f"“{words}”{line}. As recorded in {self.container}, {self.version}. {LICENCE}"


def bibtex(cited: Citation) -> str:
    """A BibTeX entry; double braces keep capitals in every style."""
    title = cited.title if cited.quoted or not cited.part else f"{cited.part}. {cited.registry}"
    issued = cited.issued.split("-")
    fields = [
        ("author", f"{{{{{_tex(cited.author)}}}}}"),
        ("title", f"{{{{{_tex(title)}}}}}"),
        ("publisher", f"{{{_tex(cited.publisher)}}}" if cited.publisher else ""),
        ("year", f"{{{issued[0]}}}" if issued[0] else ""),
        ("month", _MONTHS[int(issued[1]) - 1] if issued[1:] else ""),
        ("version", f"{{{_tex(cited.version)}}}"),
        ("url", f"{{{cited.url}}}"),
        ("urldate", f"{{{cited.seen}}}"),
        ("note", f"{{{_tex(cited.note)}}}"),
    ]
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields if value)
    return f"@misc{{{cited.key},\n{lines}\n}}\n"


def ris(cited: Citation) -> str:
    year, _hyphen, _rest = cited.issued.partition("-")
    lines = [
        ("TY", "NEWS" if cited.quoted else "DATA"),
        ("AU", cited.author),
        ("TI", cited.title),
        ("T2", cited.container),
        ("PB", cited.publisher),
        ("PY", year),
        ("DA", cited.issued.replace("-", "/")),
        ("ET", cited.version),
        ("LA", "zh-Hans" if cited.in_chinese else "en"),
        ("UR", cited.url),
        ("Y2", cited.seen.strftime("%Y/%m/%d")),
        ("N1", cited.note if cited.quoted else LICENCE),
    ]
    told = "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in lines if value)
    return f"{told}ER  - \r\n"


def csl_json(cited: Citation) -> str:
    """One item of CSL-JSON, as Zotero and pandoc read it."""
    item = {
        "id": cited.key,
        "type": "article" if cited.quoted else "dataset",
        "author": [{"literal": cited.author}],
        "title": cited.title,
        "container-title": cited.container,
        "publisher": cited.publisher,
        "version": cited.version,
        "issued": {"date-parts": [[int(part) for part in cited.issued.split("-")]]} if cited.issued else "",
        "accessed": {"date-parts": [[cited.seen.year, cited.seen.month, cited.seen.day]]},
        "language": "zh-Hans" if cited.in_chinese else "en",
        "URL": cited.url,
        "note": cited.note if cited.quoted else LICENCE,
    }
    told = {name: value for name, value in item.items() if value}
    return json.dumps([told], ensure_ascii=False, indent=2) + "\n"


def gbt7714(cited: Citation) -> str:
    """GB/T 7714-2015, online database: author. title[DB/OL]. edition. (day)[accessed]. address. Always in Chinese."""
    part = f"{cited.title_zh}[DB/OL]//{REGISTRY_ZH}" if cited.title_zh else f"{REGISTRY_ZH}[DB/OL]"
    read = f"{_line(part)}. {cited.edition_zh}. ({cited.day})[{cited.seen}]. {cited.url}.\n"
    if not cited.quoted:
        return f"{EDITORS_ZH}. {read}"
    quoted = cited.quoted
    when = "".join(f", {one}" for one in (quoted.publisher_zh, quoted.published) if one)
    line = f"（第{quoted.line}行）" if quoted.line else ""
    article = (
        f"{_line(quoted.author_zh)}. {_line(quoted.title_zh)}[EB/OL]{when}: “{_line(quoted.words)}”{line}"
    )
    return f"{article}. 据{EDITORS_ZH}. {read}"


def plain(cited: Citation) -> str:
    """A sentence in English."""
    part = f"“{_line(cited.title_en)}”. " if cited.title_en else ""
    read = f"{EDITORS_EN}. {part}{REGISTRY_EN}, {cited.edition}. {cited.url} (accessed {cited.seen}).\n"
    if not cited.quoted:
        return read
    quoted = cited.quoted
    when = f" ({quoted.published})" if quoted.published else ""
    words = f"“{_line(quoted.words)}”" + (f", line {quoted.line}" if quoted.line else "")
    by = f". {_line(quoted.publisher_en)}" if quoted.publisher_en else ""
    return f"{_line(quoted.author_en)}{when}. “{_line(quoted.title_en)}”{by}: {words}. As recorded in: {read}"


FORMS: dict[str, tuple[str, str, Callable[[Citation], str]]] = {
    "bib": ("BibTeX", "application/x-bibtex", bibtex),
    "ris": ("RIS", "application/x-research-info-systems", ris),
    "json": ("CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
    "gbt": ("GB/T 7714", "text/plain", gbt7714),
    "txt": ("Text", "text/plain", plain),
}
"""Extension of the address → name of the format, media type, writer."""


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _line(text))


def _line(text: str) -> str:
    """`text` on one line, since a line break would begin another field."""
    return re.sub(r"\s+", " ", text).strip()
