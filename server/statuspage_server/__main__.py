"""`statuspage-server`, and `python -m statuspage_server`, start here."""

import signal


def main() -> None:
    # Whoever presses Ctrl-C while the rest is loaded wants no traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from statuspage_server.cli import main as command  # noqa: PLC0415 (it takes half a second)

    signal.signal(signal.SIGINT, signal.default_int_handler)
    command()


if __name__ == "__main__":
    main()
