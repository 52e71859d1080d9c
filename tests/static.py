"""The static files as production serves them: hashed and compressed, which takes half a minute of a processor."""

import fcntl
import subprocess
from pathlib import Path

from django.conf import settings

from registry.serve import STATIC_ROOT
from tests.processes import clean, python

COLLECT = "import django; django.setup(); from registry import serve; serve.collect_static()"


def collected() -> Path:
    """Their folder, which `make run` uses too: whoever asks first collects them, unless none has changed since."""
    STATIC_ROOT.parent.mkdir(exist_ok=True)
    environment = clean(
        DJANGO_SETTINGS_MODULE="registry.settings", DEBUG="0", SECRET_KEY="x" * 60, STATIC_ROOT=STATIC_ROOT,
        DATABASE_URL="postgresql://nobody@127.0.0.1:9/none",
    )  # fmt: skip
    with (STATIC_ROOT.parent / "static.turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        subprocess.run(python("-c", COLLECT), env=environment, cwd=settings.BASE_DIR, check=True)
    return STATIC_ROOT
