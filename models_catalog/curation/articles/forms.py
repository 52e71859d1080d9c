"""Forms for reading an article, and its text as it is carried between two pages."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from models_catalog.curation.forms import DaysField, WebPageField
from models_catalog.intake.articles.finding import MarkedWords
from models_catalog.intake.articles.text import MAX_CHARS, Article, NotAnArticle, read_article
from models_catalog.models import Source
from models_catalog.models.words import WordsInput, refuse_unseen
from models_catalog.text.characters import folded

SALT = "models_catalog.curation.article"
SUGGESTED = "models_catalog.curation.suggested"


class TextForm(forms.Form):
    """The article, pasted or as a file."""

    text = forms.CharField(
        label=_("Paste the article"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "lang": "zh"}),
    )
    file = forms.FileField(
        label=_("or choose its file"),
        required=False,
        max_length=200,
        help_text=_("Plain text, UTF-8 or GB18030 (GBK), at most 200,000 characters and 10,000 lines."),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.md,.text,text/plain"}),
    )

    def clean(self) -> dict[str, Any]:
        """Add `article` and `file_name` for the next step."""
        cleaned = super().clean() or self.cleaned_data
        upload: UploadedFile[bytes] | None = cleaned.get("file")
        text = (cleaned.get("text") or "").replace("\r\n", "\n")
        if not self.errors and bool(upload) == bool(text.strip()):
            self.add_error("text", _("Paste the article, or choose its file: one of the two."))
        if self.errors:
            return cleaned
        try:
            article = read_article(upload.read() if upload else text.encode("utf-8", "replace"))
        except NotAnArticle as error:
            self.add_error("file" if upload else "text", str(error))
        else:
            cleaned["article"] = article
            name = folded(upload.name or "") if upload else ""
            refuse_unseen(name)
            cleaned["file_name"] = name[-100:] or f"pasted-{article.sha256[:12]}.txt"
        return cleaned


class SourceForm(forms.Form):
    """The source of a new article. Dates without a year are read relative to `published`."""

    name_zh = WordsInput(label=_("title"), max_length=60)
    name_en = WordsInput(
        label=_("title in English"), max_length=160, required=False, help_text=_("Empty: as in Chinese.")
    )
    publisher_zh = WordsInput(label=_("publisher"), max_length=60)
    publisher_en = WordsInput(
        label=_("publisher in English"), max_length=80, required=False, help_text=_("Empty: as in Chinese.")
    )
    published = DaysField(
        label=_("published"), help_text=_("2023-04-25, 2023-04, 2023, or two with / between.")
    )
    web_address = WebPageField()
    found_at_zh = WordsInput(label=_("where it was found"), max_length=80, required=False)
    found_at_en = WordsInput(label=_("where it was found, in English"), max_length=120, required=False)

    def source_of(self, article: Article, file_name: str) -> Source:
        """Return the unsaved source of `article`, with the condition of its text."""
        zh, en = _condition(article)
        for name in ("name", "publisher"):
            self.cleaned_data[f"{name}_en"] = (
                self.cleaned_data[f"{name}_en"] or self.cleaned_data[f"{name}_zh"]
            )
        return Source(
            **self.cleaned_data, file_name=file_name, sha256=article.sha256, is_reworded=article.is_reworded,
            condition_zh=zh, condition_en=en,
        )  # fmt: skip


_KINDS = {
    "pinyin": ("夹杂拼音", "stray pinyin"), "forum-noise": ("论坛乱码", "forum noise"),
    "lost-text": ("缺字", "lost text"), "spam-line": ("垃圾广告行", "a spam line"),
    "spun-wording": ("被替换的名称", "replaced names"),
}  # fmt: skip


def _condition(article: Article) -> tuple[str, str]:
    """Describe the faults of the text in both languages, for the source's page."""
    zh = [f"{_KINDS[kind.value][0]} {count} 处" for kind, count in sorted(article.repairs.items())]
    en = [f"{_KINDS[kind.value][1]} ({count})" for kind, count in sorted(article.repairs.items())]
    if article.is_reworded:
        zh, en = [*zh, "措辞像是经过同义替换"], [*en, "the wording looks rewritten by a synonym spinner"]
    return "，".join(zh) or "文本干净", ", ".join(en) or "clean"


def carry(article: Article, file_name: str, *, lacks_text: bool = False) -> str:
    """Return the article as a signed value for a hidden field, so that nothing is stored between pages.

    `lacks_text` says that its source is known and no text of it was kept: then the text may be kept with what is proposed.
    """
    told = [article.text, article.encoding, article.sha256, file_name, lacks_text]
    return signing.dumps(told, salt=SALT, compress=True)


def carried(word: str) -> tuple[Article, str, bool]:
    """Return what `carry` was given, however old. Raises `ValidationError` if the signature is invalid."""
    try:
        text, encoding, sha256, file_name, *lacks_text = signing.loads(word, salt=SALT)
    except signing.BadSignature as error:
        raise ValidationError(_("This page is incomplete: read the article again.")) from error
    return Article(text, encoding, sha256), file_name, any(lacks_text)


def carry_suggestions(article: Article, model: str, suggestions: Sequence[MarkedWords]) -> str:
    """Return what a language model suggested about `article` as a signed value; "" without a model."""
    return signing.dumps([article.sha256, model, suggestions], salt=SUGGESTED, compress=True) if model else ""


def carried_suggestions(word: str, article: Article) -> tuple[str, list[MarkedWords]]:
    """Return the model and its suggestions; nothing if the signature is invalid or of another article."""
    try:
        sha256, model, found = signing.loads(word, salt=SUGGESTED)
    except signing.BadSignature:
        return "", []
    return (model, [MarkedWords(*one) for one in found]) if sha256 == article.sha256 else ("", [])


def text_within(word: str) -> str:
    """Return the text of a carried article with an invalid signature (as after a key change); "" if there is none.

    It is only used to fill the text box again.
    """
    data = word.rsplit(":", 2)[0]
    try:
        packed = signing.b64_decode(data.removeprefix(".").encode())
        plain = zlib.decompressobj().decompress(packed, 12 * MAX_CHARS) if data.startswith(".") else packed
        found = json.loads(plain)
        text = found[0] if isinstance(found, list) and found else ""
        return text if isinstance(text, str) and len(text.encode()) <= 4 * MAX_CHARS else ""
    except (ValueError, RecursionError, zlib.error):
        return ""
