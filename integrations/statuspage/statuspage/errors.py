"""Everything that can go wrong, as one tree. The text of each error states what happened.

What to do about it is for the program to say that uses this package: only it knows the names of
its settings. The fields of each error hold what such advice needs.

StatuspageError
├── UnusableArgument        a value that was handed to this package cannot work
├── NoKey                   no place holds an API key
├── UnusableName            a name does not say which page or component is meant
│   ├── UnknownName         nothing is called so
│   ├── AmbiguousName       more than one is
│   └── GroupHasNoStatus    it is a group of components, whose status cannot be set
└── RequestError            a request brought nothing usable
    ├── Unreachable         no answer came
    ├── UnusableAnswer      an answer came that is not what the API documents
    │   ├── Redirected      3xx
    │   └── RepeatedPage    a list goes round in circles
    └── Refused             the API said no
        ├── KeyRejected     401
        ├── AccessDenied    403
        ├── NotFound        404
        ├── Throttled       420 or 429
        └── ServerFailed    5xx
"""

from collections.abc import Sequence


class StatuspageError(Exception):
    """The root: catch it to catch everything this package raises."""


class UnusableArgument(StatuspageError):
    """A value that was handed to this package cannot work: `argument` names it."""

    def __init__(self, argument: str, problem: str) -> None:
        super().__init__(f"{argument} {problem}")
        self.argument = argument
        self.problem = problem


class NoKey(StatuspageError):
    """No place holds an API key; `tried` names each with the reason."""

    def __init__(self, tried: Sequence[tuple[str, str]]) -> None:
        places = "; ".join(f"{place}: {why}" for place, why in tried)
        super().__init__(f"No API key was found ({places or 'no place was asked'}).")
        self.tried = tuple(tried)


class UnusableName(StatuspageError):
    """A name does not say which `kind` of thing is meant; `near` are names that would.

    `wanted` is None where nothing was said and there is not just one to take.
    """

    def __init__(
        self, kind: str, wanted: str | None, near: Sequence[str], sentence: str, lead: str
    ) -> None:
        listed = ", ".join(repr(name) for name in near)
        super().__init__(f"{sentence} {lead}: {listed}." if listed else sentence)
        self.kind = kind
        self.wanted = wanted
        self.near = tuple(near)


class UnknownName(UnusableName):
    """Nothing is called so."""

    def __init__(self, kind: str, wanted: str | None, near: Sequence[str]) -> None:
        said = f"No {kind} is called {wanted!r}." if wanted else f"The API key sees no {kind}."
        super().__init__(kind, wanted, near, said, "Perhaps")


class AmbiguousName(UnusableName):
    """More than one is called so."""

    def __init__(self, kind: str, wanted: str | None, near: Sequence[str]) -> None:
        said = (
            f"There are {len(near)} {kind}s to choose from."
            if wanted is None
            else f"There are {len(near)} {kind}s called {wanted!r}."
        )
        super().__init__(kind, wanted, near, said, "Name one of them")


class GroupHasNoStatus(UnusableName):
    """It is a group of components: its status follows from theirs and cannot be set."""

    def __init__(self, wanted: str, members: Sequence[str]) -> None:
        said = f"Component {wanted!r} is a group, whose status follows from its components."
        super().__init__("component", wanted, members, said, "Name one of them")


class RequestError(StatuspageError):
    """A request brought nothing usable; `request` names it as in `GET /v1/pages`."""

    def __init__(self, request: str, sentence: str) -> None:
        super().__init__(sentence)
        self.request = request


class Unreachable(RequestError):
    """No answer came; `sent` tells whether the request may have had an effect."""

    def __init__(self, request: str, problem: str, *, sent: bool) -> None:
        super().__init__(request, f"Statuspage did not answer {request}: {problem}.")
        self.sent = sent


class UnusableAnswer(RequestError):
    """An answer came that is not what the API documents; `transient` if asking again may help."""

    def __init__(self, request: str, problem: str, *, transient: bool = False) -> None:
        super().__init__(request, f"The answer to {request} cannot be used: {problem}.")
        self.transient = transient


class Redirected(UnusableAnswer):
    """3xx: something else answers in the API's place, which never redirects."""

    def __init__(self, request: str, status: int) -> None:
        super().__init__(request, f"it is a redirect ({status})")
        self.status = status


class RepeatedPage(UnusableAnswer):
    """A list goes round in circles: a full page held nothing that was not there before."""

    def __init__(self, request: str) -> None:
        super().__init__(request, "it repeats what the list already returned")


class Refused(RequestError):
    """The API said no with `status`; `reason` is the vendor's own word, possibly empty."""

    meaning = ""

    def __init__(self, request: str, status: int, reason: str) -> None:
        said = f" ({reason})" if reason else ""
        super().__init__(
            request, f"Statuspage answered {request} with {status}{said}{self.meaning}."
        )
        self.status = status
        self.reason = reason


class KeyRejected(Refused):
    """401: the key is not one of Statuspage's."""


class AccessDenied(Refused):
    """403: the key is good and may not do this."""


class NotFound(Refused):
    """404: there is no such thing, or the key may not know of it."""

    meaning = ": it is gone, or the API key does not see it"


class Throttled(Refused):
    """420 or 429: the key's quota is spent, by us or by another tool that uses the same key."""

    meaning = ": the API key's quota is spent"

    def __init__(self, request: str, status: int, reason: str, retry_after: float | None) -> None:
        super().__init__(request, status, reason)
        self.retry_after = retry_after


class ServerFailed(Refused):
    """5xx: the server itself is in trouble."""

    def __init__(self, request: str, status: int, reason: str, retry_after: float | None) -> None:
        super().__init__(request, status, reason)
        self.retry_after = retry_after
