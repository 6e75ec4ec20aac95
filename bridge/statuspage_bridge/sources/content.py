"""What others send, of which no part need be what it should be. No I/O."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from statuspage_bridge.errors import Refused

LONGEST_KEY = 200

type Raw = dict[str, Any]


def parsed(body: bytes) -> Any:
    """Return the content of a body, or refuse it."""
    try:
        content = json.loads(body)
        if b"\\u" in body:
            # Half of a pair of escapes is no text: nobody could write it anywhere.
            json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Refused(400, "The body is not JSON.") from error
    return content


def mapping(value: object) -> Raw:
    """Return an object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def rows(value: object) -> list[Raw]:
    """Return the objects of a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text(value: object) -> str:
    """Return a text, which may have come as a number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).replace("\0", "").strip()


def key(value: object) -> str:
    """Return a text that tells one thing from another, and is never long."""
    given = text(value)
    return given if len(given) <= LONGEST_KEY else sha256(given.encode()).hexdigest()


def texts(value: object) -> dict[str, str]:
    """Return the texts of an object by their names."""
    return {name: text(one) for name, one in mapping(value).items() if text(one)}


def from_epoch(value: object) -> datetime | None:
    """Return the time of a number since 1970, in whatever unit gives one of our days.

    Some send seconds in one field and nanoseconds in the next.
    """
    try:
        number = float(text(value))
    except ValueError:
        return None
    if not 0 < number < 1e20:
        return None
    while number > 1e11:
        number /= 1000
    return datetime.fromtimestamp(number, UTC)
