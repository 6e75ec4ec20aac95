"""A failure of a command is one sentence."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from statuspage_bridge.errors import BridgeError


@contextmanager
def as_sentence() -> Iterator[None]:
    """Print the sentence of an error of ours, and end with status 1."""
    try:
        yield
    except BridgeError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
