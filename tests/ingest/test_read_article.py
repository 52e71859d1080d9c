"""The command that prints what an article seems to say."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from models_catalog.models import Claim
from tests.factories import make_entry

pytestmark = pytest.mark.django_db


def test_findings_are_printed_and_nothing_is_written(tmp_path: Path) -> None:
    make_entry("文心一言")
    path = tmp_path / "a.txt"
    path.write_text("文心一言的参数规模为2600亿。", encoding="utf-8")
    before, out = Claim.objects.count(), StringIO()
    call_command("read_article", path, "--published", "2023-07", stdout=out)
    assert out.getvalue().splitlines()[-1] == "2 findings, 2 without a doubt."
    assert Claim.objects.count() == before


@pytest.mark.parametrize(("name", "content"), [("missing.txt", None), ("nul.txt", b"a\0")])
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError):
        call_command("read_article", tmp_path / name)


def test_json_is_one_object_a_file(tmp_path: Path) -> None:
    entry = make_entry("文心一言")
    paths = [tmp_path / name for name in ("a.txt", "b.txt")]
    for path, size in zip(paths, ("2600亿", "千亿级"), strict=True):
        path.write_text(f"\n文心一言的参数规模为{size}。", encoding="utf-8")
    out = StringIO()
    call_command("read_article", *paths, "--published", "2023-07", "--json", stdout=out)
    first, second = map(json.loads, out.getvalue().splitlines())
    assert first["findings"][-1] == {
        "field": "parameters", "model": "文心一言", "entry": entry.slug, "value": [260000000000, 260000000000],
        "words": "2600亿", "quotation": "文心一言的参数规模为2600亿", "line": 2, "start": 0, "end": 15,
        "doubts": [], "ticked": True,
    }  # fmt: skip
    assert (first["lines"], first["warnings"]) == (2, [])
    assert second["findings"][-1]["value"] == [100000000000, 999999999999]
