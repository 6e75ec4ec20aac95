"""Options that several of the commands that write have."""

from collections.abc import Callable
from typing import Any

import click

from statuspage.cli.app import App
from statuspage.cli.completion import component_names
from statuspage.cli.input.texts import message_options, read_message
from statuspage.drafts import COMPONENT_STATUSES, IMPACTS

from .named import NAMED

type Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _all(*options: Decorator) -> Decorator:
    def with_all(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return with_all


def components(what: str) -> Decorator:
    """Add `--component`, as often as it is wanted."""
    return click.option(
        "--component",
        "-c",
        "named",
        type=NAMED,
        multiple=True,
        metavar="NAME[=STATUS]",
        shell_complete=component_names,
        help=what,
    )


def component_status(what: str, default: str | None = None) -> Decorator:
    """Add the status of the components that are named without one."""
    return click.option(
        "--component-status",
        "-cs",
        type=click.Choice(COMPONENT_STATUSES),
        default=default,
        show_default=default is not None,
        help=what,
    )


title = click.option("--title", "-t", metavar="TEXT", help="The title that everybody sees.")
impact = click.option(
    "--impact",
    "-i",
    type=click.Choice(IMPACTS),
    help="The impact, in the place of what follows from the components.",
)
key = click.option(
    "--key",
    metavar="TEXT",
    help="A name of your own: while one with this key is open, no second is created.",
)
open_key = click.option(
    "--key", metavar="TEXT", help="The key that it was created with, in the place of its id."
)
template = click.option(
    "--template", metavar="NAME", help="Take title, text, status and components from a template."
)
dry_run = click.option(
    "--dry-run", is_flag=True, help="Print the request and what it would change; write nothing."
)
keep_components = click.option(
    "--keep-components", is_flag=True, help="Leave all components as they are."
)
yes = click.option("--yes", "-y", is_flag=True, help="Do not ask.")

# Whom it reaches, and whether that is asked first.
notify = _all(
    click.option(
        "--notify/--no-notify",
        "deliver_notifications",
        default=False,
        help="Notify the page's subscribers. [default: no-notify]",
    ),
    yes,
)
change = _all(message_options, notify, dry_run)


def message_of(app: App, given: dict[str, Any]) -> str | None:
    """Take the options of the message out of what was given, and return the text."""
    message, file, edit = (given.pop(name) for name in ("message", "message_file", "edit"))
    return read_message(app, message, file, edit=edit)
