"""One log line is one JSON object, and holds no personal data.

What a line says comes from the program's own text; numbers and short codes ride along as named
fields. Of an exception only its class and where it was raised are kept: a database's message
quotes the row it refused, and rows may name people. Whatever looks like a phone number, an
identity number or a mail address is struck out all the same.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

FIELDS = (
    "borrower",
    "loan",
    "seq",
    "part",
    "day",
    "count",
    "seconds",
    "kind",
    "rule",
    "status",
    "task",
    "job",
)

# The token in a provider's address: the framework logs the path of what it refuses.
_SECRET = re.compile(r"(/providers/\w+/)[^/\s]+")
# A run of eleven or more digits (with spaces, dashes or a country code), an 18-character
# identity number, a mail address.
_PERSONAL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|\+?\d(?:[ -]?\d){9,}[\dXx]")


class Plain(logging.Formatter):
    """Formats a record as one line of JSON without personal data."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": without_people(record.getMessage()),
        }
        for name in FIELDS:
            if isinstance(value := getattr(record, name, None), int | float | str):
                line[name] = without_people(value) if isinstance(value, str) else value
        if record.exc_info and record.exc_info[0] is not None:
            line["raised"] = record.exc_info[0].__name__
            line["where"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])[-8:]
            ]
        return json.dumps(line, ensure_ascii=False)


def without_people(text: str) -> str:
    """The text with everything struck out that reads like a way to reach a person, or a secret.

    >>> without_people("sent to +86 138 0013 8000, seq 12")
    'sent to [struck out], seq 12'
    >>> without_people("Not Found: /providers/sms/s3cret/report")
    'Not Found: /providers/sms/[struck out]/report'
    """
    return _PERSONAL.sub("[struck out]", _SECRET.sub(r"\1[struck out]", text))
