"""Reads an article for the review page: the reader's findings, with the names and words that a curator marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from time import thread_time

from django.db.backends.postgresql.psycopg_any import DateRange

from models_catalog.curation.articles.marks import finding_of
from models_catalog.intake.articles.finding import Doubt, Finding, MarkedWords
from models_catalog.intake.articles.findings import read_within
from models_catalog.intake.articles.lexicon import KnownDeveloper, KnownEntry, Lexicon
from models_catalog.intake.articles.text import Article
from models_catalog.intake.values import NotStated
from models_catalog.models import Claim
from models_catalog.models.vocabulary import Field, NameKind, Status
from models_catalog.text.names import fold

SECONDS = 5.0
"""CPU time limit for reading an article; the rest is left out, and the page says so."""
MAX_FINDINGS = 600
"""Maximum number of findings, limited by what a form can post."""


@dataclass
class MarkedReading:
    """The findings in the order of the text, including marks.

    `doubts`: key → the doubt that remains if the names are correct. `marked`: the findings of valid marks.
    `refused`: invalid marks with the reason. `cut_in`: the line where time ran out.
    """

    findings: list[Finding]
    cut_in: int = 0
    is_cut_short: bool = False
    doubts: dict[str, Doubt | None] = field(default_factory=dict)
    rejected: frozenset[str] = frozenset()
    """Folded names that curators rejected for any entry; they are not read as a model again."""
    marked: dict[MarkedWords, Finding] = field(default_factory=dict)
    refused: dict[MarkedWords, str] = field(default_factory=dict)
    suggested: dict[str, str] = field(default_factory=dict)
    """Key of a finding that only a language model proposed → the model's name."""
    unborne: int = 0
    """Suggestions whose words do not state what they are said to."""


def read_marked(
    article: Article, lexicon: Lexicon, published: DateRange, marks: Sequence[MarkedWords],
    suggested: tuple[str, Sequence[MarkedWords]] = ("", ()),
) -> MarkedReading:  # fmt: skip
    """Read the article with the marked names as known, so that statements about them are found too.

    `suggested`: a language model and what it proposed, which is added where neither the reader nor a mark says it.
    """
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
    _add_suggestions(bench, suggested, article, lexicon, published)
    bench.findings.sort(key=lambda one: (one.line, one.text_start))
    return bench


def _add_marks(
    bench: MarkedReading,
    marks: Iterable[MarkedWords],
    article: Article,
    lexicon: Lexicon,
    published: DateRange,
) -> None:
    """Add a finding for each mark; a mark that repeats an existing finding reuses it."""
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


def _add_suggestions(
    bench: MarkedReading,
    suggested: tuple[str, Sequence[MarkedWords]],
    article: Article,
    lexicon: Lexicon,
    published: DateRange,
) -> None:
    """Add a finding for each suggestion that our parsers bear out and that nothing else says; names come first.

    A suggestion must be about a model that the article names: one of the findings, or a name that was suggested.
    """
    model, suggestions = suggested
    subjects = {fold(one.mention.label): one.mention for one in bench.findings if one.mention}
    for one in sorted(suggestions, key=lambda one: one.field != Field.NAME):
        is_name = one.field == Field.NAME and fold(one.model) in ("", fold(one.words))
        try:
            if not is_name and fold(one.model) not in subjects:
                raise NotStated
            mark = one._replace(model="") if is_name else one
            made = finding_of(mark, article, lexicon, published, subjects)
        except NotStated:
            bench.unborne += 1
            continue
        if made.mention:
            subjects.setdefault(fold(one.words if is_name else one.model), made.mention)
        is_known = is_name and made.mention is not None and bool(made.mention.entries)
        if is_known or any(_says_the_same(made, other) for other in bench.findings):
            continue
        if len(bench.findings) >= MAX_FINDINGS:
            bench.is_cut_short = True
            return
        bench.findings.append(made)
        bench.suggested[made.key] = model


def _says_the_same(one: Finding, other: Finding) -> bool:
    """Whether two findings are one: of the same model and field, and of the same value or on the same words."""
    if one.field != other.field or not one.mention or not other.mention:
        return False
    if one.mention.subject != other.mention.subject or one.value.get("event") != other.value.get("event"):
        return False
    is_overlapping = one.line == other.line and one.start < other.end and other.start < one.end
    return one.field == Field.NAME or is_overlapping or _value_of(one) == _value_of(other)


def _value_of(one: Finding) -> dict[str, object]:
    return {name: value for name, value in one.value.items() if name != "label"}


def _rejected_names() -> frozenset[str]:
    rejected = Claim.objects.filter(field=Field.NAME, status=Status.REJECTED).values_list("text", flat=True)
    return frozenset(map(fold, rejected.distinct()))


def _what(one: Finding) -> tuple[object, ...]:
    """Return a key of the finding's content, model and place; for names, the place does not count."""
    subject = one.mention.subject if one.mention else ""
    if one.field == Field.NAME:
        return one.field, subject, fold(str(one.value["text"]))
    return one.field, subject, one.line, one.start, one.end, one.stated, str(one.value.get("event", ""))


def _doubts_left(
    article: Article, findings: Sequence[Finding], lexicon: Lexicon, published: DateRange, seconds: float
) -> dict[str, Doubt | None]:
    """Return key → doubt from a second reading with the new names as known: a new name hides every other doubt."""
    names = [one.mention.new for one in findings if one.mention and one.mention.new]
    makers = [str(one.value["new_developer"]) for one in findings if one.value.get("new_developer")]
    most = 2 * len(
        findings
    )  # as many as are shown, and more for the added names; a long article has thousands
    read = read_within(article, _granting(lexicon, names, makers), published, most, seconds).findings
    again = {_where(one): one.doubt for one in read}
    return {one.key: again.get(_where(one), one.doubt) for one in findings}


def _where(one: Finding) -> tuple[object, ...]:
    kind = one.value.get("event", "") or one.value.get("token", "") if one.field != Field.NAME else ""
    return one.field, one.line, one.start, one.end, one.stated, kind, one.mention and fold(one.mention.label)


def _granting(lexicon: Lexicon, names: Iterable[str], makers: Iterable[str]) -> Lexicon:
    """Return the lexicon with these names added as entries and developers with negative ids."""
    entries, developers = dict(lexicon.entries), dict(lexicon.developers)
    for number, name in enumerate(names, start=1):
        entry = KnownEntry(-number, name, "", name, NameKind.ZH, is_certain=True)
        entries.setdefault(fold(name), (entry,))
    for number, name in enumerate(makers, start=1):
        developers.setdefault(fold(name), KnownDeveloper(-number, name))
    return Lexicon(entries, developers, lexicon.sectors)


def _as_new(one: Finding) -> Finding:
    """Return a finding about a name that was only assumed to be an entry as one about a new name."""
    if one.mention is None or not one.mention.entries or one.mention.entries[0].pk > 0:
        return one
    mention = replace(one.mention, entries=(), new=one.mention.label, is_clear=False)
    return replace(one, mention=mention, doubts=(*one.doubts, Doubt.NEW))
