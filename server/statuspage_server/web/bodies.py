"""Request bodies, as JSON or as a form, read once and checked before they are used."""

import json
import math
import re
from typing import Any

from statuspage_server.errors import BadRequest, Unprocessable
from statuspage_server.web.form_bodies import is_form, read_form

# Deeper than any honest document, and shallow enough for every encoder.
DEEPEST = 50
_SUSPICIOUS = re.compile(rb"\\u(0000|[dD][89a-fA-F])|\x00")


def read_body(raw: bytes, content_type: str) -> bytes:
    """The body as JSON bytes that any database can keep. Raises BadRequest, Unprocessable."""
    if not raw.strip():
        return raw
    # Clients send JSON with curl's own content type; a form never begins with a bracket.
    form = is_form(content_type) and raw.lstrip()[:1] not in b"{["
    value = read_form(raw, content_type) if form else _read_json(raw)
    if _SUSPICIOUS.search(raw) or raw.count(b"[") + raw.count(b"{") > DEEPEST or form:
        _check(value, 0)
    return json.dumps(value).encode() if form else raw


def _read_json(raw: bytes) -> Any:
    try:
        return json.loads(raw, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise BadRequest("The body is not valid JSON") from error


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(text)
    return value


def _check(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise Unprocessable(f"The body is nested deeper than {DEEPEST} levels")
    if isinstance(value, str):
        if "\x00" in value or not _is_text(value):
            raise Unprocessable("The body contains a character that is not text")
    elif isinstance(value, dict):
        for key, child in value.items():
            _check(key, depth + 1)
            _check(child, depth + 1)
    elif isinstance(value, list):
        for child in value:
            _check(child, depth + 1)


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
