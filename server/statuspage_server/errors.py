"""Everything that can go wrong, as one tree. Each error carries a sentence fit for its reader.

ServerError
├── ConfigError             the operator's file: file, line and what to write instead
├── StartError              the machine: a taken port, a database that cannot be opened
├── StorageError            a write or read failed now; nothing was half done
└── ApiError                what a client of the API is answered
    ├── BadRequest          400
    ├── Unauthenticated     401
    ├── NotSignedIn         401, for people: they are led to the form
    ├── Forbidden           403
    ├── NotFound            404
    ├── Conflict            409
    ├── TooLarge            413
    ├── Unprocessable       422, one sentence for each fault
    └── RateLimited         420 (or 429), with the seconds to wait
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar


class ServerError(Exception):
    """The root: whoever catches it can show str(error) to a person."""


@dataclass(frozen=True)
class Fault:
    """One thing to mend in a file."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.sentence}"


class ConfigError(ServerError):
    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, faults)))


class StartError(ServerError):
    """The server cannot start on this machine as it is."""


class StorageError(ServerError):
    """The database refused, for example because the disk is full."""


class ApiError(ServerError):
    status: ClassVar[int] = 500

    def __init__(self, error: str | list[str], headers: Mapping[str, str] | None = None) -> None:
        self.error = error
        self.headers = dict(headers or {})
        super().__init__(error if isinstance(error, str) else "; ".join(error))

    @property
    def answer_status(self) -> int:
        return self.status


def sentences(error: ApiError) -> list[str]:
    """What a page shows of it, each as a whole sentence."""
    found = error.error if isinstance(error.error, list) else [error.error]
    return [f"{one.rstrip('.')}." for one in found]


class BadRequest(ApiError):
    status = 400


class NotSignedIn(ApiError):
    status = 401

    def __init__(self) -> None:
        super().__init__("Sign in at /admin")


class Unauthenticated(ApiError):
    """The body is the vendor's, word for word: clients look for it."""

    status = 401

    def __init__(self, error: str = "Could not authenticate") -> None:
        super().__init__(error)


class Forbidden(ApiError):
    status = 403


class NotFound(ApiError):
    status = 404

    def __init__(self, error: str = "Not found") -> None:
        super().__init__(error)


class Conflict(ApiError):
    status = 409


class TooLarge(ApiError):
    status = 413


class Unprocessable(ApiError):
    status = 422

    def __init__(self, *faults: str) -> None:
        super().__init__(list(faults))


class RateLimited(ApiError):
    """The vendor answers 420 and documents 429, so the number is a setting."""

    def __init__(self, seconds: int, status: int, who: str = "this key") -> None:
        super().__init__(
            f"Too many requests: {who} may try again in {seconds} seconds.",
            {"Retry-After": str(seconds)},
        )
        self._status = status

    @property
    def answer_status(self) -> int:
        return self._status
