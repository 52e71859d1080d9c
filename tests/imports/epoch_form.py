"""Invented models in the form of Epoch AI's CSV, with the oddities of its rows; run as a script to write a file of any length.

python -m tests.imports.epoch_form 2000 800 > epoch.csv
"""

import csv
import io
import sys
from itertools import cycle, islice

_COLUMNS = (
    "Model", "Domain", "Organization", "Organization categorization", "Authors", "Publication date", "Link", "Parameters",
    "Parameters notes", "Training compute (FLOP)", "Abstract", "Model accessibility", "Confidence",
    "Country (from Organization)", "Base model",
)  # fmt: skip
_ENDS = (
    ("{} Labs", "Industry"), ("University of {}", "Academia"), ("{} Research", "Industry"), ("{}大学", "Academia"),
    ("{}, Inc.", "Industry"), ("{} Institute of Technology", "Academia"), ("{}科技", "Industry"),
    ("{} AI (Beijing)", "Industry"), ("Ministry of {}", "Government"), ("{} Collective", "Research collective"),
)  # fmt: skip
_SIZES = (
    ("7000000000.0", "7B"), ("", ""), ("256999999.99999997", "Table 2"), ("1.76e+12", "8x220B, rumoured"),
    ("62000000.0", "62M parameters"), ("", "130M - 175B"), ("671000000000.0", "671B total, 37B active"), ("340", ""),
)  # fmt: skip
_ACCESS = (
    "", "Unreleased", "Open weights (unrestricted)", "API access", "Open weights (non-commercial)", "Hosted access (no API)",
)  # fmt: skip
_SURE = ("Confident", "", "Speculative", "Likely", "Unknown", "Unverified", "Wrong")
_DAYS = ("2023-03-14", "2024-11-30", "", "2019-01-01", "2022-02-28")
_DOMAINS = (
    "Language",
    "Vision",
    "Multimodal,Language,Vision",
    "Biology",
    "",
    "Image generation",
    "Speech",
    "Games",
)
_STEMS = ("Tern", "Plover", "Siskin", "松涛", "Wren", "竹影", "Heron", "Linnet", "云雀", "Dunlin")


def _maker(number: int) -> tuple[str, str]:
    end, kind = _ENDS[number % len(_ENDS)]
    syllables = ("ka", "lo", "mir", "ven", "tas", "ru", "bel", "nor", "pi", "zen", "dal", "hux", "gri")
    base = len(syllables)
    stem = syllables[number // 169 % base] + syllables[number // 13 % base] + syllables[number % base]
    return end.format(stem.capitalize()), kind


def epoch_rows(rows: int, makers: int) -> list[dict[str, str]]:
    """Return the rows: each maker at least once, every seventh row with two, some without, in cycles of different lengths."""
    cycles = [cycle(one) for one in (_SIZES, _ACCESS, _SURE, _DAYS, _DOMAINS)]
    found = []
    for number, ((size, notes), access, sure, day, domain) in enumerate(
        islice(zip(*cycles, strict=False), rows)
    ):
        several = [
            _maker(one % makers) for one in ((number, number * 3 + 1) if number % 7 == 0 else (number,))
        ]
        several = [] if number % 19 == 18 else list(dict.fromkeys(several))
        name = f"{_STEMS[number % len(_STEMS)]}-{number}" + ("" if number % 11 else " (preview), v2")
        organizations = ",".join(maker.replace(",", "，") for maker, _kind in several)
        found.append({
            "Model": name, "Domain": domain, "Organization": organizations,
            "Organization categorization": ",".join(kind for _maker, kind in several) if number % 23 else "",
            "Authors": "A. Author, B. Author", "Publication date": day, "Link": f"https://example.org/{number}",
            "Parameters": size, "Parameters notes": notes, "Training compute (FLOP)": "9.504e+22",
            "Abstract": 'A "model" that, over\ntwo lines, says much.', "Model accessibility": access,
            "Confidence": sure if size else "", "Country (from Organization)": "China",
            "Base model": "Tern-1" if number % 13 == 5 else "",
        })  # fmt: skip
    return found


def epoch_text(rows: int, makers: int) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS)
    writer.writeheader()
    writer.writerows(epoch_rows(rows, makers))
    return out.getvalue()


if __name__ == "__main__":
    sys.stdout.write(epoch_text(*map(int, sys.argv[1:3])))
