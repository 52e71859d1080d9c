"""The documents name what exists."""

import re

from django.conf import settings

_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_test_that_the_ux_document_names_exists() -> None:
    named = _TEST.findall((settings.BASE_DIR / "docs/ux.md").read_text("utf-8"))
    sources = {path: (settings.BASE_DIR / path).read_text("utf-8") for path, _test in named}
    assert len(named) > 40
    assert [f"{path}::{test}" for path, test in named if f"def {test}(" not in sources[path]] == []
