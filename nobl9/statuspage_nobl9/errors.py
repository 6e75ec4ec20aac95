"""Everything that can go wrong with Nobl9, as one tree. Each text is a sentence.

Nobl9Error                      a statuspage.StatuspageError
├── NoCredentials               something to sign in with is missing
├── OtherVersion                the version of the API that is spoken has no such thing
├── NotVerified                 whether a component is there could not be found out
├── Busy                        another process holds a file for too long
└── RequestFailed               a request brought nothing usable
    ├── NoAnswer                no answer came
    ├── UnusableAnswer          an answer came that is not what is documented
    └── Refused                 Nobl9 said no
        ├── CredentialsRejected 401
        ├── AccessDenied        403
        ├── NotFound            404
        ├── Throttled           429
        └── ServerFailed        5xx
            └── Unavailable     502, 503, 504: it passes
"""

from collections.abc import Sequence

from statuspage.errors import StatuspageError


class Nobl9Error(StatuspageError):
    """The root: catch it to catch everything that this package raises of its own."""


class NoCredentials(Nobl9Error):
    """Something to sign in with is missing; `missing` are the names of its variables."""

    def __init__(self, missing: Sequence[str], sentence: str) -> None:
        super().__init__(sentence)
        self.missing = tuple(missing)


class OtherVersion(Nobl9Error):
    """The version of the API that is spoken has no such thing."""


class NotVerified(Nobl9Error):
    """Whether a component is there could not be found out, so nothing was sent."""


class Busy(Nobl9Error):
    """Another process holds a file for too long."""


class RequestFailed(Nobl9Error):
    """A request brought nothing usable; `request` names it as in `GET /status-page/status`."""

    def __init__(self, request: str, sentence: str) -> None:
        super().__init__(sentence)
        self.request = request


class NoAnswer(RequestFailed):
    """No answer came; `sent` tells whether the request may have had an effect."""

    def __init__(self, request: str, problem: str, *, sent: bool) -> None:
        super().__init__(request, f"Nobl9 did not answer {request}: {problem}.")
        self.sent = sent


class UnusableAnswer(RequestFailed):
    """An answer came that is not what is documented."""

    def __init__(self, request: str, problem: str) -> None:
        super().__init__(request, f"The answer to {request} cannot be used: {problem}.")


class Refused(RequestFailed):
    """Nobl9 said no with `status`; `reason` is its own word, possibly empty."""

    def __init__(
        self, request: str, status: int, reason: str, retry_after: float | None = None
    ) -> None:
        said = f" ({reason})" if reason else ""
        super().__init__(request, f"Nobl9 answered {request} with {status}{said}.")
        self.status = status
        self.reason = reason
        self.retry_after = retry_after


class CredentialsRejected(Refused):
    """401: it is not known who asks."""


class AccessDenied(Refused):
    """403: it is known who asks, and they may not do this."""


class NotFound(Refused):
    """404: there is no such thing."""


class Throttled(Refused):
    """429: too many requests."""


class ServerFailed(Refused):
    """5xx: the server itself is in trouble."""


class Unavailable(ServerFailed):
    """502, 503, 504: it is in trouble that passes."""


def refusal(request: str, status: int, reason: str, retry_after: float | None) -> Refused:
    """Return the error that a status other than 2xx is."""
    known = {401: CredentialsRejected, 403: AccessDenied, 404: NotFound, 429: Throttled}
    if status in (502, 503, 504):
        kind: type[Refused] = Unavailable
    elif status >= 500:
        kind = ServerFailed
    else:
        kind = known.get(status, Refused)
    return kind(request, status, reason, retry_after)
