"""What the user set, checked: a value that cannot work stops the start with one sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from placeholders import is_reserved
from statuspage import DEFAULT_HOST, QUOTA, UnusableArgument, base_address, is_identifier

# As fast as Atlassian's webhooks, which come some 30 seconds after the change.
WATCH_EVERY = 30

# The vendor's servers keep an answer for longer than that.
SHORTEST_INTERVAL = 5

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class SettingError(Exception):
    """A value that the user set cannot work: `parameter` names it as .port/spec.yaml does."""

    def __init__(self, parameter: str, problem: str) -> None:
        super().__init__(f"{parameter} {problem}")
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class Settings:
    """The integration's own configuration; docs/settings.md describes each."""

    api_key: str
    host: str
    page_ids: tuple[str, ...]
    requests_per_minute: int
    redis_url: str | None
    webhook_contact_email: str | None
    watch_interval: int


def read_settings(config: Mapping[str, Any], base_url: object = None) -> Settings:
    """Check Ocean's `integration.config`, whose keys are the parameters in snake case.

    And, of Ocean's own settings, the address at which Statuspage is to reach the integration.
    """
    _refuse_examples(baseUrl=base_url, appHost=config.get("app_host"))
    return Settings(
        api_key=_api_key(config.get("statuspage_api_key")),
        host=_host(config.get("statuspage_host") or DEFAULT_HOST),
        page_ids=_page_ids(config.get("statuspage_ids") or []),
        requests_per_minute=_requests_per_minute(config.get("requests_per_minute")),
        redis_url=_redis_url(config.get("redis_url")),
        webhook_contact_email=_webhook_contact_email(config.get("webhook_contact_email")),
        watch_interval=_watch_interval(config.get("watch_interval")),
    )


def _refuse_examples(**addresses: object) -> None:
    for parameter, value in addresses.items():
        if isinstance(value, str) and is_reserved(value):
            raise SettingError(
                parameter,
                f"is {value}, an address that is only for examples: set the one at which "
                "Statuspage reaches the integration, or leave it out.",
            )


def _api_key(value: object) -> str:
    # A file or a secret store often adds a newline; within a key, white space is a mistake.
    key = value.strip() if isinstance(value, str) else ""
    if not key:
        raise SettingError("statuspageApiKey", "is missing: set it to your Statuspage API key.")
    key = key.removeprefix("OAuth ")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise SettingError("statuspageApiKey", "has characters that no API key has: copy it again.")
    return key


def _host(value: str) -> str:
    try:
        return base_address(value)
    except UnusableArgument as error:
        raise SettingError("statuspageHost", error.problem) from None


def _page_ids(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise SettingError("statuspageIds", 'must be a list such as ["r4k9wz2mq7xd"].')
    for page_id in value:
        if not isinstance(page_id, str) or not is_identifier(page_id.strip()):
            raise SettingError(
                "statuspageIds",
                f"holds {page_id!r}, which is no page id: a page id is the last part of the "
                "address when you edit the page in Statuspage.",
            )
    return tuple(dict.fromkeys(page_id.strip() for page_id in value))


def _requests_per_minute(value: object) -> int:
    if value is None:
        return QUOTA
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise SettingError(
            "requestsPerMinute", f"is {value!r}: it must be a whole number, at least 1."
        )
    return value


def _redis_url(value: object) -> str | None:
    url = value.strip() if isinstance(value, str) else ""
    if not url:
        return None
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise SettingError("redisUrl", "must begin with redis://, rediss:// or unix://.")
    try:
        readable = urlsplit(url).port != 0
    except ValueError:
        readable = False
    if not readable:
        # The address itself stays unsaid: it may hold a password.
        raise SettingError(
            "redisUrl",
            "cannot be read as an address: signs such as / or @ in a password are written as "
            "%2F or %40.",
        )
    return url


def _webhook_contact_email(value: object) -> str | None:
    address = value.strip() if isinstance(value, str) else ""
    if not address:
        return None
    if not _EMAIL.fullmatch(address) or not address.isprintable():
        raise SettingError("webhookContactEmail", f"is {address!r}: write one e-mail address.")
    if is_reserved(address):
        raise SettingError(
            "webhookContactEmail",
            f"is {address}, which is only for examples: write one that somebody reads.",
        )
    return address


def _watch_interval(value: object) -> int:
    if value is None:
        return WATCH_EVERY
    is_too_short = isinstance(value, int) and value != 0 and value < SHORTEST_INTERVAL
    if not isinstance(value, int) or isinstance(value, bool) or is_too_short:
        raise SettingError(
            "watchInterval",
            f"is {value!r}: it must be 0 or a whole number of seconds, at least "
            f"{SHORTEST_INTERVAL}.",
        )
    return value
