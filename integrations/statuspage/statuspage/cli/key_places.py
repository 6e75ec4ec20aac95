"""Where the command looks for the API key, in this order."""

import sys
from pathlib import Path

from statuspage.keys import Absent, Place
from statuspage.keys.places import file, variable

from .environment import Environment
from .options import Options


def places(environment: Environment, options: Options) -> list[Place]:
    """Return the places; a file that was named on the command line is the only one."""
    if options.token_file == "-":  # noqa: S105 (the sign for standard input)
        return [Place("standard input (--token-file -)", _standard_input)]
    if options.token_file:
        return [file(Path(options.token_file), f"--token-file {options.token_file}")]
    found = [variable(environment.variables)]
    if options.key_file:
        found.append(file(options.key_file, f"key_file of the profile {options.profile.name}"))
    return [*found, *environment.places(options.profile)]


def _standard_input() -> str | Absent:
    if sys.stdin.isatty():
        return Absent("it is a terminal: give the key by a pipe, or use statuspage auth login")
    return sys.stdin.readline()
