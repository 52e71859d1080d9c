"""How gunicorn serves the site; each value was chosen for two cores (docs/operations.md)."""

import gc
import os
import sys
from typing import Any

from registry.raw_addresses import take_raw_addresses

take_raw_addresses()

worker_class = "registry.serving.worker.PatientWorker"  # docs/decisions/0016
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = 48  # read requests and send answers; WEB_THREADS make pages, each with a database connection
timeout = 30
graceful_timeout = 30  # a running export may finish
keepalive = 5
max_requests = 20_000  # a slow leak ends with its worker
max_requests_jitter = 2_000
preload_app = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - heartbeats stay off the disk
control_socket_disable = True  # it would lie in the home folder, where two sites would fight for it
loglevel = "warning"
# A header says nothing of where the site lies or how it was reached: Django reads what BEHIND_PROXY lets it read.
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}


def when_ready(server: Any) -> None:
    """Read the catalog once for all workers, and keep what was loaded out of every later garbage collection, so that they
    go on sharing its memory."""
    from django.conf import settings

    from models_catalog.catalog.index.current import preload  # once Django is set up
    from models_catalog.history.version import code

    if unfit := settings.LIMITS.why_unfit():
        sys.exit(unfit)
    preload()
    code()  # the name of what is loaded, read before a later deployment may change the files
    gc.collect()
    gc.freeze()
    host, port = server.LISTENERS[0].sock.getsockname()[:2]
    print(f"Serving on http://{host}:{port}/ — Ctrl-C stops it.", flush=True)
