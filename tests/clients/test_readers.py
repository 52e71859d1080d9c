"""Files, feeds and citations of the live site, read by the programs that people use."""

import io
import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import duckdb
import feedparser
import pytest
from openpyxl import load_workbook
from pybtex.database import parse_string

from models_catalog.models import Claim, Entry

pytestmark = [pytest.mark.server, pytest.mark.django_db]


def got(address: str) -> bytes:
    content: bytes = urllib.request.urlopen(address).read()
    return content


def feed(address: str) -> Any:
    """As a feed reader has it; it complains of nothing."""
    found = feedparser.parse(got(address))
    assert not found.bozo
    return found


def test_pybtex_reads_the_citation_of_an_entry(site: str) -> None:
    (entry,) = parse_string(got(f"{site}/en/models/chatglm-6b/cite.bib").decode(), "bibtex").entries.values()
    assert "ChatGLM-6B" in entry.fields["title"]
    assert entry.fields["month"] == "November"


def test_feed_reader_finds_the_feed_in_the_page_s_head(site: str) -> None:
    page = got(f"{site}/en/about/").decode()
    address = page.partition('type="application/atom+xml" href="')[2].partition('"')[0]
    found = feed(f"{site}{address}")
    assert len(found.entries) > 0
    assert [one for one in found.entries if one.title == one.summary] == []


def test_feed_has_the_same_ids_whatever_host_and_language(site: str) -> None:
    host = site.replace("127.0.0.1", "localhost")
    feeds = [feed(f"{where}/feeds/changes.atom") for where in (f"{site}/en", f"{site}/zh", host)]
    ids = [(one.feed.id, [item.id for item in one.entries]) for one in feeds]
    assert ids[0] == ids[1] == ids[2]
    assert ids[0][0].startswith("tag:")


def test_filter_has_a_feed_of_its_own(site: str) -> None:
    found = feed(f"{site}/en/feeds/changes.atom?sector=finance&utm_source=reader")
    slugs = {item.link.partition("/models/")[2].partition("/")[0] for item in found.entries}
    finance = set(Entry.objects.listed().filter(sectors__slug="finance").values_list("slug", flat=True))
    assert (slugs <= finance, len(slugs) > 0, "Finance" in found.feed.title) == (True, True, True)


def test_frictionless_finds_the_package_valid_after_a_decision(site: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "frictionless", "validate", f"{site}/data/datapackage.json", "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["valid"]


def test_duckdb_reads_the_csv_of_claims_with_its_times(site: str, tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_bytes(got(f"{site}/claims.csv"))
    query = f"SELECT typeof(reviewed_at), count(*) FROM '{tmp_path}/claims.csv' WHERE reviewed_at IS NOT NULL GROUP BY 1"
    found: Any = duckdb.sql(query)
    assert found.fetchall() == [
        ("TIMESTAMP WITH TIME ZONE", Claim.objects.public().filter(entry__is_listed=True).count())
    ]


def test_spreadsheet_shows_sizes_and_days(site: str) -> None:
    sheet: Any = load_workbook(io.BytesIO(got(f"{site}/models.xlsx"))).worksheets[0]
    heading = [cell.value for cell in sheet[1]]
    size, day = (heading.index(name) for name in ("parameters_low", "released_earliest"))
    row = next(row for row in sheet.iter_rows(min_row=2) if row[size].value and row[day].value)
    assert (row[size].number_format, row[day].number_format) == ("#,##0", "yyyy\\-mm\\-dd")
    assert sheet.column_dimensions[row[size].column_letter].width >= len(f"{row[size].value:,}")
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == (sheet.dimensions, "B2")


def test_csv_tells_licence_columns_and_citation(site: str) -> None:
    answer = urllib.request.urlopen(f"{site}/models.csv")
    link = answer.headers["Link"]
    heading = answer.read().decode("utf-8-sig").partition("\r\n")[0]
    described = json.loads(got(f"{site}/models.csv-metadata.json"))
    assert 'rel="license"' in link
    assert f'<{site}/models.csv-metadata.json>; rel="describedby"' in link
    assert ",".join(one["name"] for one in described["tableSchema"]["columns"]) == heading


@pytest.mark.parametrize("language", ["en", "zh"])
def test_language_models_are_led_to_facts_with_their_words(site: str, language: str) -> None:
    start = got(f"{site}/{language}/llms.txt").decode()
    address = next(line for line in start.splitlines() if "/models/wenxin-yiyan.md" in line)
    text = got(address.partition("](")[2].rstrip(")")).decode()
    (size,) = [line for line in text.splitlines() if "2600亿" in line]
    assert ("260B" in size, "line 26" in size, "第26行" in size) == (
        language == "en",
        language == "en",
        language == "zh",
    )
