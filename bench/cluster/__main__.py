"""Sets up the machines, breaks them one after another, and prints what was seen. `python -m bench.cluster 60 lag primary`:
seconds that the primary is away (10 for a quick run), and which to show (all without names). Exits with 1 if any did harm.
"""

import os
import signal
import sys
from collections.abc import Sequence

from bench.cluster.machines import cluster
from bench.cluster.shown import SHOWN
from bench.outcome import Outcome


def main(words: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))  # which ends all that was started
    seconds, *names = words or ["60"]
    harm = 0
    with cluster(int(seconds)) as machines:
        print(
            f"One primary, two replicas, PgBouncer, Redis, two sites, nginx; load of this machine {os.getloadavg()[0]:.1f}."
        )
        for name in names or SHOWN:
            try:
                outcome = SHOWN[name](machines)
            except (OSError, RuntimeError) as error:
                outcome = Outcome(False, f"could not be shown: {error}")
            harm += not outcome.passed
            print(f"{name:9} {'pass' if outcome.passed else 'FAIL'}  {outcome.seen}", flush=True)
        print(f"Load of this machine at the end {os.getloadavg()[0]:.1f}.")
    return harm


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
