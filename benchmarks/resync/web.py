"""JSON over HTTP with programs on this machine."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from launcher.errors import LauncherError

# Not for a proxy: what is asked is on this machine.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
PATIENCE = 120.0


class NoAnswer(LauncherError):
    """A program on this machine did not answer as it should."""


def ask(
    url: str,
    *,
    method: str | None = None,
    body: object = None,
    headers: Mapping[str, str] | None = None,
) -> Any:
    """Send a request; return what the answer holds. Anything else is an error."""
    request = urllib.request.Request(  # noqa: S310
        url,
        None if body is None else json.dumps(body).encode(),
        {"content-type": "application/json", **(headers or {})},
        method=method,
    )
    try:
        with _direct.open(request, timeout=PATIENCE) as answer:
            return json.load(answer)
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise NoAnswer(f"{url} did not answer as it should: {error}.") from error
