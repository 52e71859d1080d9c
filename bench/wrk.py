"""L1 of HARDENING: a minute of mixed requests from 32 clients, and `/healthz` in the same run. Needs wrk."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.site import Site, database, site
from bench.synthetic import Catalog, fill

SECONDS, CLIENTS = 60, 32


def wrk(served: Site, path: str, seconds: int, **variables: str) -> str:
    script = [] if path else ["--script", str(Path(__file__).with_name("mix.lua"))]
    command = [
        "wrk",
        "--threads=2",
        f"--connections={CLIENTS}",
        f"--duration={seconds}s",
        "--timeout=30s",
        "--latency",
        *script,
    ]
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{served.port}{path}"],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def main(entries: int) -> None:
    if not shutil.which("wrk"):
        sys.exit("wrk is needed: install it (on Debian: apt install wrk).")
    with database() as db, site(db.url()) as served:
        with db.connect() as connection:
            fill(connection, Catalog(entries))
        wrk(served, "", 5, ENTRIES=str(entries))
        print("mix:", wrk(served, "", SECONDS, ENTRIES=str(entries)).splitlines()[-1])
        print(
            "healthz:",
            next(line.strip() for line in wrk(served, "/healthz", 10).splitlines() if "Requests/sec" in line),
        )
        with db.connect() as connection:
            print(
                "connections:",
                connection.execute(
                    "SELECT state, count(*) FROM pg_stat_activity WHERE datname = 'baimo' GROUP BY 1"
                ).fetchall(),
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
