"""Makes the log as short as what it tells, and each message a line of its own."""

import logging
import re

LONGEST = 300

_BREAKING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Short(logging.Filter):
    """What is wrong with a request is the client's doing: one short line, without a traceback of ours.

    Addresses hold what clients like. Escaped, a line break in one does not pass for a line of ours.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _BREAKING.sub(_escaped, record.getMessage()), None
        if _is_of_client(record):
            record.msg = record.msg[:LONGEST]
            record.exc_info = record.exc_text = None
        return True


def _is_of_client(record: logging.LogRecord) -> bool:
    """Whether Django says that a request was suspicious, or answers it with 4xx."""
    refused = record.name == "django.request" and record.levelno < logging.ERROR
    return refused or record.name.startswith("django.security")


def _escaped(character: re.Match[str]) -> str:
    return character[0].encode("unicode_escape").decode()
