"""The command line: `statuspage-server config.yml` serves; the other words are commands."""

import sys

import click

from statuspage_server import __version__
from statuspage_server.cli.heartbeat import heartbeat
from statuspage_server.cli.key import key
from statuspage_server.cli.remove import component, page, prune
from statuspage_server.cli.reports import reports
from statuspage_server.cli.serve import serve
from statuspage_server.cli.testdata import fill, generate
from statuspage_server.errors import ServerError


class _ServeByDefault(click.Group):
    """The seed's way of starting: what is not a command is a config file to serve."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "--help", "-h", "--version"}:
            args = ["serve", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_ServeByDefault,
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar="",
    subcommand_metavar="CONFIG.YML | COMMAND ...",
)
@click.version_option(__version__, message="%(version)s")
def cli() -> None:
    """A status page, driven by heartbeats, that speaks the Statuspage API.

    Start it with your config file: statuspage-server config.yml
    """


cli.add_command(serve)
cli.add_command(key)
cli.add_command(heartbeat)
cli.add_command(page)
cli.add_command(component)
cli.add_command(prune)
cli.add_command(reports)
cli.add_command(fill)
cli.add_command(generate)


def main() -> None:
    try:
        cli.main(standalone_mode=False)
    except ServerError as error:
        click.echo(error, err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
