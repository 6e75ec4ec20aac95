"""A keyring as the command sees it."""

from statuspage.cli.profiles import Profile
from statuspage.keys import Absent, Place
from statuspage.keys.stores import Store

from .calling import Caller


class Keyring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.items: dict[str, str] = {}
        self.locked = False

    def serve(self, cli: Caller) -> None:
        """Be the keyring of the command."""
        cli.places_of, cli.stores_of = self.place, self.store

    def store(self, profile: Profile) -> list[Store]:
        user = profile.keyring_user or "ada"
        return [
            Store(f"keyring of {user}", lambda key: self._put(user, key), lambda: self._drop(user))
        ]

    def place(self, profile: Profile) -> list[Place]:
        user = profile.keyring_user or "ada"
        return [Place(f"keyring of {user}", lambda: self.items.get(user, Absent("it is locked")))]

    def _put(self, user: str, key: str) -> Absent | None:
        if self.locked:
            return Absent("it is locked")
        self.items[user] = key
        return None

    def _drop(self, user: str) -> Absent | None:
        return None if self.items.pop(user, None) else Absent("it holds no such item")
