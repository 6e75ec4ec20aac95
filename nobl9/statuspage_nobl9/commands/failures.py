"""What a user is told of an error: its sentence, what to do about it, and the exit code."""

from collections.abc import Iterator
from contextlib import contextmanager

from statuspage.cli.extension import ExitCode, Failure
from statuspage.errors import StatuspageError, UnusableArgument

from statuspage_nobl9.errors import (
    AccessDenied,
    Busy,
    CredentialsRejected,
    NoAnswer,
    Nobl9Error,
    NoCredentials,
    NotFound,
    NotVerified,
    OtherVersion,
    Refused,
    RequestFailed,
    ServerFailed,
    Throttled,
    Unavailable,
)

# The nearest class counts: what to do, and the exit code.
_TOLD: dict[type[Nobl9Error], tuple[str, ExitCode]] = {
    Nobl9Error: ("", ExitCode.FAILED),
    NoCredentials: ("`statuspage nobl9 login` keeps them.", ExitCode.KEY_REFUSED),
    OtherVersion: ("--api chooses the version.", ExitCode.WRONG_USE),
    NotVerified: ("--no-verify reports all the same.", ExitCode.FAILED),
    Busy: ("", ExitCode.FAILED),
    RequestFailed: ("Check --base-url: something else may answer there.", ExitCode.FAILED),
    NoAnswer: ("Check --base-url and your network, and try again.", ExitCode.UNREACHABLE),
    Refused: ("Check what was given against its words.", ExitCode.REFUSED),
    CredentialsRejected: (
        "Check the organization, and that client id and client secret belong together.",
        ExitCode.KEY_REFUSED,
    ),
    AccessDenied: ("Check that the owner of the credentials may do this.", ExitCode.KEY_REFUSED),
    NotFound: (
        "Check the id: `statuspage nobl9 components` lists the components.",
        ExitCode.NOT_FOUND,
    ),
    Throttled: ("Try again in a minute, or let the command wait with --wait.", ExitCode.QUOTA),
    ServerFailed: ("It has trouble of its own: try again later.", ExitCode.UNREACHABLE),
    Unavailable: (
        "It has trouble that passes: try again later, or more often with --max-retries.",
        ExitCode.UNREACHABLE,
    ),
}

# How arguments of the package are called here.
_OPTIONS = {
    "base_url": "--base-url",
    "component_name": "NAME",
    "id": "The id",
    "propagate": "--propagate",
    "requested_by": "--requested-by",
    "status": "--status",
    "url": "--url",
}


@contextmanager
def told() -> Iterator[None]:
    """End the command with a sentence where something fails; others are the root's to tell."""
    try:
        yield
    except Nobl9Error as error:
        raise failure(error) from error
    except UnusableArgument as error:
        name = _OPTIONS.get(error.argument, error.argument)
        raise Failure(f"{name} {error.problem}", ExitCode.WRONG_USE) from error


def failure(error: Nobl9Error) -> Failure:
    """Return what ends the command after an error of this package."""
    cause = error.__cause__ if isinstance(error, NotVerified) else None
    code_of = cause if isinstance(cause, Nobl9Error) else error
    advice, _ = _advice(error)
    _, code = _advice(code_of)
    return Failure(f"{error} {advice}".strip(), code)


def _advice(error: StatuspageError) -> tuple[str, ExitCode]:
    return next(_TOLD[kind] for kind in type(error).__mro__ if kind in _TOLD)
