"""What every request has to be: not too large."""

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
