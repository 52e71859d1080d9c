"""How to cite a page or a release: BibTeX, RIS, CSL-JSON, GB/T 7714 and plain text, naming the release and its date."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

EDITORS_ZH, EDITORS_EN = "百模图鉴编辑组", "Baimo editors"
REGISTRY_ZH, REGISTRY_EN = "百模图鉴：中国大模型名录", "Baimo 百模图鉴: a registry of Chinese large AI models"

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "$": r"\$", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True)
class Citation:
    """What is cited: a part of the registry (`title_…` empty for all of it), in which release (0: as it stood), of which day.

    `key` names it in a bibliography; `url` is its permanent address; `seen` is the day on which it is read.
    """

    key: str
    title_zh: str
    title_en: str
    url: str
    release: int
    day: date
    seen: date

    @property
    def edition(self) -> str:
        return f"release {self.release}, {self.day}" if self.release else f"state of {self.day}"

    @property
    def edition_zh(self) -> str:
        return f"第{self.release}版" if self.release else f"数据截至{self.day}"


def bibtex(cited: Citation) -> str:
    title = f"{_line(cited.title_en)}. {REGISTRY_EN}" if cited.title_en else REGISTRY_EN
    return (
        f"@misc{{{cited.key},\n"
        f"  author = {{{{{_tex(EDITORS_EN)}}}}},\n"
        f"  title = {{{_tex(title)}}},\n"
        f"  year = {{{cited.day.year}}},\n"
        f"  month = {{{cited.day.month}}},\n"
        f"  version = {{{_tex(cited.edition)}}},\n"
        f"  url = {{{cited.url}}},\n"
        f"  urldate = {{{cited.seen}}},\n"
        f"  note = {{{_tex(f'Version: {cited.edition}. Accessed {cited.seen}. CC BY 4.0')}}}\n"
        "}\n"
    )


def ris(cited: Citation) -> str:
    title = cited.title_en or REGISTRY_EN
    lines = [
        ("TY", "DATA"),
        ("AU", EDITORS_EN),
        ("TI", title),
        *([("T2", REGISTRY_EN)] if cited.title_en else []),
        ("PY", str(cited.day.year)),
        ("DA", cited.day.strftime("%Y/%m/%d")),
        ("ET", cited.edition),
        ("UR", cited.url),
        ("Y2", cited.seen.strftime("%Y/%m/%d")),
        ("N1", "CC BY 4.0"),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in lines)


def csl_json(cited: Citation) -> str:
    """One item of the Citation Style Language's data model, as Zotero and pandoc read it."""
    item = {
        "id": cited.key,
        "type": "dataset",
        "author": [{"literal": EDITORS_EN}],
        "title": _line(cited.title_en or REGISTRY_EN),
        **({"container-title": REGISTRY_EN} if cited.title_en else {}),
        "version": cited.edition,
        "issued": {"date-parts": [_parts(cited.day)]},
        "accessed": {"date-parts": [_parts(cited.seen)]},
        "URL": cited.url,
        "note": "CC BY 4.0",
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def gbt7714(cited: Citation) -> str:
    """GB/T 7714-2015, an electronic database online: who, what[DB/OL], (day)[seen], where."""
    part = f"{cited.title_zh}[DB/OL]//{REGISTRY_ZH}" if cited.title_zh else f"{REGISTRY_ZH}[DB/OL]"
    return f"{EDITORS_ZH}. {_line(part)}. {cited.edition_zh}. ({cited.day})[{cited.seen}]. {cited.url}.\n"


def plain(cited: Citation) -> str:
    part = f"“{_line(cited.title_en)}”. " if cited.title_en else ""
    return f"{EDITORS_EN}. {part}{REGISTRY_EN}, {cited.edition}. {cited.url} (accessed {cited.seen}).\n"


FORMS: dict[str, tuple[str, str, Callable[[Citation], str]]] = {
    "bib": ("BibTeX", "application/x-bibtex", bibtex),
    "ris": ("RIS", "application/x-research-info-systems", ris),
    "json": ("CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
    "gbt": ("GB/T 7714", "text/plain", gbt7714),
    "txt": ("Text", "text/plain", plain),
}
"""Ending of the address → name of the form, its media type, and what writes it."""


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _line(text))


def _line(text: str) -> str:
    """On one line, since a line break would begin another field."""
    return re.sub(r"\s+", " ", text).strip()
