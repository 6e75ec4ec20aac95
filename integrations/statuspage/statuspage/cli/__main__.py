"""`statuspage`, and `python -m statuspage.cli`, start here."""

import signal
import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command, or say what has to be installed for it."""
    # Whoever presses Ctrl-C while the rest is loaded wants no traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        from .root import root  # noqa: PLC0415 (click belongs to an extra)
    except ModuleNotFoundError as error:
        if error.name not in ("click", "rich"):
            raise
        sys.exit(
            f"The command needs the package {error.name}: pip install 'statuspage-client[cli]'"
        )
    for stream in (sys.stdout, sys.stderr):
        # A terminal or file of another encoding shows what it can, and never a traceback.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    root.main(prog_name="statuspage")


if __name__ == "__main__":
    main()
