"""Which places this system has, in the order in which they are asked."""

import sys

from . import places as one
from .chain import Place

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
