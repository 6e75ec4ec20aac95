"""Which places and stores this system has, in the order in which they are asked."""

import sys

from . import places as one
from . import stores as store
from .chain import Place
from .stores import Store

# The keychain that the Conan commands' document has its users make.
SEPARATE_KEYCHAIN = "secrets.keychain"


def places(service: str = "", user: str = "", keychain: str = "") -> list[Place]:
    """Return the keyring, then the program by which this system's users store secrets."""
    service = service or one.SERVICE
    found = [one.keyring(service, user)]
    if sys.platform == "darwin":
        named = [keychain] if keychain else [None, SEPARATE_KEYCHAIN]
        found += [one.keychain(service, user, path) for path in named]
    elif sys.platform != "win32":
        found.append(one.secret_tool(service, user))
    return found


def stores(service: str = "", user: str = "") -> list[Store]:
    """Return where this system can keep a key: the first that takes it is enough."""
    service = service or one.SERVICE
    found = [store.keyring(service, user)]
    if sys.platform not in ("darwin", "win32"):
        found.append(store.secret_tool(service, user))
    return found
