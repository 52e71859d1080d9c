"""An article read for the workbench: what the reader finds, with the names and words that a curator marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from time import thread_time

from django.db.backends.postgresql.psycopg_any import DateRange

from models_catalog.curation.articles.marks import Mark, finding_of
from models_catalog.intake.articles.finding import Doubt, Finding
from models_catalog.intake.articles.findings import read_within
from models_catalog.intake.articles.lexicon import KnownDeveloper, KnownEntry, Lexicon
from models_catalog.intake.articles.text import Article
from models_catalog.intake.values import NotStated
from models_catalog.models import Claim
from models_catalog.models.vocabulary import Field, NameKind, Status
from models_catalog.text.names import fold

SECONDS = 5.0
"""Of the processor, in which an article is read; what comes behind is left, and the page says so."""
MAX_FINDINGS = 600
"""As many as a form may send back."""


@dataclass
class MarkedReading:
    """The findings in the order of the text, those of marks among them.

    doubts: by key the doubt that is left once the curator says that the names are what they seem. marked: the findings
    of the marks that hold. refused: the marks that do not, each with the reason. cut_in: the line in which time was over.
    """

    findings: list[Finding]
    cut_in: int = 0
    is_cut_short: bool = False
    doubts: dict[str, Doubt | None] = field(default_factory=dict)
    rejected: frozenset[str] = frozenset()
    """Folded names that curators rejected, of whatever entry: what is called so is not taken for a model again."""
    marked: dict[Mark, Finding] = field(default_factory=dict)
    refused: dict[Mark, str] = field(default_factory=dict)


def read_marked(
    article: Article, lexicon: Lexicon, published: DateRange, marks: Sequence[Mark]
) -> MarkedReading:
    """Read the article with the names that were marked in it known: what it says of them is found, too."""
    names = [mark.words for mark in marks if mark.field == Field.NAME and not mark.model]
    begun = thread_time()
    reading = read_within(article, _granting(lexicon, names, []), published, MAX_FINDINGS, SECONDS)
    found = [_as_new(one) for one in reading.findings if one.is_claimable]
    bench = MarkedReading(found[:MAX_FINDINGS], reading.cut_in, len(found) > MAX_FINDINGS)
    left = SECONDS + begun - thread_time()
    bench.doubts = _doubts_left(article, bench.findings, lexicon, published, left)
    bench.rejected = _rejected_names()
    for one in bench.findings:
        if one.mention and one.mention.new and fold(one.mention.new) in bench.rejected:
            bench.doubts[one.key] = bench.doubts[one.key] or Doubt.PLAIN
    _add_marks(bench, marks, article, lexicon, published)
    bench.findings.sort(key=lambda one: (one.line, one.text_start))
    return bench


def _add_marks(
    bench: MarkedReading, marks: Iterable[Mark], article: Article, lexicon: Lexicon, published: DateRange
) -> None:
    """A finding for each mark; one that says what the reader found already is that one."""
    subjects = {fold(one.mention.label): one.mention for one in bench.findings if one.mention}
    there = {_what(one): one for one in bench.findings}
    for mark in marks:
        try:
            made = finding_of(mark, article, lexicon, published, subjects)
        except NotStated as error:
            bench.refused[mark] = str(error)
            continue
        if made.mention:
            subjects.setdefault(fold(made.mention.label), made.mention)
        same = there.setdefault(_what(made), made)
        if same is made:
            bench.findings.append(made)
        bench.doubts[same.key] = None
        bench.marked[mark] = same


def _rejected_names() -> frozenset[str]:
    rejected = Claim.objects.filter(field=Field.NAME, status=Status.REJECTED).values_list("text", flat=True)
    return frozenset(map(fold, rejected.distinct()))


def _what(one: Finding) -> tuple[object, ...]:
    """What a finding says, of which model and where; of a name where is no matter."""
    subject = one.mention.subject if one.mention else ""
    if one.field == Field.NAME:
        return one.field, subject, fold(str(one.value["text"]))
    return one.field, subject, one.line, one.start, one.end, one.stated, str(one.value.get("event", ""))


def _doubts_left(
    article: Article, findings: Sequence[Finding], lexicon: Lexicon, published: DateRange, seconds: float
) -> dict[str, Doubt | None]:
    """Found by reading again with the new names known: “no entry has this name yet” hides every other doubt."""
    names = [one.mention.new for one in findings if one.mention and one.mention.new]
    makers = [str(one.value["new_developer"]) for one in findings if one.value.get("new_developer")]
    most = 2 * len(
        findings
    )  # as many as are shown, and some that the names bring; a long article has thousands
    read = read_within(article, _granting(lexicon, names, makers), published, most, seconds).findings
    again = {_where(one): one.doubt for one in read}
    return {one.key: again.get(_where(one), one.doubt) for one in findings}


def _where(one: Finding) -> tuple[object, ...]:
    kind = one.value.get("event", "") or one.value.get("token", "") if one.field != Field.NAME else ""
    return one.field, one.line, one.start, one.end, one.stated, kind, one.mention and fold(one.mention.label)


def _granting(lexicon: Lexicon, names: Iterable[str], makers: Iterable[str]) -> Lexicon:
    """The lexicon with names that are taken for those of entries and of developers, under numbers below nought."""
    entries, developers = dict(lexicon.entries), dict(lexicon.developers)
    for number, name in enumerate(names, start=1):
        entry = KnownEntry(-number, name, "", name, NameKind.ZH, is_certain=True)
        entries.setdefault(fold(name), (entry,))
    for number, name in enumerate(makers, start=1):
        developers.setdefault(fold(name), KnownDeveloper(-number, name))
    return Lexicon(entries, developers, lexicon.sectors)


def _as_new(one: Finding) -> Finding:
    """A finding of a name that was only taken for an entry's as one of a new name."""
    if one.mention is None or not one.mention.entries or one.mention.entries[0].pk > 0:
        return one
    mention = replace(one.mention, entries=(), new=one.mention.label, is_clear=False)
    return replace(one, mention=mention, doubts=(*one.doubts, Doubt.NEW))
