#!/usr/bin/env python
"""Django's command line, for this site."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
    if sys.argv[1:2] in (["migrate"], ["release"]):
        os.environ.setdefault(
            "DATABASE_AS_OWNER", "1"
        )  # the site's own role may do neither (registry/grants.py)
    if sys.argv[1:2] != ["runserver"]:
        # A command may take its time; only a web request is cut off. Waiting for a lock stays bounded, so that a
        # migration gives up instead of queueing every reader behind itself.
        os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT_MS", "0")
        os.environ.setdefault("DATABASE_LOCK_TIMEOUT_MS", "4000")
        os.environ["DATABASE_POOLER_URL"] = ""  # it holds locks and limits for longer than a transaction

    from django.core.management import execute_from_command_line  # after the environment, which it reads

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
