"""A registry in which everything that readers do not see yet, or never will, holds a word of its own."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.db.backends.postgresql.psycopg_any import NumericRange

from models_catalog.claims.merge import merge_entries
from models_catalog.claims.merge_developers import merge_developers
from models_catalog.claims.recording import recorded
from models_catalog.claims.reports import settle_report
from models_catalog.intake.tables.apply import apply_import, plan_of
from models_catalog.intake.tables.columns import guess_mapping
from models_catalog.intake.tables.plan import fingerprint
from models_catalog.intake.tables.undo import undo_import
from models_catalog.models import (
    HISTORIES,
    Claim,
    Developer,
    Entry,
    ImportBatch,
    ImportRun,
    Report,
    Source,
    SourceText,
)
from models_catalog.models.report import ReportStatus
from models_catalog.models.vocabulary import (
    NUMBERS,
    Basis,
    Category,
    DeveloperField,
    EventKind,
    Field,
    Kind,
    LinkKind,
    Modality,
    NameKind,
    Openness,
    Status,
)
from tests.decisions import accept_claim, reject_claim
from tests.factories import (
    days,
    make_claim,
    make_developer,
    make_entry,
    make_sector,
    make_source,
    make_statement,
    propose,
)

HUGE, SOMEDAY = 987_654_321_000, "2019-02-03"
"""A number of parameters and a day that only proposals give: as text they are as good as words."""
WAITS: dict[str, Any] = {"status": Status.PROPOSED, "reviewed_by": "", "reviewed_at": None}


@dataclass
class Secrets:
    """`words` say where each was hidden; `slugs` are addresses of what is hidden, with the table."""

    words: dict[str, str] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)

    def word(self, where: str) -> str:
        word = f"qz{len(self.words):03}jx"
        self.words[word] = where
        return word

    def slug(self, table: str) -> str:
        slug = self.word(f"slug of a {table}")
        self.slugs[slug] = table
        return slug

    def columns(self, where: str, *names: str) -> dict[str, Any]:
        """A word for each of these columns."""
        return {name: self.word(f"{where}: {name}") for name in names}


def make_secrets() -> Secrets:
    secrets = Secrets()
    secrets.words |= {str(HUGE): "a number", f"{HUGE:,}": "a number", "9876.5": "a number", SOMEDAY: "a day"}
    entry = make_entry(
        "轩辕", slug="xuanyuan", developers=["度小满"], parameters="千亿级", released="2023-05"
    )
    for of in Field:
        hide_claim(secrets, entry, of)
        claim = hide_claim(secrets, entry, of)
        reject_claim(
            claim=claim, reviewer=secrets.word("who rejected"), reason=secrets.word(f"why {of} was rejected")
        )
    hide_statements(secrets)
    hide_new_entry(secrets)
    _hide_families(secrets, entry)
    _hide_imports(secrets)
    _hide_reports(secrets, entry)
    _hide_people(secrets, entry)
    _hide_what_was_first_proposed(secrets, entry)
    return secrets


def hide_claim(secrets: Secrets, entry: Entry, of: Field) -> Claim:
    where = f"claim of {of}"
    words = secrets.columns(where, "said_by_zh", "said_by_en", "reason_zh", "reason_en", "key")
    quotation = secrets.word(f"{where}: quotation")
    return make_claim(
        entry,
        of,
        words=quotation,
        basis=Basis.INFERRED,
        source=_hidden_source(secrets),
        **words,
        **WAITS,
        **_value(secrets, of),
    )


def _value(secrets: Secrets, of: Field) -> dict[str, Any]:
    """A value of that field which only proposals give."""
    if of == Field.DEVELOPER:
        return {"developer": _hidden_maker(secrets)}
    if of == Field.PARENT:
        return {"parent": Entry.objects.create(slug=secrets.slug("entry"))}
    others: dict[Field, dict[str, Any]] = {
        Field.NAME: {"text": secrets.word("a name"), "token": NameKind.ALIAS},
        Field.LINK: {"text": f"https://example.org/{secrets.word('a link')}", "token": LinkKind.CODE},
        Field.KIND: {"token": Kind.FAMILY},
        Field.CATEGORY: {"token": Category.INDUSTRY},
        Field.MODALITY: {"token": Modality.VIDEO},
        **{field: {"number": NumericRange(HUGE, HUGE, "[]")} for field in NUMBERS},
        Field.EVENT: {"event": EventKind.BETA, "days": days(SOMEDAY)},
        Field.OPENNESS: {"token": Openness.OPEN},
        Field.SECTOR: {"sector": make_sector("金融")},
    }
    return others[of]


def _hidden_maker(secrets: Secrets) -> Developer:
    words = secrets.columns("developer", "name_zh", "name_en")
    return make_developer(slug=secrets.slug("developer"), aliases=[secrets.word("developer: alias")], **words)


def _hidden_source(secrets: Secrets) -> Source:
    """An article of which every claim waits."""
    names = ("name", "publisher", "found_at", "published_note", "condition")
    words = secrets.columns(
        "source", "file_name", *(f"{name}_{code}" for name in names for code in ("zh", "en"))
    )
    source = make_source(secrets.slug("source"), **words)
    SourceText.objects.create(source=source, text=secrets.word("a kept text"), encoding="utf-8")
    return source


def hide_statements(secrets: Secrets) -> None:
    """What waits, or was rejected, about a developer that readers see."""
    for status in (Status.PROPOSED, Status.REJECTED):
        words = secrets.columns(f"{status} statement", "key", "text", "reason_zh", "reason_en")
        make_statement(
            Developer.objects.get(name_zh="度小满"), words=secrets.word(f"{status} statement"), status=status, token="",
            source=_hidden_source(secrets), field=DeveloperField.ALIAS, **words,
        )  # fmt: skip


def hide_new_entry(secrets: Secrets) -> None:
    """An entry of which only proposals speak."""
    entry = Entry.objects.create(slug=secrets.slug("entry"))
    for kind in (NameKind.ZH, NameKind.EN, NameKind.ALIAS):
        propose(entry, Field.NAME, token=kind, text=secrets.word(f"the {kind} name of a new entry"))
    propose(entry, Field.DEVELOPER, developer=_hidden_maker(secrets))
    accept_claim(claim=propose(entry, key=secrets.word("key of an accepted size")), reviewer="editors")
    alias = {"token": NameKind.ALIAS, "text": secrets.word("an accepted alias of a new entry")}
    for of, columns in ((Field.DEVELOPER, {"developer": _hidden_maker(secrets)}), (Field.NAME, alias)):
        accept_claim(claim=propose(entry, of, **columns), reviewer="editors")
    _hide_kin(secrets, entry)


def _hide_kin(secrets: Secrets, entry: Entry) -> None:
    """Developers that only proposals name: a part of one that readers see, two that were merged, one with its part."""
    part, kept, merged, above, below = makers = [_hidden_maker(secrets) for _one in range(5)]
    for maker in makers:
        propose(entry, Field.DEVELOPER, developer=maker)
    Developer.objects.filter(pk=below.pk).update(parent=above)
    Developer.objects.filter(pk=part.pk).update(parent=Developer.objects.get(name_zh="度小满"))
    merge_developers(kept=kept, merged=merged, by=secrets.word("who merged developers"))
    corrected, deleted = (_hidden_maker(secrets) for _one in range(2))
    claim = propose(entry, Field.DEVELOPER, developer=corrected)
    Claim.objects.filter(pk=claim.pk).update(developer=part)
    propose(entry, Field.DEVELOPER, developer=deleted).delete()


def _hide_families(secrets: Secrets, entry: Entry) -> None:
    """A family that waits, of which a model that readers see is a member; and two entries that wait and were merged."""
    family, kept, merged = (Entry.objects.create(slug=secrets.slug("entry")) for _one in range(3))
    claim = propose(
        entry,
        Field.PARENT,
        words=secrets.word("words of a member"),
        parent=family,
        source=_hidden_source(secrets),
    )
    accept_claim(claim=claim, reviewer="editors")
    for one in (kept, merged):
        propose(one, Field.NAME, token=NameKind.ZH, text=secrets.word("a name of a merged entry"))
    merge_entries(kept=kept, merged=merged, by=secrets.word("who merged waiting entries"))


def _hide_imports(secrets: Secrets) -> None:
    """Tables that were uploaded only, whose rows wait, and that were undone."""
    _import(secrets)
    applied, undone = _import(secrets), _import(secrets)
    for batch in (applied, undone):
        apply_import(batch=batch, expected=fingerprint(plan_of(batch)), by=secrets.word("who imported"))
    secrets.slugs[f"import-{applied.pk}"] = "source"
    undo_import(batch=undone, by=secrets.word("who took an import back"))
    ImportRun.objects.create(
        batch=applied, what="apply", started_by=secrets.word("who started"), reason=secrets.word("why not")
    )


def _import(secrets: Secrets) -> ImportBatch:
    cells = [secrets.word(f"cell of {heading}") for heading in ("公司", "大模型", "备注")]
    text = "公司,大模型,类别,备注\n{},{},金融,{}\n".format(*cells)
    return ImportBatch.objects.create(
        file_name=f"{secrets.word('file of an import')}.csv", encoding="utf-8", text=text, uploaded_by=secrets.word("who uploaded"),
        mapping=guess_mapping(text.partition("\n")[0].split(",")), options={"status": "proposed", "developer_kind": "ai-company"},
    )  # fmt: skip


def _hide_reports(secrets: Secrets, entry: Entry) -> None:
    for status in ReportStatus:
        url = f"https://{secrets.word('address in a report')}.example/"
        report = Report.objects.create(
            entry=entry, field="parameters", statement=secrets.word("a report"), source_url=url
        )
        settle_report(
            report=report, by=secrets.word("who settled"), status=status, reason=secrets.word(f"why {status}")
        )


def _hide_people(secrets: Secrets, entry: Entry) -> None:
    """Who decided, and who merged."""
    words = secrets.columns("user", "username", "first_name", "last_name")
    user = User.objects.create_user(email=f"{secrets.word('user: email')}@example.org", **words)
    Claim.objects.filter(entry=entry, reviewed_by="editors").update(reviewed_by=user.username)
    merge_entries(kept=entry, merged=make_entry("轩辕二"), by=secrets.word("who merged"))
    with recorded(
        secrets.word("an action without a word"),
        who=user.username,
        reason=secrets.word("a reason in the history"),
    ):
        Claim.objects.filter(entry=entry, field=Field.KIND).update(position=7)


def _hide_what_was_first_proposed(secrets: Secrets, entry: Entry) -> None:
    """What a proposal said before somebody corrected and accepted it."""
    maker, source = _hidden_maker(secrets), _hidden_source(secrets)
    claim = propose(
        entry, Field.DEVELOPER, words=secrets.word("first quotation"), developer=maker, source=source
    )
    long_ago(maker, source)
    Developer.objects.filter(pk=maker.pk).update(
        slug="shown-maker", name_zh="改好", name_en="Mended", aliases=[]
    )
    names = ("name", "publisher", "found_at", "published_note", "condition")
    shown = {f"{name}_{code}": "shown" for name in names for code in ("zh", "en")}
    Source.objects.filter(pk=source.pk).update(slug="shown-source", file_name="shown.txt", **shown)
    for old in (maker.slug, source.slug):
        del secrets.slugs[old]
    Claim.objects.filter(pk=claim.pk).update(quotation="改好", stated="改好")
    accept_claim(claim=claim, reviewer="editors")


def long_ago(*rows: Any) -> None:
    """Let what the histories of these rows hold so far be of another day: a test is one moment to the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for row in rows:
            table = HISTORIES[type(row)]._meta.db_table
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
            cursor.execute(
                f"UPDATE {table} SET pgh_created_at = pgh_created_at - interval '1 day' WHERE pgh_obj_id = %s",
                [row.pk],
            )
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
