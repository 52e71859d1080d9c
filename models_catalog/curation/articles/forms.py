"""What a curator fills in about an article, and what was ticked of its findings. The text is carried, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from models_catalog.curation.articles.cards import Card
from models_catalog.curation.forms import DaysField
from models_catalog.intake.articles.finding import Finding, read_for
from models_catalog.intake.articles.lexicon import Lexicon
from models_catalog.intake.articles.propose import Chosen
from models_catalog.intake.articles.text import Article, NotAnArticle, read_article
from models_catalog.intake.values import NotStated, parse_event_days
from models_catalog.models import Entry, Source
from models_catalog.models.claim_value import value_columns
from models_catalog.models.vocabulary import Basis, EventKind, Field, NameKind
from models_catalog.models.words import WordsInput, refuse_unseen
from models_catalog.text.characters import folded, refused_in
from models_catalog.text.names import fold

SALT = "models_catalog.curation.article"
HOURS = 12
"""How long the pages of an article that was read may lie before they are sent on."""


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
        help_text=_("Plain text, UTF-8 or GB18030 (GBK), at most 200 kB and 2,000 lines."),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.md,.text,text/plain"}),
    )

    def clean(self) -> dict[str, Any]:
        """`article` and `file_name` are what the next step goes by."""
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
    """Where a new article comes from. Years that it does not name are taken from `published`."""

    name_zh = WordsInput(label=_("title"), max_length=60)
    name_en = WordsInput(label=_("title in English"), max_length=160)
    publisher_zh = WordsInput(label=_("publisher"), max_length=60)
    publisher_en = WordsInput(label=_("publisher in English"), max_length=80)
    published = DaysField(
        label=_("published"), help_text=_("2023-04-25, 2023-04, 2023, or two with / between.")
    )
    found_at_zh = WordsInput(label=_("where it was found"), max_length=80, required=False)
    found_at_en = WordsInput(label=_("where it was found, in English"), max_length=120, required=False)

    def source_of(self, article: Article, file_name: str) -> Source:
        """The unsaved source of `article`, with the state in which its text was found."""
        zh, en = _condition(article)
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
    """What was wrong with the text, in both languages, for the source's own page."""
    zh = [f"{_KINDS[kind.value][0]} {count} 处" for kind, count in sorted(article.repairs.items())]
    en = [f"{_KINDS[kind.value][1]} ({count})" for kind, count in sorted(article.repairs.items())]
    if article.is_reworded:
        zh, en = [*zh, "措辞像是经过同义替换"], [*en, "the wording looks rewritten by a synonym spinner"]
    return "，".join(zh) or "文本干净", ", ".join(en) or "clean"


def carry(article: Article, file_name: str) -> str:
    """The article as a signed word for a hidden field, so that nothing of it need be stored between two pages."""
    return signing.dumps(
        [article.text, article.encoding, article.sha256, file_name], salt=SALT, compress=True
    )


def carried(word: str) -> tuple[Article, str]:
    """The article and its file's name. Raises `ValidationError` if the word is not one of ours, or too old."""
    try:
        text, encoding, sha256, file_name = signing.loads(word, salt=SALT, max_age=HOURS * 3600)
    except signing.SignatureExpired as error:
        raise ValidationError(_("This page has lain too long: read the article again.")) from error
    except signing.BadSignature as error:
        raise ValidationError(_("This page is incomplete: read the article again.")) from error
    return Article(text, encoding, sha256), file_name


@dataclass
class Choices:
    """The cards that were taken, as what is to be proposed; what is wrong with one is said on it."""

    lexicon: Lexicon
    source: Source
    chosen: list[Chosen] = field(default_factory=list)

    def read(self, cards: Iterable[Card]) -> bool:
        """Fill `chosen`; whether there is nothing wrong."""
        taken = [card for card in cards if card.taken]
        named = {fold(card.entry) for card in taken if card.finding.field == Field.NAME}
        entries = self._entries(taken)
        for card in taken:
            card.error = self._take(card, entries, named)
        return not any(card.error for card in taken)

    def _entries(self, taken: Iterable[Card]) -> dict[str, list[Entry]]:
        """What was typed → the entries that it names, in one query."""
        ids: dict[str, list[int]] = {
            card.entry: [known.pk for known in self.lexicon.entries.get(fold(card.entry), ())]
            for card in taken
        }
        slugs = [words for words in ids if words.isascii() and len(words) <= 80]
        rows = Entry.objects.filter(merged_into=None)
        found = rows.in_bulk({pk for pks in ids.values() for pk in pks})
        by_slug = {entry.slug: entry for entry in rows.filter(slug__in=slugs)}
        return {
            words: [by_slug[words]] if words in by_slug else [found[pk] for pk in pks if pk in found]
            for words, pks in ids.items()
        }

    def _take(self, card: Card, entries: dict[str, list[Entry]], named: set[str]) -> str:
        """The reason why the card cannot be taken as it is, or "" once it is taken."""
        found, finding = entries[card.entry], card.finding
        if not fold(card.entry):
            return gettext("Say which model this is about, or untick it.")
        if len(found) > 1:
            slugs = ", ".join(entry.slug for entry in found)
            return gettext("Several entries have this name; give the address of one: %(slugs)s.") % {
                "slugs": slugs
            }
        if refused_in(card.entry + card.maker):
            return gettext("A name holds a character that nobody can see: type it instead of pasting it.")
        if finding.value.get("new_developer") and not fold(card.maker):
            return gettext("Say which developer this is, or untick it.")
        if not found and fold(card.entry) not in named:
            return gettext("There is no entry of this name: tick the finding that names it too.")
        if finding.field == Field.NAME and not found and not self._is_named(card):
            return gettext("The name does not stand in the quoted words.")
        self.chosen.append(
            Chosen(*self._as_sent(card, is_known=bool(found)), found[0] if found else None, card.entry)
        )
        return ""

    @staticmethod
    def _is_named(card: Card) -> bool:
        """Whether the quoted words hold the name, or are a spinner's and say another: then the curator says which."""
        is_spun = fold(str(card.finding.value["text"])) not in fold(card.finding.quotation)
        return is_spun or fold(card.entry) in fold(card.finding.quotation)

    def _as_sent(self, card: Card, *, is_known: bool) -> tuple[Finding, dict[str, Any]]:
        """The finding and the claim's columns, with what the curator changed."""
        finding = card.finding
        if finding.value.get("new_developer"):
            return finding, self._maker(card)
        value = {column: finding.value[column] for column in value_columns(Field(finding.field))}
        if finding.field in (Field.DEVELOPER, Field.SECTOR):
            return finding, {f"{finding.field}_id": finding.value[finding.field]}
        if finding.field == Field.NAME and not is_known:
            if finding.basis == Basis.INFERRED:  # the reason says which name the words are read as
                finding = read_for(finding, card.entry)
            return finding, {"text": card.entry, "token": NameKind.ZH}
        if finding.field == Field.NAME and finding.mention and finding.mention.new:
            return finding, value | {"token": NameKind.ALIAS}
        if finding.field == Field.EVENT and card.event != value["event"]:
            return self._other_event(finding, card.event)
        return finding, value

    def _maker(self, card: Card) -> dict[str, Any]:
        """The developer of the name that was typed: one that is known by it, else one to be made."""
        known = self.lexicon.developers.get(fold(card.maker))
        return {"developer_id": known.pk} if known else {"new_developer": card.maker}

    def _other_event(self, finding: Finding, event: str) -> tuple[Finding, dict[str, Any]]:
        """The finding as another kind of event; a plan's date lies ahead of the article."""
        value = {"event": event, "days": finding.value["days"]}
        if finding.basis == Basis.STATED and value["days"] is not None:
            with suppress(NotStated):
                value["days"] = parse_event_days(
                    finding.stated, event=EventKind(event), published=self.source.published
                )
        return replace(finding, value=value), value
