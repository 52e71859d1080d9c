"""A log filter that keeps messages on one line and client errors short."""

import logging
import re

LONGEST = 300

_BREAKING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Short(logging.Filter):
    """Cuts messages about client errors to one short line without traceback.

    Control characters and line breaks are escaped, so that text from a client cannot imitate a log line.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _BREAKING.sub(_escaped, record.getMessage()), None
        if _is_of_client(record):
            record.msg = record.msg[:LONGEST]
            record.exc_info = record.exc_text = None
        return True


def _is_of_client(record: logging.LogRecord) -> bool:
    """Whether the record is a 4xx response or a suspicious request reported by Django."""
    refused = record.name == "django.request" and record.levelno < logging.ERROR
    return refused or record.name.startswith("django.security")


def _escaped(character: re.Match[str]) -> str:
    return character[0].encode("unicode_escape").decode()
