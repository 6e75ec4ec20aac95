"""Commands that other packages add to `statuspage`: an entry point each.

    [project.entry-points."statuspage.commands"]
    nobl9 = "statuspage_nobl9.commands:command"

The name is that of the command, what it names is a click command, and what that may use of this
package is in `extension`. They are looked for when they are called: looking takes as long as all
of `--help`, which therefore lists those of this repository alone.
"""

import click

from .commands import ADDED
from .failures import Failure

ENTRY_POINTS = "statuspage.commands"


def added(name: str) -> click.Command | None:
    """Return the command that an installed package adds under this name."""
    from importlib.metadata import entry_points  # noqa: PLC0415 (see above)

    for found in entry_points(group=ENTRY_POINTS, name=name):
        command: click.Command = found.load()
        return command
    return _missing(name) if name in ADDED else None


def _missing(name: str) -> click.Command:
    """Return what stands in for a command until its package is installed."""

    def say() -> None:
        raise Failure(
            f"`statuspage {name}` is a package of its own: install statuspage-{name} into the "
            "Python that runs this command, from a copy of the repository with "
            f"pip install './{name}[cli]'."
        )

    anything = {"ignore_unknown_options": True, "allow_extra_args": True}
    return click.Command(name, callback=say, context_settings=anything, add_help_option=False)
