"""The command `statuspage` itself: its groups, and what happens when something fails."""

import errno
from typing import Any

import click

from statuspage.errors import StatuspageError

from .added import added
from .commanding import Group
from .commands import ADDED, COMMANDS, GROUPS
from .exit_codes import ExitCode
from .failures import Failure, failure

_PACKAGE = f"{__package__}.commands"


class Root(Group):
    """Has what other packages add, and turns every error into a sentence and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *ADDED]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or added(cmd_name)

    def told(self) -> dict[str, str]:
        return super().told() | ADDED

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except StatuspageError as error:
            raise failure(error) from error
        except OSError as error:
            # Whoever reads a pipe may have read enough: click ends quietly then.
            if error.errno == errno.EPIPE:
                raise
            where = f"{error.filename}: " if error.filename else ""
            raise Failure(f"{where}{error.strerror or error}.") from error
        except (KeyboardInterrupt, click.Abort):
            click.echo(err=True)
            raise click.exceptions.Exit(ExitCode.INTERRUPTED) from None

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (the signature is click's)
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(int(code)), code.told) for code in ExitCode])


def _version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 (click calls it so)
    if wanted and not context.resilient_parsing:
        from importlib.metadata import version  # noqa: PLC0415 (needed by this option alone)

        click.echo(version("statuspage-client"))
        context.exit()


root = Root(
    "statuspage",
    _PACKAGE,
    COMMANDS,
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            help="Print the version.",
        )
    ],
    help="Read and write status pages of Atlassian Statuspage, or of a server that speaks its API.",
    examples=[
        "statuspage auth login",
        "statuspage incident list",
    ],
)
for _name, (_told, _commands) in GROUPS.items():
    root.add_command(Group(_name, f"{_PACKAGE}.{_name}", _commands, help=_told, short_help=_told))
