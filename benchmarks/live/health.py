"""How long the integration takes to tell that it is alive, whatever else it does."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from resync.web import NoAnswer, ask

INTERVAL = 0.02


@contextmanager
def watched_health(address: str) -> Iterator[list[float]]:
    """Ask all the while; the list holds the seconds of each answer."""
    answers: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(INTERVAL):
            asked = time.monotonic()
            try:
                ask(f"{address}/health/live")
            except NoAnswer:
                # It is being started again.
                continue
            answers.append(time.monotonic() - asked)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield answers
    finally:
        over.set()
        watching.join()
