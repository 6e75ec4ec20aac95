"""Options that several commands have."""

from pathlib import Path

import click

config_file = click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="The file with the settings; without it, they are those of the environment.",
)
