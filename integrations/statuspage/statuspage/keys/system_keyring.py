"""The keyring of the system: it may be locked, broken or silent, and nobody waits long for it."""

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from types import ModuleType

from .chain import Absent
from .programs import PATIENCE, UNLOCKING


def password(service: str, user: str, patience: float = PATIENCE) -> str | Absent:
    """Return what is stored under a service for a user."""
    found = within(lambda: _keyring().get_password(service, user), patience)
    return Absent("it holds no such item") if found is None else found


def put(service: str, user: str, key: str, patience: float = UNLOCKING) -> Absent | None:
    """Store a key."""
    return within(lambda: _keyring().set_password(service, user, key), patience)


def delete(service: str, user: str, patience: float = UNLOCKING) -> Absent | None:
    """Delete what is stored under a service for a user."""
    return within(lambda: _keyring().delete_password(service, user), patience)


def _keyring() -> ModuleType:
    try:
        import keyring  # noqa: PLC0415 (it belongs to an extra)
    except ModuleNotFoundError:
        raise LookupError("it needs pip install 'statuspage-client[keyring]'") from None
    return keyring


def within[T](ask: Callable[[], T], patience: float) -> T | Absent:
    """Return what `ask` returns, or why it did not.

    D-Bus waits for 25 s and nothing can be cancelled there, so a thread is left behind.
    """
    answers: SimpleQueue[T | Absent] = SimpleQueue()

    def work() -> None:
        try:
            answers.put(ask())
        except Exception as error:  # noqa: BLE001 (backends raise what their systems raise)
            said = " ".join(str(error).split()).partition(". ")[0][:200]
            answers.put(Absent(said or type(error).__name__))

    threading.Thread(target=work, daemon=True).start()
    try:
        return answers.get(timeout=patience)
    except Empty:
        return Absent(f"it did not answer within {patience:g} s")
