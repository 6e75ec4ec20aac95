"""Values of the examples that nobody has put right: they are refused, not taken at their word."""

from urllib.parse import urlsplit

# Reserved for documents (RFC 2606), so they lead nowhere. `test` is for tests, like ours. The
# examples also have words in capitals, which begin with YOUR_.
RESERVED = ("example.com", "example.net", "example.org", "example", "invalid")


def is_reserved(address: str) -> bool:
    """Tell whether a URL or an e-mail address is at a domain that is only for examples."""
    if "YOUR_" in address:
        return True
    try:
        host = urlsplit(address).hostname or address.rpartition("@")[2]
    except ValueError:
        return False
    host = host.lower().rstrip(".")
    return any(host == domain or host.endswith(f".{domain}") for domain in RESERVED)
