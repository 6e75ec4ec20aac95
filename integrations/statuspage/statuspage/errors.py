"""Everything that can go wrong, as one tree. The text of each error is fit for a user.

StatuspageError
├── SettingError            a value that somebody set cannot work
├── PageNotVisible          a page that was asked for is not among those the key sees
├── ResyncIncomplete        some pages could not be read; what Port holds of them must stay
├── Stopped                 somebody still reads what a resync has given up
└── RequestError            a request brought nothing usable
    ├── Unreachable         no answer came
    ├── UnusableAnswer      an answer came that is not what the API documents
    │   └── RepeatedPage    a list goes round in circles
    └── Refused             the API said no
        ├── KeyRejected     401
        ├── AccessDenied    403
        ├── NotFound        404
        ├── Throttled       420 or 429
        └── ServerFailed    5xx
"""

from collections.abc import Mapping


class StatuspageError(Exception):
    """The root: catch it to catch everything this package raises."""


class SettingError(StatuspageError):
    """A value that somebody set cannot work."""

    def __init__(self, parameter: str, problem: str) -> None:
        super().__init__(f"{parameter} {problem}")
        self.parameter = parameter


class PageNotVisible(StatuspageError):
    """A page that was asked for is not among those the key sees."""

    def __init__(self, page_id: str) -> None:
        super().__init__(
            f"The API key does not see the page {page_id}: check statuspageIds, "
            "or use a key of the organization that the page belongs to."
        )
        self.page_id = page_id


class ResyncIncomplete(StatuspageError):
    """Some pages could not be read.

    Raised after all the other pages were delivered. It makes Ocean keep what Port holds:
    a resync that ends without an error deletes whatever it did not return.
    """

    def __init__(self, failures: Mapping[str, Exception]) -> None:
        reasons = " ".join(f"[{page_id}] {error}" for page_id, error in failures.items())
        pages = "page" if len(failures) == 1 else "pages"
        super().__init__(
            f"{len(failures)} {pages} could not be read, nothing is deleted: {reasons}"
        )
        self.failures = dict(failures)


class Stopped(StatuspageError):
    """Somebody still reads what a resync has given up."""

    def __init__(self) -> None:
        super().__init__("The resync was stopped before this was read.")


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


class RepeatedPage(UnusableAnswer):
    """A list goes round in circles: a full page held nothing that was not there before."""

    def __init__(self, request: str) -> None:
        super().__init__(request, "it repeats what the list already returned")


class Refused(RequestError):
    """The API said no with `status`; `reason` is the vendor's own word, possibly empty."""

    advice = "."

    def __init__(self, request: str, status: int, reason: str) -> None:
        said = f" ({reason})" if reason else ""
        super().__init__(request, f"Statuspage answered {request} with {status}{said}{self.advice}")
        self.status = status
        self.reason = reason


class KeyRejected(Refused):
    """401: the key is not one of Statuspage's."""

    advice = (
        ": check statuspageApiKey. Keys are shown under API info in Statuspage's user menu, "
        "and stop working when their owner leaves the organization."
    )


class AccessDenied(Refused):
    """403: the key is good and may not do this."""

    advice = ": check that the owner of the API key has access to this page."


class NotFound(Refused):
    """404: there is no such thing, or the key may not know of it."""

    advice = ": it is gone, or the API key does not see it."


class Throttled(Refused):
    """420 or 429: the key's quota is spent, by us or by another tool that uses the same key."""

    advice = (
        ": the API key's quota is spent. Lower requestsPerMinute when other tools use the same key."
    )

    def __init__(self, request: str, status: int, reason: str, retry_after: float | None) -> None:
        super().__init__(request, status, reason)
        self.retry_after = retry_after


class ServerFailed(Refused):
    """5xx: Statuspage itself is in trouble."""

    advice = ": Statuspage has trouble of its own, see https://metastatuspage.com."

    def __init__(self, request: str, status: int, reason: str, retry_after: float | None) -> None:
        super().__init__(request, status, reason)
        self.retry_after = retry_after
