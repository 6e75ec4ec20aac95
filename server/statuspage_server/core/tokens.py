"""Who may refresh what. Tokens are compared in constant time, every one of them each time."""

from collections.abc import Iterable
from hmac import compare_digest


def matches(given: str, accepted: Iterable[str]) -> bool:
    """Whether the token is one of the accepted ones; takes as long whichever it is."""
    encoded = given.encode("utf-8", "surrogateescape")
    found = False
    for token in accepted:
        found |= compare_digest(encoded, token.encode())
    return found
