"""One resync, whose end tells a CI job whether everything is in Port.

python -m run_once

It is `ocean sail --once`, which ends with 0 whatever happened. This ends with 1 if the mapping or a
list could not be read, if something could not be deleted, or if Port refused entities.
"""

import signal

if __name__ == "__main__":
    # Whoever presses Ctrl-C while the rest is loaded wants no traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import sys

import click
from port_ocean.cli.cli import cli_start

import resync_outcome

# What a shell reports of a program that Ctrl-C ended.
INTERRUPTED = 130


def main() -> int:
    """Run the command; return its exit code."""
    # From here on the server ends in order, and the last line is written.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # What stops Ocean's start ends the program here, with its own code and sentence.
    try:
        cli_start(["sail", "--once", *sys.argv[1:]], standalone_mode=False)
    except click.Abort:
        return INTERRUPTED
    if resync_outcome.last.problem is None:
        return 0
    sys.stderr.write(f"{resync_outcome.last.problem}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
