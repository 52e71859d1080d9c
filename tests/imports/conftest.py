"""What tests of claims in tables share."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from models_catalog.models import Entry
from tests.factories import make_entry, make_source
from tests.imports.claim_table import ARTICLE


@pytest.fixture
def in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def article(settings: Any, tmp_path: Path) -> Entry:
    """The entry 文心, and an article that is at hand."""
    settings.CATALOG_SOURCES_DIR = tmp_path
    source = make_source("thepaper-2023", sha256=sha256(ARTICLE.encode()).hexdigest())
    (tmp_path / source.file_name).write_text(ARTICLE, "utf-8")
    return make_entry("文心", slug="wenxin", developers=["阿里"])
