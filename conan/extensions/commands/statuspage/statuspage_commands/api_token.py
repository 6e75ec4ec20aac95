"""Where the API token comes from: the command line, else what the system keeps for its user."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from conan.errors import ConanException

from .options import read

if TYPE_CHECKING:
    from statuspage.keys import Place

# The keychain that the document has its users make.
SEPARATE_KEYCHAIN = "secrets.keychain"


def find_token(args: argparse.Namespace) -> str:
    """Return the token; where there is none, say which places were asked."""
    from statuspage.errors import NoKey
    from statuspage.keys import first_key

    try:
        return first_key(token_places(args)).key
    except NoKey as error:
        tried = "".join(f"\n  {place}: {why}" for place, why in error.tried)
        raise ConanException(
            f"Status Page API token is required. Store it under the name {args.keychain_service}, "
            f"or give --token-file. Tried:{tried}"
        ) from None


def token_places(args: argparse.Namespace) -> list[Place]:
    """Return the places in the document's order; what is given is the only one.

    There is no environment variable among them: the document finds that too risky.
    """
    from statuspage.keys import Place, places

    if args.token:
        return [Place("--token", lambda: str(args.token))]
    if args.token_file:
        return [Place("--token-file", lambda: read(args.token_file, "--token-file"))]
    stored = (args.keychain_service, args.keychain_user or "")
    found = []
    if sys.platform == "darwin":
        named = [args.keychain] if args.keychain else [None, SEPARATE_KEYCHAIN]
        found += [places.keychain(*stored, path) for path in named]
    elif sys.platform != "win32":
        found.append(places.secret_tool(*stored))
    return [*found, places.keyring(*stored)]
