"""A text of several lines: from the command line, a file, standard input or an editor."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from statuspage.cli.app import App
from statuspage.cli.exit_codes import ExitCode
from statuspage.cli.failures import Failure


def message_options[F: Callable[..., Any]](command: F) -> F:
    """Add `--message`, `--message-file` and `--edit`; hand their values to `read_message`."""
    for option in (
        click.option("--edit", "-e", is_flag=True, help="Write the text in $EDITOR."),
        click.option(
            "--message-file",
            "-F",
            metavar="FILE",
            type=click.Path(dir_okay=False, allow_dash=True),
            help="Take the text from this file; - is standard input.",
        ),
        click.option("--message", "-m", metavar="TEXT", help="The text, of one line or several."),
    ):
        command = option(command)
    return command


def read_message(
    app: App, message: str | None, message_file: str | None, *, edit: bool, draft: str = ""
) -> str | None:
    """Return the text, None when none was given.

    An editor begins with what the other options gave, else with `draft`.
    """
    if message is not None and message_file is not None:
        raise click.UsageError("Give --message or --message-file, not both.")
    text = message if message_file is None else _file(app, message_file)
    return _edited(app, text or draft) if edit else text


def _file(app: App, path: str) -> str:
    if path == "-":
        if app.options.token_file == "-":  # noqa: S105 (the sign for standard input)
            raise click.UsageError(
                "Standard input cannot hold both --token-file and --message-file."
            )
        return sys.stdin.read().strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"--message-file cannot be read: {error}", ExitCode.WRONG_USE) from None


def _edited(app: App, draft: str) -> str:
    if not app.environment.can_ask():
        raise click.UsageError("--edit needs a terminal: give the text by --message-file instead.")
    written = click.edit(draft, extension=".md")
    if written is None or not written.strip():
        raise Failure("Nothing was written in the editor, so nothing is done.")
    return written.strip()
