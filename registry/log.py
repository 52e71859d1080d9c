"""Makes the log as short as what it tells."""

import logging

LONGEST = 300


class Short(logging.Filter):
    """What Django finds suspicious in a request is the client's doing: one short line, without a traceback of ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):
            record.msg, record.args = record.getMessage()[:LONGEST], None
            record.exc_info = record.exc_text = None
        return True
