"""The curators' pages: nothing that axe finds and nothing off the side, in both languages and themes, on a desk and a phone."""

from collections.abc import Iterator
from itertools import product

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from playwright.sync_api import Browser, Dialog, Page

from models_catalog.claims.merge_developers import merge_developers
from models_catalog.intake.fixtures.load import load_fixtures
from models_catalog.intake.tables.columns import guess_mapping
from models_catalog.intake.tables.runs import _ALIVE
from models_catalog.models import Claim, Entry, ImportBatch, ImportRun, Merge, Report
from models_catalog.models.import_batch import Contents
from models_catalog.models.vocabulary import Field, Status
from tests.browser.axe import AXE, runs_off, violations_in_themes
from tests.decisions import reopen_claim
from tests.factories import make_developer, make_entry
from tests.imports.test_import import apply, batch_of

NAME, WORD = "boss", "a-long-word-for-the-boss"


@pytest.fixture
def desk(browser: Browser, site: str) -> Iterator[Page]:
    """An administrator's browser, logged in. The test before has emptied the tables."""
    if not Entry.objects.exists():
        load_fixtures(settings.CATALOG_FIXTURES_DIR)
    User.objects.create_superuser(NAME, password=WORD)
    context = browser.new_context(base_url=site, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/admin/login/?next=/admin/")
    page.fill("#id_username", NAME)
    page.fill("#id_password", WORD)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    yield page
    context.close()


def imports() -> Iterator[str]:
    """An import with a question, one of claims, one under way, one that was applied, and the page that asks before undoing it."""
    models = "公司,大模型\n甲公司,青鸾\n甲公司,青鸾大模型\n,\n"
    claims = "entry,field,value\nchatglm-6b,openness,open\nnobody,openness,open\n"
    asked, statements, running = batch_of(models), batch_of(claims), batch_of(models)
    ImportBatch.objects.filter(pk=statements.pk).update(
        contents=Contents.CLAIMS, mapping=guess_mapping(claims.split("\n")[0].split(","), Contents.CLAIMS)
    )
    run = ImportRun.objects.create(batch=running, what=ImportRun.What.APPLY, stage="reading", done=1, total=6)
    with connection.cursor() as cursor:  # as its process would, so that it is seen to live
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [_ALIVE, run.pk])
    applied = apply(batch_of("公司,大模型\n甲公司,玄鸟\n"))
    Claim.objects.filter(source=applied.source, field="developer").update(said_by_zh="甲", said_by_en="A")
    yield from (
        f"models_catalog/importbatch/{one.pk}/change/" for one in (asked, statements, running, applied)
    )
    yield f"models_catalog/importbatch/{applied.pk}/undo/"


HIT = """() => {
  for (const part of document.querySelectorAll("details")) part.open = true;
  const missed = [];
  for (const button of document.querySelectorAll("button, input[type=submit], a.button, .object-tools a, .claim-tools a")) {
    if (!button.checkVisibility()) continue;
    button.scrollIntoView({ block: "center", inline: "center" });
    const box = button.getClientRects()[0];
    const hit = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!hit || !(button.contains(hit) || hit.contains(button) || hit.control === button)) missed.push(button.outerHTML.slice(0, 90));
  }
  return missed;
}"""
"""What of all that can be pressed is not hit at its centre."""


def merge_of_developers() -> Merge:
    entry = make_entry("玄鸟二号", developers=["玄鸟公司"])
    kept = make_developer("玄鸟")
    return merge_developers(kept=kept, merged=entry.developers.get(), by=NAME)


@pytest.mark.django_db(transaction=True)
def test_every_button_is_hit_at_its_centre(desk: Page) -> None:
    merge = merge_of_developers()
    more = [
        f"models_catalog/merge/{merge.pk}/change/",
        f"models_catalog/developer/{merge.moved['kept']}/change/",
        "models_catalog/developer/",
        "models_catalog/developer/near/",
    ]
    missed = []
    for language, address in product(("zh-CN", "en-GB"), [*addresses(), *more]):
        desk.set_extra_http_headers({"Accept-Language": language})
        desk.goto(f"/admin/{address}")
        for width in (390, 1024, 1440):
            desk.set_viewport_size({"width": width, "height": 900})
            missed += [f"{language} {address} {width}: {button}" for button in desk.evaluate(HIT)]
    assert missed == []


@pytest.mark.django_db(transaction=True)
def test_wrong_value_is_corrected_in_three_clicks(desk: Page) -> None:
    """The value, the box of knowledge (chosen at first), the button; then the message takes it back in two."""
    entry = Entry.objects.get(slug="chatglm-6b")
    before = entry.parameters
    desk.goto(f"/en/admin/models_catalog/entry/{entry.pk}/change/")
    desk.locator("#field-parameters ~ article .claim-line a").first.click()
    desk.fill("[name=value]", "6.4B")
    desk.fill("[name=reason]", "公开资料")
    desk.click("[name=_save]")
    assert "→ 6.4B." in desk.inner_text(".messagelist")
    assert Entry.objects.get(pk=entry.pk).parameters != before
    desk.click("[data-undo]")
    desk.click(".submit-row [type=submit]")
    assert Entry.objects.get(pk=entry.pk).parameters == before


@pytest.mark.django_db(transaction=True)
def test_half_filled_form_asks_before_it_is_left(desk: Page) -> None:
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    desk.on("dialog", leave)
    desk.goto("/en/admin/models_catalog/entry/add/")
    desk.goto("/en/admin/")
    desk.goto("/en/admin/models_catalog/entry/add/")
    desk.click("[name=text]")
    desk.keyboard.type("青鸾")
    desk.goto("/en/admin/")
    assert asked == ["beforeunload"]


def addresses() -> list[str]:
    """The pages, with a report and claims that wait."""
    entry = Entry.objects.get(slug="chatglm-6b").pk
    report = Report.objects.create(
        entry_id=entry, field="parameters", statement="错了", source_url="https://example.org/"
    )
    for one in Claim.objects.filter(entry=entry, status=Status.ACCEPTED).exclude(field=Field.NAME):
        reopen_claim(claim=one, reviewer="x")
    waiting = [f"claim={pk}" for pk in Claim.objects.proposed().values_list("pk", flat=True)]
    claim = Claim.objects.filter(entry=entry, field="parameters").values_list("pk", flat=True)[0]
    return [
        "",
        "models_catalog/entry/",
        f"models_catalog/entry/{entry}/change/",
        f"models_catalog/entry/{entry}/merge/",
        "models_catalog/claim/?status=disputed",
        "models_catalog/claim/queue/",
        "models_catalog/claim/queue/?q=nothing-like-this",
        f"models_catalog/claim/together/?decision=reject&{'&'.join(waiting)}",
        f"models_catalog/report/{report.pk}/change/",
        f"models_catalog/report/{report.pk}/history/",
        f"models_catalog/claim/add/?entry={entry}&field=parameters",
        f"models_catalog/claim/{claim}/decide/?decision=dispute",
        f"models_catalog/claim/{claim}/replace/",
        "models_catalog/entry/add/",
        "models_catalog/importbatch/",
        "models_catalog/importbatch/add/",
        *imports(),
        "models_catalog/source/",
        "two-factor/",
        "auth/user/add/",
    ]


@pytest.mark.django_db(transaction=True)
def test_curators_pages_are_accessible(desk: Page) -> None:
    found = []
    for language, address in product(("zh-CN", "en-GB"), addresses()):
        desk.set_extra_http_headers({"Accept-Language": language})
        desk.goto(f"/admin/{address}")
        desk.evaluate("() => document.querySelectorAll('details').forEach(part => { part.open = true })")
        desk.evaluate(AXE)
        for width in (1440, 360):
            desk.set_viewport_size({"width": width, "height": 900})
            found += [f"{language} {address} {width}: runs off the side"] * runs_off(desk)
        found += [f"{language} {address} {each}" for each in violations_in_themes(desk)]
    assert found == []
