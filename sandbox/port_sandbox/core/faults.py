"""Faults on demand: the next requests fail, or all are slow."""

import re
from collections import Counter
from dataclasses import dataclass, field

from port_sandbox.core.json_types import Document
from port_sandbox.errors import Invalid


@dataclass(slots=True)
class Fault:
    """Fails some requests with a status, after letting some through."""

    pattern: re.Pattern[str]
    status: int
    times: int | None
    after: int
    retry_after: str | None

    def applies_to(self, request: str) -> bool:
        """Tell whether this request fails, and count it."""
        if self.times == 0 or not self.pattern.search(request):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass(slots=True)
class FaultInjection:
    """The faults to inject, and how often each request came."""

    latency_ms: float = 0
    planned: list[Fault] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)

    def next_fault(self, request: str) -> Fault | None:
        """Count a request such as `GET /v1/blueprints`; return the fault that applies to it."""
        self.requests[request] += 1
        return next((fault for fault in self.planned if fault.applies_to(request)), None)

    def add(self, sent: Document) -> None:
        """Take `{status, times?, after?, path?, retryAfter?}`, `{latencyMs}` or both."""
        if "latencyMs" in sent:
            self.latency_ms = _number(sent, "latencyMs", 0)
        if "status" in sent:
            retry_after = sent.get("retryAfter")
            self.planned.append(
                Fault(
                    pattern=_pattern(sent.get("path", "")),
                    status=int(_number(sent, "status", 500)),
                    times=None if sent.get("times") is None else int(_number(sent, "times", 0)),
                    after=int(_number(sent, "after", 0)),
                    retry_after=None if retry_after is None else str(retry_after),
                )
            )

    def clear(self) -> None:
        """Remove all faults, and count requests from zero."""
        self.latency_ms = 0
        self.planned.clear()
        self.requests.clear()


def _number(sent: Document, name: str, default: float) -> float:
    value = sent.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise Invalid(f'"{name}" must be a number, and not below 0')
    return value


def _pattern(text: object) -> re.Pattern[str]:
    try:
        return re.compile(str(text))
    except re.error as error:
        raise Invalid(f'"path" is not a regular expression: {error}') from error
