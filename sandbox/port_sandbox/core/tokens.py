"""Access tokens: who asks, and until when."""

from datetime import datetime, timedelta
from typing import Any

import jwt

from port_sandbox.errors import Unauthorized

ALGORITHM = "HS256"


def issued(client: str, secret: str, now: datetime, lifetime: timedelta) -> str:
    """Return a token for a machine; Ocean runs actions only for those."""
    claims: dict[str, Any] = {
        "sub": client,
        "isMachine": True,
        "personalToken": False,
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
    }
    return jwt.encode(claims, secret, algorithm=ALGORITHM)


def client_of(header: str | None, secret: str, now: datetime) -> str:
    """Return whom an Authorization header names."""
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthorized("No access token was sent")
    try:
        # The clock is ours, so the time is looked at here.
        unchecked = {"verify_exp": False, "verify_iat": False}
        claims = jwt.decode(token, secret, algorithms=[ALGORITHM], options=unchecked)  # type: ignore[arg-type]
    except jwt.InvalidTokenError as error:
        raise Unauthorized("The access token is not one of this sandbox") from error
    if claims.get("exp", 0) <= now.timestamp():
        raise Unauthorized("The access token has expired")
    return str(claims.get("sub", ""))
