"""The formats of Port's properties that say something about the text."""

import re
from urllib.parse import urlsplit

from jsonschema import FormatChecker

from port_sandbox.core import timestamps

FORMATS = FormatChecker(formats=["ipv4", "ipv6"])
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
WITH_CLOCK = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d.*")


@FORMATS.checks("date-time")
@FORMATS.checks("timer")
def is_moment(value: object) -> bool:
    """Tell whether a text names a moment, with a clock; the text itself is kept as it came."""
    if not isinstance(value, str):
        return True
    return WITH_CLOCK.fullmatch(value) is not None and timestamps.parsed(value) is not None


@FORMATS.checks("url")
def is_url(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        return bool(urlsplit(value).scheme)
    except ValueError:
        return False


@FORMATS.checks("email")
@FORMATS.checks("idn-email")
@FORMATS.checks("user")
def is_email(value: object) -> bool:
    return not isinstance(value, str) or ADDRESS.fullmatch(value) is not None
