"""Asks the services that `.env` names once, so that a mistake is told before Ocean starts."""

import json
import ssl
import urllib.error
import urllib.request
from http.client import HTTPException, InvalidURL
from urllib.parse import urlsplit

from launcher.credentials import API_KEY, BASE_URL, CLIENT_ID, CLIENT_SECRET, HOST, Credentials
from launcher.errors import BadSettings, Refused

PATIENCE = 15.0
# The quota is spent, which the integration waits for.
SPENT = frozenset({420, 429})


def check_port(credentials: Credentials) -> None:
    body = {"clientId": credentials[CLIENT_ID], "clientSecret": credentials[CLIENT_SECRET]}
    status, content = _ask(
        "Port",
        BASE_URL,
        credentials.address(BASE_URL),
        "/v1/auth/access_token",
        data=json.dumps(body).encode(),
        headers={"content-type": "application/json"},
    )
    if status >= 500:
        raise Refused(f"Port answers with {status}: it has trouble of its own, try again later.")
    if status >= 400:
        raise Refused(
            f"Port refuses the client id and secret ({status}): check {CLIENT_ID} and "
            f"{CLIENT_SECRET}, and that {BASE_URL} is the address of your region."
        )
    if "accessToken" not in content:
        raise Refused(f"What answers at {BASE_URL} is not Port: check the address.")


def check_statuspage(credentials: Credentials) -> None:
    """List the pages of the key, which costs one request of its quota."""
    key = credentials[API_KEY].removeprefix("OAuth ")
    status, content = _ask(
        "Statuspage",
        HOST,
        credentials.address(HOST),
        "/v1/pages",
        headers={"authorization": f"OAuth {key}"},
    )
    if status in SPENT:
        return
    if status >= 500:
        raise Refused(
            f"Statuspage answers with {status}: it has trouble of its own, try again later."
        )
    if status in {401, 403}:
        raise Refused(f"Statuspage refuses the API key ({status}): check {API_KEY}.")
    if status >= 400 or not content.lstrip().startswith("["):
        raise Refused(f"What answers at {HOST} is not Statuspage ({status}): check the address.")


def _ask(
    name: str,
    variable: str,
    address: str,
    path: str,
    *,
    headers: dict[str, str],
    data: bytes | None = None,
) -> tuple[int, str]:
    where = _shown(address, variable)
    try:
        request = urllib.request.Request(f"{address}{path}", data, headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return answer.status, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, ""
    except InvalidURL as error:
        raise BadSettings(f"{variable} is no address: copy it again.") from error
    except (OSError, HTTPException) as error:
        raise Refused(
            f"{name} cannot be reached at {where} ({_reason(error)}): check {variable} and your "
            "network."
        ) from error
    except ValueError as error:
        # A header that cannot be sent: the key holds something odd.
        raise BadSettings(f"{API_KEY} has characters that no key has: copy it again.") from error


def _shown(address: str, variable: str) -> str:
    """Return an address without what may be a password in it."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise BadSettings(f"{variable} is no address: write for example https://api.example.com.")
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}"


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return "no answer in time"
    if isinstance(cause, ssl.SSLCertVerificationError):
        return cause.verify_message
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return str(cause) or type(cause).__name__
