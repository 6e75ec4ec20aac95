"""Questions on a terminal. Without one nothing is asked: the missing option is named.

Questions go to standard error, so that standard output holds the result alone.
"""

from collections.abc import Mapping, Sequence
from typing import NoReturn, Protocol

import click

from statuspage.cli.app import App
from statuspage.cli.environment import Environment
from statuspage.cli.exit_codes import ExitCode
from statuspage.cli.failures import Failure
from statuspage.cli.output import text_of


class Asking(Protocol):
    """A command that may ask: one of this package, or one that another package adds."""

    @property
    def environment(self) -> Environment:
        """The world around the command."""


def missing(option: str) -> NoReturn:
    """End the command because an option is missing and nobody can be asked for it."""
    raise click.UsageError(f"Missing option {option}.")


def ask_text(app: App, option: str, question: str, *, default: str | None = None) -> str:
    """Ask for one line."""
    if not app.environment.can_ask():
        missing(option)
    answer: str = click.prompt(question, default=default, show_default=bool(default), err=True)
    return answer


def ask_secret(app: Asking, option: str, question: str) -> str:
    """Ask for a line that is not shown while it is typed."""
    if not app.environment.can_ask():
        missing(option)
    answer: str = click.prompt(question, hide_input=True, err=True)
    return answer


def choose(app: App, option: str, question: str, choices: Mapping[str, str]) -> str:
    """Ask for one of several values, each with the words that describe it."""
    (chosen,) = _choose(app, option, question, choices, several=False)
    return chosen


def choose_several(app: App, option: str, question: str, choices: Mapping[str, str]) -> list[str]:
    """Ask for any of several values: `1,3-4`, or nothing at all."""
    return _choose(app, option, question, choices, several=True)


def confirm(app: Asking, option: str, question: str) -> None:
    """End the command unless somebody agrees; `option` agrees without a question."""
    if not app.environment.can_ask():
        missing(option)
    if not click.confirm(question, err=True):
        raise Failure("Nothing was done.")


def preview(app: App, title: str, lines: Sequence[str]) -> None:
    """Show what is about to be done."""
    app.output.note("\n".join([title, *(f"  {line}" for line in lines)]))


def chosen_numbers(answer: str, count: int) -> list[int]:
    """Read `1,3-4` as numbers from 1 to `count`; raise `ValueError` with a sentence."""
    numbers: dict[int, None] = {}
    for part in answer.replace(" ", ",").split(","):
        first, dash, last = part.partition("-")
        if not part:
            continue
        try:
            span = range(int(first), int(last if dash else first) + 1)
        except ValueError:
            raise ValueError(f"{part!r} is no number.") from None
        if not span or span[0] < 1 or span[-1] > count:
            raise ValueError(f"{part!r} is not within 1 to {count}.")
        numbers.update(dict.fromkeys(span))
    return list(numbers)


def _choose(
    app: App, option: str, question: str, choices: Mapping[str, str], *, several: bool
) -> list[str]:
    if not app.environment.can_ask():
        missing(option)
    if not choices:
        raise Failure(f"There is nothing to choose for {option}.", ExitCode.NOT_FOUND)
    values = list(choices)
    for number, words in enumerate(choices.values(), 1):
        app.output.note(f"{number:>4}  {text_of(words)}")

    def read(answer: str) -> list[str]:
        try:
            numbers = chosen_numbers(answer, len(values))
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
        if not several and len(numbers) != 1:
            raise click.BadParameter("Choose one.")
        return [values[number - 1] for number in numbers]

    hint = "such as 1,3-4, or nothing" if several else f"1 to {len(values)}"
    found: list[str] = click.prompt(
        f"{question} ({hint})",
        default="" if several else None,
        show_default=False,
        value_proc=read,
        err=True,
    )
    return found
