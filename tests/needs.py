"""What a machine may lack. Tests that need it are skipped, and the last line of a run says how to have it."""

import os
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

SOURCES = Path(settings.CATALOG_SOURCES_DIR or "no folder given")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""


@dataclass(frozen=True)
class Need:
    """Something that a test cannot do without, whether it is here, and how to have it."""

    name: str
    here: bool
    how: str

    @property
    def reason(self) -> str:
        return f"{self.name} ({self.how})"

    @property
    def mark(self) -> pytest.MarkDecorator:
        """Skips a test where it is not here."""
        return pytest.mark.skipif(not self.here, reason=self.reason)

    def require(self) -> None:
        """Skip the test that is running where it is not here."""
        if not self.here:
            pytest.skip(self.reason)


PATH = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
"""Where an ordinary user finds a server's programs too."""


def _program(name: str, package: str) -> Need:
    return Need(name, shutil.which(name, path=PATH) is not None, f"apt install {package}")


BROWSER = Need("Chromium", bool(CHROMIUM), "apt install chromium fonts-noto-cjk")
NGINX = _program("nginx", "nginx-light")
PGBOUNCER = _program("pgbouncer", "pgbouncer")
OPENSSL = _program("openssl", "openssl")
CURL = _program("curl", "curl")
GIT = Need(
    "git, or a checkout of it",
    shutil.which("git") is not None and (Path(settings.BASE_DIR) / ".git").exists(),
    "apt install git, and clone the repository",
)
MAKE = _program("make", "make")
SHA256SUM = _program("sha256sum", "coreutils")
POSTGRESQL = Need(
    "Debian's PostgreSQL", any(Path("/usr/lib/postgresql").glob("*/bin/initdb")), "apt install postgresql"
)
CLIENTS = Path(__file__).parent / "clients"
NODE = Need(
    "a generator of TypeScript clients",
    shutil.which("node") is not None and (CLIENTS / "node_modules").is_dir(),
    "apt install nodejs npm, then npm ci --prefix tests/clients",
)
ARTICLES = Need("the articles", any(SOURCES.glob("*.txt")), "CATALOG_SOURCES_DIR=their folder")
TABLE = SOURCES.parent / "data" / "llms-in-china-2024-11-30.cells.csv"
PUBLIC_TABLE = Need("the public table", TABLE.is_file(), "data/ beside the articles' folder")


def summary(reasons: Iterable[str]) -> str:
    """One line for all skipped tests; empty if there are none."""
    counted = Counter(reason.removeprefix("Skipped: ") for reason in reasons)
    parts = [f"{number} for want of {reason}" for reason, number in counted.most_common()]
    return f"Left out: {counted.total()} tests; {'; '.join(parts)}." if parts else ""
