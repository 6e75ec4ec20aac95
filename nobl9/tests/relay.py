"""Stands before the real server: fails as it is told, then passes on what comes."""

from dataclasses import dataclass, field

import httpx
from failing import Failing


@dataclass
class Relay(Failing):
    """`answers` are those of the server itself."""

    answers: list[httpx.Response] = field(default_factory=list)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        with httpx.Client(trust_env=False) as client:
            answer = client.send(request)
        # Its content is not compressed any more.
        headers = {name: answer.headers[name] for name in KEPT if name in answer.headers}
        self.answers.append(
            httpx.Response(answer.status_code, headers=headers, content=answer.content)
        )
        return self.answers[-1]


KEPT = ("content-type", "retry-after")
