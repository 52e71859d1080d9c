"""Faults that tests of the suite cause on this server; the outcome is what they print."""

import os
import subprocess
import sys

from bench.outcome import Outcome
from bench.site import CHECKOUT, Database, Site

_RUNS, _EDITS = "tests/imports/test_import_runs.py", "tests/admin/test_racing_edits.py"


def f4_killed_import(db: Database, served: Site) -> Outcome:
    """SIGKILL of an import at 10, 50 and 90 %: no partial rows, and a second run gives the result of an undisturbed
    one.
    """
    return _of_tests(db, f"{_RUNS}::test_a_killed_import_leaves_nothing_and_can_be_run_again")


def f10_at_once(db: Database, served: Site) -> Outcome:
    """Two imports at once, and 200 racing edits: one wins, the others get a message, no update is lost."""
    return _of_tests(
        db,
        f"{_RUNS}::test_a_run_is_seen_from_outside_while_it_works",
        f"{_EDITS}::test_of_two_hundred_racing_edits_none_is_lost",
    )


def _of_tests(db: Database, *tests: str) -> Outcome:
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "TEST_DATABASE_URL": db.url()}
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    seen = [line.partition("seen: ")[2] for line in done.stdout.splitlines() if "seen: " in line]
    return Outcome(done.returncode == 0 and bool(seen), "; ".join(seen) or done.stdout[-300:])
