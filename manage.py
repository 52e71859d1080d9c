#!/usr/bin/env python
"""Django's command line, for this site."""

import sys

from registry.commands import prepare


def main() -> None:
    """Run one management command."""
    prepare(sys.argv[1] if sys.argv[1:] else "")

    from django.core.management import execute_from_command_line  # after the environment, which it reads

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
