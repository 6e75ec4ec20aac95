"""Reads what a launcher prints while it runs."""

import subprocess
import threading


def lines_until(started: subprocess.Popen[str], text: str) -> list[str]:
    assert started.stdout is not None
    found: list[str] = []
    # What is never printed ends the program, and with it the reading.
    patience = threading.Timer(120, started.terminate)
    patience.start()
    try:
        for line in started.stdout:
            found.append(line)
            if text in line:
                return found
    finally:
        patience.cancel()
    raise AssertionError("".join(found))
