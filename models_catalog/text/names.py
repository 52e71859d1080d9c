"""Keys of names of models and makers, for search, sorting and slugs.

`fold` is the only normaliser: an index and a query folded by it match whatever script, width, case or punctuation
either was written in. Stored names are never folded.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Final

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin, pinyin

from models_catalog.text.heteronyms import HETERONYMS

MAX_NAME_CHARS: Final = 200
"""Further characters of a name or query are ignored."""

MAX_SORT_KEY_CHARS: Final = 200
MAX_SLUG_CHARS: Final = 80
MAX_READINGS: Final = 8
"""The most readings kept per name."""

READINGS: Final[dict[str, tuple[str, ...]]] = {
    "子曰": ("zi3", "yue1"),
    "言犀": ("yan2", "xi1"),
    "盘古": ("pan2", "gu3"),
    "混元": ("hun4", "yuan2"),
    "华藏": ("hua2", "zang4"),
    "曾国藩": ("zeng1", "guo2", "fan1"),
    "行业": ("hang2", "ye4"),
    "重庆": ("chong2", "qing4"),
    "重构": ("chong2", "gou4"),
    "长安": ("chang2", "an1"),
    "长城": ("chang2", "cheng2"),
    "乐言": ("le4", "yan2"),
    "度小满": ("du4", "xiao3", "man3"),
    "从容": ("cong2", "rong2"),
    "妙笔": ("miao4", "bi3"),
    "风乌": ("feng1", "wu1"),
}
"""Readings of names with ambiguous characters: pinyin with tone numbers.

pypinyin reads most of these correctly today; listing them keeps keys stable when its dictionary changes.
"""

_HAN_RANGES: Final = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN: Final = re.compile(f"[{_HAN_RANGES}]+")
_RUN: Final = re.compile(rf"(?P<han>[{_HAN_RANGES}]+)|(?P<digits>[0-9]+)|(?P<rest>[^\W0-9_{_HAN_RANGES}]+)")
_OVERRIDES: Final = re.compile("|".join(sorted(READINGS, key=len, reverse=True)))
_SYLLABLE: Final = re.compile(r"[a-zü]+[1-5]")

_TONES: Final = "\u0304\u0301\u030c\u0306\u0300"
"""Diacritics of the four tones, and the breve that many type for the third."""
TONELESS: Final = {
    ord(marked): vowel
    for vowel in "aeiouü"
    for tone in _TONES
    if len(marked := unicodedata.normalize("NFC", vowel + tone)) == 1
}
"""Vowel with a tone mark → plain vowel."""
_U_UMLAUT: Final = re.compile("(?<=[nl])ü")


@dataclass(frozen=True)
class Keys:
    """The search keys of one name.

    folded: 文心一言 → 文心一言, Mind GPT → mindgpt. pinyin: wenxinyiyan. initials: wxyy. Non-Chinese parts of a name are the
    same in all three.
    """

    folded: str
    pinyin: str
    initials: str


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    """OpenCC's `t2s`: `tw2s` would also replace words, which changes names."""
    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Traditional characters converted to simplified ones; everything else unchanged."""
    return str(_simplifier().convert(text))


def _well_formed(text: str) -> str:
    """The first MAX_NAME_CHARS of `text`, without lone surrogates, which cannot be encoded."""
    return "".join(char for char in text[:MAX_NAME_CHARS] if not "\ud800" <= char <= "\udfff")


def fold(text: str) -> str:
    """The form in which names and queries are compared: letters and digits, simplified, half-width, lower case.

    `紫东·太初` and `紫东太初` fold alike, as do `Mind GPT`, `ＭｉｎｄＧＰＴ` and `mindgpt`, `Wénxīn Yīyán` and `wenxin yiyan`. "" if
    no letter or digit is left.
    """
    plain = unicodedata.normalize("NFKC", _well_formed(text)).casefold()
    plain = unicodedata.normalize("NFKC", plain)
    bare = "".join(char for char in plain if unicodedata.category(char)[0] in "LN")[:MAX_NAME_CHARS]
    return simplify(as_typed(bare))


def as_typed(plain: str) -> str:
    """Folded pinyin as typed on keyboards: `nǚ` → `nv`, `wén` → `wen`. Other marks stay: `ñ`, `ö`, `が`.

    Pinyin cannot be told from other words, so `é` becomes `e` in every name.
    """
    return _U_UMLAUT.sub("v", plain.translate(TONELESS))


def _syllables(han: str) -> list[str]:
    """One reading per Chinese character: pinyin with tone number, 5 for the neutral tone.

    A character without a reading stands for itself.
    """
    readings: list[str] = []
    position = 0
    for known in _OVERRIDES.finditer(han):
        readings += _read(han[position : known.start()])
        readings += READINGS[known.group()]
        position = known.end()
    return readings + _read(han[position:])


def _read(han: str) -> list[str]:
    """One reading per character: in the context of the run, or singly if the numbers differ."""
    read = _pypinyin(han)
    if len(read) != len(han):
        read = [_pypinyin(char)[0] for char in han]
    return [
        syllable if _SYLLABLE.fullmatch(syllable) else char for syllable, char in zip(read, han, strict=True)
    ]


def _pypinyin(han: str) -> list[str]:
    return lazy_pinyin(han, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=True) if han else []


def _without_tone(syllable: str) -> str:
    """`lü4` → `lv`, as typed; a character without a reading is unchanged."""
    return syllable[:-1].replace("ü", "v") if _SYLLABLE.fullmatch(syllable) else syllable


def keys(name: str) -> Keys:
    """The three keys of a name. 讯飞星火 app → 讯飞星火app, xunfeixinghuoapp, xfxhapp."""
    folded = fold(name)
    pinyin = _HAN.sub(lambda run: "".join(map(_without_tone, _syllables(run.group()))), folded)
    initials = _HAN.sub(lambda run: "".join(syllable[0] for syllable in _syllables(run.group())), folded)
    return Keys(folded, pinyin, initials)


@lru_cache(maxsize=16_384)
def spellings(name: str) -> frozenset[str]:
    """The folded name and its pinyin in every possible reading: 重明 → 重明, zhongming, chongming.

    Words with a known reading, such as 重庆, have only that.
    """
    return frozenset({fold(name), *("".join(parts) for parts in _read_aloud(name))} - {""})


@lru_cache(maxsize=16_384)
def every_key(name: str) -> frozenset[str]:
    """All search keys of a name: its spellings, and the initials of each."""
    han = [bool(_HAN.match(part)) for part in _parts(fold(name))]
    initials = {
        "".join(part[0] if is_han else part for part, is_han in zip(parts, han, strict=True))
        for parts in _read_aloud(name)
    }
    return spellings(name) | initials - {""}


def _read_aloud(name: str) -> list[tuple[str, ...]]:
    """The parts of a folded name in at most MAX_READINGS combinations of readings, likeliest first."""
    choices: list[tuple[str, ...]] = []
    for run in re.split(f"([{_HAN_RANGES}]+)", fold(name)):
        choices += _choices(run) if _HAN.match(run) else [(run,)] if run else []
    return list(islice(product(*choices), MAX_READINGS))


def _parts(folded: str) -> list[str]:
    """Chinese characters one by one, other text in runs."""
    return [part for part in re.split(f"([{_HAN_RANGES}])", folded) if part]


def _choices(han: str) -> Iterator[tuple[str, ...]]:
    """For each character of a run its possible readings, likeliest first."""
    fixed = {place for known in _OVERRIDES.finditer(han) for place in range(*known.span())}
    known = pinyin(han, style=Style.NORMAL, heteronym=True)  # one reading if the character is in a known word
    for place, (char, syllable) in enumerate(zip(han, map(_without_tone, _syllables(han)), strict=True)):
        is_open = len(known) == len(han) and place not in fixed and len(known[place]) > 1
        yield tuple(dict.fromkeys([syllable, *(HETERONYMS.get(char, ()) if is_open else ())]))


def bigrams(folded: str) -> list[str]:
    """The tokens of a folded text without duplicates: its characters, then its pairs of neighbours.

    Every substring of a name has only tokens of the name, so "contains all tokens of the query" is an index condition
    without false negatives, from one character on.
    """
    text = folded[:MAX_NAME_CHARS]
    return list(dict.fromkeys([*text, *(text[i : i + 2] for i in range(len(text) - 1))]))


def sort_key(name: str) -> str:
    """A string that sorts by code point (collation C) in the order of Chinese readers.

    Compares character by character: pinyin, tone, then code point, which orders Chinese characters by radical and
    number of strokes. Latin names sort among them by letters, numbers by value.
    """
    parts: list[str] = []
    for run in _RUN.finditer(_simplified_words(name)):
        if han := run["han"]:
            readings = zip(_syllables(han), han, strict=True)
            parts += [syllable + (char if syllable != char else "") for syllable, char in readings]
        elif digits := run["digits"]:
            parts.append(digits.zfill(8))
        else:
            parts.append(run["rest"])
    return " ".join(parts)[:MAX_SORT_KEY_CHARS]


def sort_keys(name_zh: str, name_en: str) -> dict[str, str]:
    """The sort columns of a name: `sort_key` for Chinese readers, `sort_key_en` for English ones."""
    return {"sort_key": sort_key(name_zh), "sort_key_en": sort_key_en(name_en or name_zh)}


def sort_key_en(name: str) -> str:
    """A string that sorts by code point in the order of English readers: ERNIE Bot → `ernie bot`.

    Compares word by word, ignoring case, punctuation and diacritics; Chinese by pinyin, numbers by value.
    """
    words = _drop_marks(unicodedata.normalize("NFKD", _spelt(_simplified_words(name))))
    parts = (run["digits"].zfill(8) if run["digits"] else run.group() for run in _RUN.finditer(words))
    return " ".join(parts)[:MAX_SORT_KEY_CHARS]


TAKEN: Final = frozenset({"suggest"})
"""Slugs that are pages of their own: a row with one would be unreachable."""


def slugify_name(name: str) -> str:
    """The slug of a name: 文心一言 → wenxinyiyan, MiLM-6B → milm-6b, 紫东·太初 → zidong-taichu.

    Only a-z, 0-9 and single hyphens, at most MAX_SLUG_CHARS; "" if nothing of the name is left; never one of TAKEN.
    """
    plain = unicodedata.normalize("NFKD", _spelt(_simplified_words(name)))
    slug = re.sub(r"[^a-z0-9]+", "-", _drop_marks(plain)).strip("-")[:MAX_SLUG_CHARS].strip("-")
    return f"{slug}-1" if slug in TAKEN else slug


def _spelt(words: str) -> str:
    """Each run of Chinese characters as one word of pinyin: 文心3 → ` wenxin 3`."""
    return _HAN.sub(lambda run: f" {''.join(map(_without_tone, _syllables(run.group())))} ", words)


def _drop_marks(decomposed: str) -> str:
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _simplified_words(name: str) -> str:
    """`name` half-width, simplified and in lower case, with its punctuation."""
    plain = unicodedata.normalize("NFKC", _well_formed(name)).casefold()[:MAX_NAME_CHARS]
    return simplify(plain)
