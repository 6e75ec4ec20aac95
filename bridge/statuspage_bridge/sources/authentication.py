"""What proves who sent a webhook. Everything is compared in constant time."""

import hmac
from base64 import b64decode
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from pydantic import Field, SecretStr

from statuspage_bridge.errors import Refused

from .settings import Secret, Settings
from .source import Webhook

# How old a signed webhook may be where it says when it was sent.
OLDEST = timedelta(minutes=5)


class Signature(Settings):
    """A hexadecimal HMAC-SHA256 of the body in a header."""

    secret: Secret
    header: str = Field(min_length=1)
    # What stands before it in the header, such as `sha256=`.
    prefix: str = ""
    # The header with the time in seconds, where the sender signs `<time>:<body>`.
    timestamp_header: str | None = None


def check_token(headers: Mapping[str, str], token: SecretStr) -> None:
    """Refuse whoever has not the token, as bearer token or as password."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    given = value.strip().encode()
    if scheme.lower() == "basic":
        try:
            given = b64decode(given, validate=True).partition(b":")[2]
        except ValueError:
            given = b""
    elif scheme.lower() != "bearer":
        given = b""
    if not hmac.compare_digest(given, token.get_secret_value().encode()):
        raise Refused(401, "The token is missing or wrong: send it as bearer token or password.")


def check_query(query: Mapping[str, str], secret: SecretStr) -> None:
    """Refuse an address without the secret, for who can send nothing else."""
    if not hmac.compare_digest(
        query.get("secret", "").encode(), secret.get_secret_value().encode()
    ):
        raise Refused(401, "The secret is missing or wrong: the address ends with ?secret=...")


def check_signature(webhook: Webhook, signature: Signature, now: datetime) -> None:
    """Refuse a body that was not signed, or was so too long ago."""
    given = webhook.headers.get(signature.header.lower(), "").strip()
    if not given:
        raise Refused(401, f"The header {signature.header} is missing: let the sender sign.")
    signed = webhook.body
    if signature.timestamp_header is not None:
        time = webhook.headers.get(signature.timestamp_header.lower(), "").strip()
        _check_age(time, now)
        signed = time.encode() + b":" + signed
    expected = signature.prefix + _signed([signature.secret], signed)[0]
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise Refused(401, "The signature does not fit: both sides need the same secret.")


def any_signed(body: bytes, given: Iterable[str], secrets: Iterable[SecretStr]) -> bool:
    """Tell whether one of the signatures is that of one of the secrets."""
    expected = _signed(secrets, body)
    # Every pair is compared, so that the time it takes tells nothing.
    matches = [hmac.compare_digest(one.encode(), by.encode()) for one in given for by in expected]
    return any(matches)


def _signed(secrets: Iterable[SecretStr], body: bytes) -> list[str]:
    keys = [secret.get_secret_value().encode() for secret in secrets]
    return [hmac.new(key, body, "sha256").hexdigest() for key in keys]


def _check_age(time: str, now: datetime) -> None:
    seconds = int(time) if time.isascii() and time.isdigit() and len(time) < 12 else None
    if seconds is None or abs(now.timestamp() - seconds) > OLDEST.total_seconds():
        raise Refused(401, "The webhook is too old, or does not say when it was signed.")
