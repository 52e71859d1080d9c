"""What readers are told of a merge, of its undoing and of an import that was undone: one step each."""

import pytest
from django.test import Client

from models_catalog.claims.merge import merge_entries, undo_merge
from models_catalog.history.entry import history_of
from models_catalog.intake.tables.undo import undo_import
from models_catalog.models import Entry
from tests.factories import make_developer, make_entry, make_sector, make_source
from tests.imports.test_import import apply, batch_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_merge_and_its_undoing_are_one_step_each(client: Client) -> None:
    make_source()
    for name in ("百度", "百度云"):
        make_developer(name)
    make_sector("金融")
    kept = make_entry("文心一言", developers=["百度"])
    double = make_entry("文心", sectors=["金融"], developers=["百度云"])
    n = double.claims.count()
    merge = merge_entries(kept=kept, merged=double, by="somebody-secret")
    merged = history_of(kept)[0]
    told = sorted((change.before, change.after) for change in merged.changes)
    assert (merged.other, merged.came, merged.names, merged.told) == ("文心", n, ["文心"], [])
    assert told == [("", "文心"), ("", "金融"), ("百度", "百度、百度云")]
    assert {step.of for step in history_of(kept)} == {"", "文心"}
    undo_merge(merge=merge, by="somebody-secret")
    undone = history_of(kept)[0]
    assert (undone.other, undone.went, undone.told) == ("文心", n, [])
    steps = [(step.what, step.came, step.went, len(step.changes)) for step in history_of(double)[:2]]
    assert steps == [("undo merge", n, 0, 0), ("merge", 0, n, 0)]
    page = client.get(f"/en/models/{kept.slug}/history/").content.decode()
    assert "The merge with 文心 was undone" in page
    assert "somebody-secret" not in page


def test_an_import_undone_says_so_and_counts_what_was_withdrawn(client: Client) -> None:
    make_sector("金融")
    entry = make_entry("文心一言", developers=["百度"])
    batch = apply(batch_of("公司,大模型,类别\n百度,文心一言,金融\n"))
    undo_import(batch=batch, by="curator")
    latest = history_of(Entry.objects.get(pk=entry.pk))[0]
    assert (latest.what, [(one.done, len(one.statements)) for one in latest.told]) == (
        "undo import",
        [("撤回", 3)],  # the industry, and the name and the maker, which the table says as well
    )
    page = client.get(f"/en/models/{entry.slug}/history/").content.decode()
    assert "the import of a.csv was undone" in page
