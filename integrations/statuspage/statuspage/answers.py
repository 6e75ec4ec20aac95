"""What an HTTP answer means: the decoded JSON, or one typed error."""

import contextlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from .errors import (
    AccessDenied,
    KeyRejected,
    NotFound,
    Redirected,
    Refused,
    RequestError,
    ServerFailed,
    Throttled,
    UnusableAnswer,
)

type Raw = dict[str, Any]
"""One object of the API, as it came."""

REASON_LENGTH = 200
REASON_DEPTH = 4


def decode(
    request: str,
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    now: datetime,
    hide: Callable[[str], str] = str,
) -> Any:
    """Return the JSON that a successful answer holds; raise what any other answer means.

    `hide` takes secrets out of what the server says, before it becomes part of an error.
    """
    if not 200 <= status < 300:
        raise refusal(request, status, headers, reason(body, hide), now=now)
    if status == 204 or not body.strip():
        return None
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise UnusableAnswer(request, "it is not JSON") from None
    if isinstance(content, dict) and "error" in content and "id" not in content:
        said = reason(body, hide) or "that there was an error"
        raise UnusableAnswer(request, f"it says {said}")
    return content


def refusal(
    request: str, status: int, headers: Mapping[str, str], said: str, *, now: datetime
) -> RequestError:
    """Tell which error a status other than 2xx is; `said` is the vendor's own reason."""
    # The announced change from 420 to 429 was taken back: see QUIRKS.md, "Two codes for too many".
    if status in (420, 429):
        return Throttled(request, status, said, retry_after(headers, now=now))
    if status >= 500:
        return ServerFailed(request, status, said, retry_after(headers, now=now))
    if 300 <= status < 400:
        return Redirected(request, status)
    by_status = {401: KeyRejected, 403: AccessDenied, 404: NotFound}
    return by_status.get(status, Refused)(request, status, said)


def reason(body: bytes, hide: Callable[[str], str] = str) -> str:
    """Return the vendor's own words for an error in one line: see QUIRKS.md, "Error bodies"."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    if isinstance(content, dict):
        content = content.get("error") or content.get("message") or content.get("errors")
    said = hide(" ".join(_words(content).split()))
    # Only the beginning is told, so no more is searched: a body may be huge.
    line = _without_passwords(said[: 10 * REASON_LENGTH])
    return line if len(line) <= REASON_LENGTH else line[: REASON_LENGTH - 1] + "…"


# A refusal may repeat a subscriber's endpoint, whose query can be as good as a password.
_QUERY = re.compile(r"(https?\S*?)(\?|%3f)\S+", re.IGNORECASE)
_TOKEN = re.compile(r"[0-9a-f]{32,}", re.IGNORECASE)


def _without_passwords(line: str) -> str:
    return _TOKEN.sub("[hidden]", _QUERY.sub(r"\1?[hidden]", line))


def _words(content: Any, depth: int = 0) -> str:
    if isinstance(content, str):
        return content
    if depth == REASON_DEPTH:
        return ""
    if isinstance(content, list):
        parts = [_words(item, depth + 1) for item in content[:10]]
        return ", ".join(part for part in parts if part)
    if isinstance(content, dict):
        named = [(key, _words(item, depth + 1)) for key, item in list(content.items())[:10]]
        return ", ".join(f"{key}: {words}" for key, words in named if words)
    return ""


def retry_after(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Read Retry-After, which is a number of seconds or an HTTP date (RFC 9110, 10.2.3)."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.replace(".", "", 1).isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    # A date is meant on the server's clock, so it is measured from the answer's own Date.
    with contextlib.suppress(ValueError, OverflowError):
        now = parsedate_to_datetime(headers.get("date", ""))
    return max(0.0, (_aware(moment) - _aware(now)).total_seconds())


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def as_object(request: str, content: Any) -> Raw:
    """Return `content` if it is an object with an id, as every single answer of the API is."""
    if not isinstance(content, dict):
        raise UnusableAnswer(request, f"an object was expected, not {_kind(content)}")
    if not isinstance(content.get("id"), str):
        raise UnusableAnswer(request, "the object has no id")
    return content


def as_objects(request: str, content: Any) -> list[Raw]:
    """Return `content` if it is a list of objects with ids, as every list of the API is."""
    if not isinstance(content, list):
        raise UnusableAnswer(request, f"a list was expected, not {_kind(content)}")
    return [as_object(request, item) for item in content]


def _kind(content: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "a boolean"}
    return names.get(type(content), "nothing" if content is None else "a number")
