"""Who asks: client credentials, which are recommended, or an API token. No I/O.

Nobl9 takes the pair itself, by Basic authentication, for issues from outside, and an access token
for everything else: https://docs.nobl9.com/api/access-token/generate-access-token
"""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from .errors import NoCredentials

CLIENT_ID = "NOBL9_CLIENT_ID"
CLIENT_SECRET = "NOBL9_CLIENT_SECRET"  # noqa: S105 (the name of a variable)
API_TOKEN = "NOBL9_API_TOKEN"  # noqa: S105 (so is this)
ORGANIZATION = "NOBL9_ORG"
BASE_URL = "NOBL9_BASE_URL"
NAMES = (ORGANIZATION, CLIENT_ID, CLIENT_SECRET, API_TOKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """One of the two, and the organization."""

    organization: str
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    api_token: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Refuse what nothing could be sent with."""
        for name, value in (
            (ORGANIZATION, self.organization),
            (CLIENT_ID, self.client_id),
            (CLIENT_SECRET, self.client_secret),
            (API_TOKEN, self.api_token),
        ):
            # They become parts of headers.
            if not value.isprintable() or not value.isascii() or any(map(str.isspace, value)):
                raise NoCredentials([name], f"{name} holds characters that it cannot have.")
        if missing := _missing(self):
            raise NoCredentials(missing, _sentence(missing))

    @property
    def are_a_pair(self) -> bool:
        """Tell client credentials, of which an access token is made, from an API token."""
        return bool(self.client_id)

    @property
    def basic(self) -> str:
        """The header of Basic authentication."""
        pair = b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
        return f"Basic {pair}"

    def hide(self, text: str) -> str:
        """Return `text` without secrets, should a server have repeated them."""
        for secret in (self.client_secret, self.api_token, self.basic.removeprefix("Basic ")):
            text = text.replace(secret, "[hidden]") if secret else text
        return text

    def digest(self, address: str) -> str:
        """Return what files are named by that belong to this address and these credentials."""
        whole = "\n".join(
            [address, self.organization, self.client_id, self.client_secret, self.api_token]
        )
        return hashlib.sha256(whole.encode()).hexdigest()[:24]


def from_values(values: Mapping[str, str]) -> Credentials:
    """Return the credentials that variables of these names hold; the pair goes before a token."""
    pair = bool(values.get(CLIENT_ID) and values.get(CLIENT_SECRET))
    token = values.get(API_TOKEN, "")
    return Credentials(
        organization=values.get(ORGANIZATION, ""),
        client_id=values.get(CLIENT_ID, "") if pair or not token else "",
        client_secret=values.get(CLIENT_SECRET, "") if pair or not token else "",
        api_token="" if pair else token,
    )


def _missing(credentials: Credentials) -> list[str]:
    missing = [] if credentials.organization else [ORGANIZATION]
    if not credentials.api_token:
        missing += [] if credentials.client_id else [CLIENT_ID]
        missing += [] if credentials.client_secret else [CLIENT_SECRET]
    return missing


def _sentence(missing: list[str]) -> str:
    listed = " and ".join(missing)
    return (
        f"{listed} {'is' if len(missing) == 1 else 'are'} missing: they are found in Nobl9 under "
        "Settings, API Access, and set in the environment, in a file .env, or in the keyring."
    )
