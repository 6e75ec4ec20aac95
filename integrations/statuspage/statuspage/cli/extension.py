"""What a package may use that adds commands, see `added`. The rest may change without notice."""

from .app import environment_of, output_of
from .commanding import Command, Group, command
from .environment import Environment
from .exit_codes import ExitCode
from .failures import Failure
from .input.asking import ask_secret, confirm
from .input.types import LENGTH, MOMENT
from .options import common_option, given
from .output import Cell, Column, Moment, Output, Status, one_line
from .profiles import Profile

__all__ = [
    "LENGTH",
    "MOMENT",
    "Cell",
    "Column",
    "Command",
    "Environment",
    "ExitCode",
    "Failure",
    "Group",
    "Moment",
    "Output",
    "Profile",
    "Status",
    "ask_secret",
    "command",
    "common_option",
    "confirm",
    "environment_of",
    "given",
    "one_line",
    "output_of",
]
