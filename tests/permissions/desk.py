"""The world of the permission tests: built once, given back after each case; and a browser of every identity."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from models_catalog.claims.merge import merge_entries, since_merged
from models_catalog.claims.merge_developers import merge_developers
from models_catalog.claims.replace import replace_claim
from models_catalog.claims.reports import settle_report
from models_catalog.history.versions import version_of_claims
from models_catalog.intake.tables.accept import Scope, decide_on_import, outlook
from models_catalog.intake.tables.apply import apply_import, plan_of
from models_catalog.intake.tables.columns import guess_mapping
from models_catalog.intake.tables.plan import fingerprint
from models_catalog.intake.tables.undo import since_applied
from models_catalog.intake.values import parse_number
from models_catalog.models import (
    Apart,
    Claim,
    Entry,
    ImportBatch,
    ImportRun,
    Merge,
    Report,
    SavedView,
    SourceText,
)
from models_catalog.models.claim_value import TOKENS
from models_catalog.models.report import ReportStatus
from models_catalog.models.vocabulary import NUMBERS, EventKind, Field, LinkKind, NameKind, Status
from models_catalog.roles import Role
from tests.decisions import accept_claim, reject_claim
from tests.factories import make_claim, make_developer, make_entry, make_sector, make_source, propose
from tests.permissions.acts import Case
from tests.permissions.table import Who
from tests.permissions.world import World, make_user, make_world

HEADING = "公司,大模型"
ROWS_OF_A_LARGE_FILE = 301


@dataclass(frozen=True)
class Desk:
    """What the tests of one module share."""

    world: World
    sessions: dict[Who, str]
    before: dict[str, str]
    """The checksums of the tables, to which each case gives them back."""

    def client(self, who: Who) -> Client:
        """A browser in which `who` is logged in."""
        client = Client(raise_request_exception=False)
        if who in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        return client

    def case(self, who: Who) -> Case:
        name = Who.SUPERUSER if who == Who.ANONYMOUS else who
        return Case(self.world, User.objects.get(pk=self.world.users[name].pk))


def make_desk() -> Desk:
    """`make_world`, and rows on which each action can be carried out."""
    world = make_world()
    world.ids.update(
        _claims_and_reports(), **_imports(), **_merged(), **_of_each_field(), **_replaced(), **_alike()
    )
    world.ids["asleep"] = world.users[Who.DISABLED].pk
    world.ids["hand"] = make_user("a-hand", Role.VIEWER).pk
    world.ids["keyed"] = make_user("a-keyed", Role.CURATOR).pk
    TOTPDevice.objects.create(user_id=world.ids["keyed"], name="app", confirmed=True)
    world.ids["unread"] = make_source("unread").pk
    sessions = {Who(name): _session(user) for name, user in world.users.items()}
    User.objects.filter(pk=world.users[Who.DISABLED].pk).update(is_active=False)
    return Desk(world, sessions, contents())


def _session(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _claims_and_reports() -> dict[str, int]:
    sized = make_entry("轩辕", parameters="千亿级")
    number = parse_number("parameters", "1760亿")
    proposal = make_claim(
        sized, Field.PARAMETERS, words="1760亿", number=number, status=Status.PROPOSED, reviewed_by="", reviewed_at=None,
    )  # fmt: skip
    about = {
        "entry": sized,
        "field": Field.PARAMETERS,
        "statement": "错",
        "source_url": "https://example.org/",
    }
    waiting, settled = Report.objects.create(**about), Report.objects.create(**about)
    settle_report(report=settled, by="editors", status=ReportStatus.HANDLED)
    sizes = sized.claims.exclude(pk=proposal.pk).get(field=Field.PARAMETERS)
    return {
        "sized": sized.pk, "proposal": proposal.pk, "size": sizes.pk, "waiting": waiting.pk, "settled": settled.pk,
        "lonely": make_entry("孤本").pk, "unused": make_developer("丁公司").pk,
    }  # fmt: skip


def _imports() -> dict[str, int]:
    rows = "".join(f"戊公司,第{number % 3}号\n" for number in range(ROWS_OF_A_LARGE_FILE))
    batches = {
        "mapped": _batch("乙公司,凤凰\n"), "asked": _batch("别家,文心一言\n"), "applied": _batch("丙公司,麒麟\n"),
        "large": _batch(rows), "decided": _batch("己公司,白泽\n"),
        "broken": _batch(rows), "near": _batch("长堤软件,鹿野\n长堤软件院,雁回\n"), "together": _batch("庚公司,狻猊\n"),
    }  # fmt: skip
    for name in ("applied", "decided", "together"):
        apply_import(batch=batches[name], expected=fingerprint(plan_of(batches[name])), by="a-curator")
    claim = Claim.objects.get(field=Field.NAME, text="白泽")
    accept_claim(claim=claim, reviewer="a-curator")
    together = ImportBatch.objects.get(pk=batches["together"].pk)
    decide_on_import(batch=together, by="a-curator", seen=outlook(together, Scope.ALL).version)
    _break(batches["broken"])
    return {name: batch.pk for name, batch in batches.items()}


def _break(batch: ImportBatch) -> None:
    """A run of it that was cut off."""
    run = ImportRun.objects.create(batch=batch, what=ImportRun.What.APPLY, started_by="a-curator")
    ImportRun.objects.filter(pk=run.pk).update(started_at=timezone.now() - timedelta(hours=1))


def _merged() -> dict[str, int]:
    """Two entries that were merged, and a claim of theirs that was decided on since."""
    kept = make_entry("长庚")
    merge = merge_entries(kept=kept, merged=make_entry("启明", parameters="2600亿"), by="a-superuser")
    reject_claim(claim=kept.claims.get(field=Field.PARAMETERS), reviewer="a-curator", reason="no")
    of_developers = merge_developers(
        kept=make_developer("百度"), merged=make_developer("百度公司"), by="a-superuser"
    )
    return {"late": merge.pk, "of-developers": of_developers.pk}


def _replaced() -> dict[str, int]:
    """A claim that counts instead of another, and one whose source has a text that states another value."""
    old = make_entry("扶摇", parameters="千亿级").claims.get(field=Field.PARAMETERS)
    known = {"basis": "curator", "reason_zh": "公开资料", "reason_en": "Public knowledge"}
    new = Claim(entry=old.entry, field=old.field, number=parse_number(old.field, "64亿"), **known)
    version = version_of_claims(old.entry)
    told = make_source("told")
    SourceText.objects.create(source=told, text="说书有2600亿参数。\n", encoding="utf-8")
    said = make_entry("说书", parameters="千亿级", source=told).claims.get(field=Field.PARAMETERS)
    replacing = replace_claim(old=old, new=new, by="a-curator", version=version)
    return {"replacing": replacing.pk, "said": said.pk}


def _alike() -> dict[str, int]:
    """Of entries and of developers: two pairs with like names, the second of which is not asked about."""
    entries = [
        make_entry(name, slug=slug)
        for name, slug in (("并蒂", "b"), ("并 蒂", "b-b"), ("双生", "s"), ("双 生", "s-s"))
    ]
    developers = [make_developer(name) for name in ("桃溪软件", "桃溪软件院", "柳岸智能", "柳岸智能院")]
    for of, rows in (("entry", entries), ("developer", developers)):
        Apart.objects.create(of=of, one=rows[2].pk, other=rows[3].pk, done_by="a-curator")
    return {"alike-entry": entries[0].pk, "alike-developer": developers[0].pk}


def _of_each_field() -> dict[str, int]:
    """A claim of each field that waits."""
    entry = make_entry("四方")
    columns: dict[Field, dict[str, Any]] = {
        **{field: {} for field in Field},
        Field.NAME: {"text": "四方二", "token": NameKind.ZH},
        Field.LINK: {"text": "https://code.example/one", "token": LinkKind.CODE},
        Field.EVENT: {"event": EventKind.RELEASED},
        Field.DEVELOPER: {"developer": make_developer("辛公司")},
        Field.SECTOR: {"sector": make_sector("教育")},
        Field.PARENT: {"parent": make_entry("八荒")},
        **{field: {"number": parse_number(field, "2600万")} for field in NUMBERS},
        **{field: {"token": next(iter(tokens)).value} for field, tokens in TOKENS.items()},
    }
    return {f"waits-{field}": propose(entry, field, **columns[field]).pk for field in Field}


def _batch(rows: str) -> ImportBatch:
    return ImportBatch.objects.create(
        file_name="a.csv", encoding="utf-8", text=f"{HEADING}\n{rows}", uploaded_by="a-curator",
        mapping=guess_mapping(HEADING.split(",")),
        options={"status": Status.PROPOSED, "developer_kind": "ai-company"},
    )  # fmt: skip


def version_of_undoing(row: str) -> Callable[[Case], dict[str, Any]]:
    """What a curator confirms who takes back an import."""
    return lambda case: {"version": since_applied(ImportBatch.objects.get(pk=case.ids[row])).version}


def version_of_merge(case: Case) -> int:
    """What an administrator confirms who undoes a merge that was decided on."""
    return since_merged(Merge.objects.get(pk=case.ids["late"])).version


def give_device(opener: Client) -> None:
    """A second factor, with which whoever opens the page has logged in."""
    session = opener.session
    device = TOTPDevice.objects.create(user_id=session["_auth_user_id"], name="app", confirmed=True)
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()


def keep_view(opener: Client) -> None:
    """A view of the list of entries, of whoever opens the page."""
    user = opener.session["_auth_user_id"]
    SavedView.objects.create(user_id=user, list="models_catalog_entry_changelist", name="old")


def entry(case: Case, row: str) -> Entry:
    """As the database has it now."""
    return Entry.objects.get(pk=case.ids[row])


@contextmanager
def given_back() -> Iterator[None]:
    """What happens within is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@cache
def _query() -> str:
    tables = connection.introspection.table_names()
    one = "SELECT '{0}', md5(coalesce(string_agg(row::text, '|' ORDER BY row::text), '')) FROM \"{0}\" AS row"
    return " UNION ALL ".join(one.format(table) for table in tables)


def contents() -> dict[str, str]:
    """A checksum of each table: the same before and after a request that did nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_query())
        return dict(cursor.fetchall())
