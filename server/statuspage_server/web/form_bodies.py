"""Forms, as browsers, curl and the vendor's clients send them, nested as the vendor nests them.

`incident[name]=x`, `incident[component_ids][]=y` and `incident[component_ids][0]=y`.
"""

import re
from typing import Any
from urllib.parse import parse_qsl

from statuspage_server.errors import BadRequest

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"

# Deeper than any honest form.
DEEPEST = 50

_KEY = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
_BOUNDARY = re.compile(r'boundary="?([^";,\s]+)', re.IGNORECASE)
_NAME = re.compile(r'^content-disposition:.*?;\s*name="?([^";\r\n]*)', re.IGNORECASE | re.MULTILINE)


def is_form(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind in {URLENCODED, MULTIPART}


def read_form(raw: bytes, content_type: str) -> Any:
    """Raises BadRequest."""
    value: dict[str, Any] = {}
    for key, text in _pairs(raw, content_type):
        match = _KEY.match(key)
        if match is None:
            raise BadRequest(f"The form's field {key[:80]} cannot be read")
        _put(value, [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])], text)
    return _with_lists(value)


def _pairs(raw: bytes, content_type: str) -> list[tuple[str, str]]:
    try:
        if URLENCODED in content_type.lower():
            return parse_qsl(raw.decode(), keep_blank_values=True, errors="strict")
        boundary = _BOUNDARY.search(content_type)
        return _multipart(raw, boundary[1] if boundary else "")
    except ValueError as error:
        raise BadRequest("The body is not a valid form") from error


def _multipart(raw: bytes, boundary: str) -> list[tuple[str, str]]:
    """RFC 7578: parts between lines of the boundary, each with its head, which holds the name."""
    _, *parts, end = (b"\r\n" + raw).split(b"\r\n--" + boundary.encode())
    if not boundary or not end.startswith(b"--"):
        raise ValueError("it has no end")
    pairs = []
    for part in parts:
        head, _, content = part.partition(b"\r\n\r\n")
        name = _NAME.search(head.decode())
        if name is None:
            raise ValueError("a part has no name")
        pairs.append((name[1], content.decode()))
    return pairs


def _put(value: dict[str, Any], path: list[str], text: str) -> None:
    name, *rest = path
    if len(path) > DEEPEST:
        raise BadRequest("The form is nested too deeply")
    if not rest:
        value[name] = text
    elif rest == [""]:
        entries = value.setdefault(name, [])
        if not isinstance(entries, list):
            raise BadRequest(f"The form's field {name[:80]} is given in two ways")
        entries.append(text)
    else:
        child = value.setdefault(name, {})
        if not isinstance(child, dict):
            raise BadRequest(f"The form's field {name[:80]} is given in two ways")
        _put(child, rest, text)


def _with_lists(value: Any) -> Any:
    """What is numbered from 0 is a list: an id of digits is longer, and none of a kind is 0."""
    if not isinstance(value, dict):
        return value
    children = {key: _with_lists(child) for key, child in value.items()}
    numbers = [str(number) for number in range(len(children))]
    if children and set(numbers) == set(children):
        return [children[number] for number in numbers]
    return children
