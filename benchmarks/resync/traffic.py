"""What arrived at the status page, read from the server's own access log."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

# 2026-01-01 12:00:00,123 INFO 127.0.0.1:5000 - "GET /v1/pages HTTP/1.1" 200
_LINE = re.compile(r'^(\S+ \S+) INFO \S+ - "GET (/\S*) HTTP/[\d.]+" (\d+)')
THROTTLED = frozenset({420, 429})


@dataclass(frozen=True, slots=True)
class Traffic:
    """The requests of one run that the key's quota counts."""

    requests: int
    throttled: int
    # When the first one was answered, in seconds since the epoch.
    first_answer: float | None


def traffic(lines: Iterable[str]) -> Traffic:
    """Read the log: the public API, below other addresses, has no quota."""
    found = [
        (datetime.strptime(line[1], "%Y-%m-%d %H:%M:%S,%f").astimezone(), int(line[3]))
        for line in map(_LINE.match, lines)
        if line is not None and line[2].startswith("/v1/")
    ]
    return Traffic(
        requests=len(found),
        throttled=sum(status in THROTTLED for _, status in found),
        first_answer=min((moment.timestamp() for moment, _ in found), default=None),
    )
