"""What every request has to be: not too large, and from somebody who may."""

import hmac
from base64 import b64decode

from starlette.requests import Request

from statuspage_bridge.errors import Refused

# PagerDuty sends at most 256 kB, a large group of Alertmanager's is a few times that.
LARGEST = 2_000_000


async def body_of(request: Request) -> bytes:
    """Return the body, as it came: signatures are over its bytes."""
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > LARGEST:
            raise Refused(413, f"The body has more than {LARGEST} bytes.")
    return bytes(found)


def check_token(request: Request, token: str) -> None:
    """Refuse whoever has not the token, as bearer token or as password."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    given = value.strip().encode()
    if scheme.lower() == "basic":
        try:
            given = b64decode(given, validate=True).partition(b":")[2]
        except ValueError:
            given = b""
    elif scheme.lower() != "bearer":
        given = b""
    if not hmac.compare_digest(given, token.encode()):
        raise Refused(401, "The token is missing or wrong: send it as bearer token or password.")
