"""What a user is told of an error: the library's sentence, advice, and the exit code."""

import click

from statuspage.errors import (
    AccessDenied,
    KeyRejected,
    NoKey,
    NotFound,
    Redirected,
    Refused,
    RequestError,
    ServerFailed,
    StatuspageError,
    Throttled,
    UnknownName,
    Unreachable,
    UnusableArgument,
    UnusableName,
)

from .exit_codes import ExitCode

# The nearest class counts: how the library's sentence goes on, and the exit code.
_TOLD: dict[type[StatuspageError], tuple[str, ExitCode]] = {
    StatuspageError: ("", ExitCode.FAILED),
    UnusableArgument: ("", ExitCode.WRONG_USE),
    NoKey: ("", ExitCode.KEY_REFUSED),
    UnusableName: ("", ExitCode.WRONG_USE),
    UnknownName: ("", ExitCode.NOT_FOUND),
    RequestError: ("", ExitCode.FAILED),
    Unreachable: (". Check --host and your network.", ExitCode.UNREACHABLE),
    Redirected: (": check --host.", ExitCode.FAILED),
    Refused: ("", ExitCode.REFUSED),
    KeyRejected: (
        ": store an API key that works with `statuspage auth login`.",
        ExitCode.KEY_REFUSED,
    ),
    AccessDenied: (": check that the owner of the API key may do this.", ExitCode.KEY_REFUSED),
    NotFound: (".", ExitCode.NOT_FOUND),
    Throttled: (
        ". Try again in a minute, or let the command wait with --wait.",
        ExitCode.QUOTA,
    ),
    ServerFailed: (": it has trouble of its own, try again later.", ExitCode.UNREACHABLE),
}

# How arguments of the library are called here.
_OPTIONS = {"host": "--host", "api_key": "The API key", "id": "The id"}


class Failure(click.ClickException):
    """Ends the command with a sentence on standard error and an exit code."""

    def __init__(self, sentence: str, code: ExitCode = ExitCode.FAILED) -> None:
        super().__init__(sentence)
        self.exit_code = code  # type: ignore[misc]  # a class of its own for each says no more


def perhaps_done(error: RequestError, look: str) -> Failure:
    """Return what ends a command that created something, or nothing: nobody knows."""
    _, code = _advice(error)
    return Failure(
        f"{error} It may have been created all the same: look with `{look}` before you try again. "
        "With --key the command finds out by itself.",
        code,
    )


def failure(error: StatuspageError) -> Failure:
    """Return what ends the command after an error of the library."""
    advice, code = _advice(error)
    sentence = str(error)
    if isinstance(error, UnusableArgument):
        sentence = f"{_OPTIONS.get(error.argument, error.argument)} {error.problem}"
    if isinstance(error, NoKey):
        places = "".join(f"\n  {place}: {why}" for place, why in error.tried)
        sentence = f"No API key was found. `statuspage auth login` stores one. Tried:{places}"
    return Failure(sentence.removesuffix(".") + advice if advice else sentence, code)


def _advice(error: StatuspageError) -> tuple[str, ExitCode]:
    return next(_TOLD[kind] for kind in type(error).__mro__ if kind in _TOLD)
