"""Keeping secrets out of the logs: whoever reads a log must not read a calendar or a placement."""

import logging
import re
from typing import Any

# What follows in the address is the secret of a subscription (web.calendars.urls) or of an
# employer's link (web.doors.urls).
_SECRET = re.compile(r"(/kalender/abonnement/|/arbeidsgiver/inn/)[^\s\"'?#]+")


def hushed(text: str) -> str:
    """Return a line without the secrets in it.

    Example:
        >>> hushed('"GET /kalender/abonnement/Xy12.ics HTTP/1.1" 200')
        '"GET /kalender/abonnement/… HTTP/1.1" 200'
    """
    return _SECRET.sub(r"\1…", text)


class Hush(logging.Filter):
    """Take the secrets out of every record, whoever wrote it: Django names paths that failed."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record and let it pass."""
        record.msg = _hushed(record.msg)
        if isinstance(record.args, dict):
            record.args = {name: _hushed(value) for name, value in record.args.items()}
        elif record.args:
            record.args = tuple(_hushed(value) for value in record.args)
        return True


def _hushed(value: Any) -> Any:
    """Hush what is written as text; numbers stay numbers, as their place in the line asks for."""
    return value if isinstance(value, int | float | None) else hushed(str(value))
