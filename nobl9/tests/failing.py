"""What answers requests keeps them, and can be made to fail first."""

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any

import httpx

from statuspage_nobl9.address import STATUS_PAGE


@dataclass(frozen=True, slots=True)
class Failure:
    """What is said instead of an answer to a request whose path ends so.

    Without a status the connection breaks; `carry_out` does what was asked all the same.
    """

    path: str
    status: int | None
    headers: dict[str, str] = field(default_factory=dict)
    carry_out: bool = False
    text: str = '{"message": "made to fail"}'


@dataclass(kw_only=True)
class Failing(ABC):
    """Answers requests; `asked` are the names of those that came."""

    failures: list[Failure] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)

    @property
    def asked(self) -> list[str]:
        return [f"{one.method} {one.url.path.removeprefix(STATUS_PAGE)}" for one in self.requests]

    @property
    def writes(self) -> list[str]:
        return [one for one in self.asked if one.startswith("POST /") and "/api/" not in one]

    def bodies(self, path: str) -> list[Any]:
        """What was written to a path."""
        found = [one for one in self.requests if one.url.path == STATUS_PAGE + path and one.content]
        return [json.loads(one.content) for one in found]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        path = request.url.path
        failure = next((one for one in self.failures if path.endswith(one.path)), None)
        if failure is None:
            return self._answer(request)
        self.failures.remove(failure)
        if failure.carry_out:
            self._answer(request)
        if failure.status is None:
            raise httpx.ReadTimeout("made to fail", request=request)
        return httpx.Response(failure.status, text=failure.text, headers=failure.headers)

    @abstractmethod
    def _answer(self, request: httpx.Request) -> httpx.Response:
        """Do what is asked."""
