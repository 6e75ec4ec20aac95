"""One resync, whose end tells a CI job whether everything is in Port.

python -m run_once

It is `ocean sail --once`, which ends with 0 whatever happened. This ends with 1 if the mapping or a
list could not be read, if something could not be deleted, or if Port refused entities.
"""

import sys

from port_ocean.cli.cli import cli_start

import resync_outcome


def main() -> int:
    """Run the command; return its exit code."""
    # What stops Ocean's start ends the program here, with its own code and sentence.
    cli_start(["sail", "--once", *sys.argv[1:]], standalone_mode=False)
    if resync_outcome.last.problem is None:
        return 0
    sys.stderr.write(f"{resync_outcome.last.problem}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
