"""The proof that a webhook comes from a subscription of ours: Statuspage itself signs nothing."""

import hashlib
import hmac


def token(secret: str, page_id: str) -> str:
    """Return what the endpoint of a page's subscription carries; it fits no other page."""
    return hmac.new(_bytes(secret), _bytes(page_id), hashlib.sha256).hexdigest()


def is_token(secret: str, page_id: str, given: str) -> bool:
    """Tell whether `given` is the page's token, in a time that tells nothing about it."""
    return hmac.compare_digest(_bytes(token(secret, page_id)), _bytes(given))


def _bytes(text: str) -> bytes:
    # Strangers may send halves of characters, which have no bytes of their own.
    return text.encode(errors="surrogatepass")
