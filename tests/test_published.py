"""What `make bench` prints becomes the tables of docs/speed.md, and the sizes that it left out stay."""

import pytest

from bench.published import DOCUMENT, filled

LOG = """
10,000 entries, 500 developers; load 0.4; ms: p50 by the clock, [processor's]
                                        made     p95            kept          Datasette   ratio    kept  goal 5
first page, all facets            20.2 [32.5]    23.4       3.3 [3.0]      155.9 [151.6]     7.7    47.9  met
one entry                         37.6 [43.4]    42.8       2.8 [2.5]          6.3 [5.9]     0.2     2.3  missed
one entry, requests/s with 8 clients: made, kept, Datasette: 114.19, 711.38, 142.18
CSV 8.5 MB/s, first byte after 53 ms; Datasette 1.4 MB/s; COPY 57.3 MB/s
memory of two workers and their parent: 274 MiB

1,000,000 entries, 2,000 developers; load 1.9; ms: p50 by the clock, [processor's]
                                        made     p95            kept          Datasette   ratio    kept  goal 5
compare four                      44.5 [53.8]    63.2       3.5 [3.1]        10.1 [10.0]     0.2     7.9  kept
"""


@pytest.fixture
def document() -> str:
    return filled(DOCUMENT.read_text(), LOG, "0123abcd", "1 December 2026")


def test_a_size_of_the_log_has_its_rows(document: str) -> None:
    section = document.partition("### 10,000 entries")[2].partition("###")[0]
    head, _blank, _names, _line, first, entry, _blank, told = section.splitlines()[:8]
    assert head == ", 1 December 2026 at 0123abcd (load at the beginning 0.4)"
    assert (
        first
        == "| first page, all facets | 20.2 [32.5] | 23.4 | 3.3 [3.0] | 155.9 [151.6] | 7.7 | 47.9 | met |"
    )
    assert entry.endswith("| missed |")
    assert told.endswith("COPY 57.3 MB/s; memory of two workers and their parent: 274 MiB.")


def test_sizes_stand_in_order_and_the_others_stay(document: str) -> None:
    sizes = [line.split()[1] for line in document.splitlines() if line.startswith("### ")]
    assert sizes == ["100", "10,000", "100,000", "1,000,000"]
    assert (
        "| compare four | 44.5 [53.8] | 63.2 | 3.5 [3.1] | 10.1 [10.0] | 0.2 | 7.9 | met by kept pages only |"
        in document
    )


def test_a_size_that_the_log_lacks_keeps_its_day(document: str) -> None:
    titles = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("### 100 entries")]
    assert titles == [line for line in document.splitlines() if line.startswith("### 100 entries")]


def test_a_log_without_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no table"):
        filled(DOCUMENT.read_text(), "Traceback", "0123abcd", "1 December 2026")
