"""The settings, from the environment: those of Pagerstatus, and beside them our own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr
from statuspage import DEFAULT_HOST

from .core.rules import Rules
from .errors import StartError
from .sources import AnySource
from .sources.alertmanager.settings import AlertmanagerSettings
from .sources.pagerduty.settings import DEFAULT_API, PagerDutySettings

EVERY = timedelta(minutes=3)
RECORD_KEPT = timedelta(days=30)

_LENGTH = re.compile(r"(\d+)\s*(s|m|h|d)?")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, None: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set."""

    page: str
    key: str = field(repr=False)
    host: str = DEFAULT_HOST
    sources: Sequence[AnySource] = ()
    rules: Rules = field(default_factory=Rules)
    every: timedelta = EVERY
    notify: bool = False
    dry_run: bool = False
    template: Path | None = None
    token: str | None = field(default=None, repr=False)
    # Where what is remembered is kept; it may hold a password.
    state: str | None = field(default=None, repr=False)
    record_kept: timedelta = RECORD_KEPT


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings, or say what is missing or cannot be."""
    given = {name: value.strip() for name, value in environment.items() if value.strip()}
    for name, what in (("STATUSPAGE_PAGE", "the page's id"), ("STATUSPAGE_KEY", "an API key")):
        if name not in given:
            raise StartError(f"{name} is missing: set it to {what}.")
    sources = [*_pagerduty(given), *_alertmanager(given)]
    if not sources:
        raise StartError(
            "There is no source: set PD_ACCOUNT_<NAME> to a key of PagerDuty, "
            "or ALERTMANAGER_TOKEN_<NAME> to a token for Alertmanager."
        )
    usual = Rules()
    return Settings(
        page=given["STATUSPAGE_PAGE"],
        key=given["STATUSPAGE_KEY"],
        host=_address("STATUSPAGE_HOST", given.get("STATUSPAGE_HOST", DEFAULT_HOST)),
        sources=sources,
        rules=Rules(
            opens_after=_length(given, "OPENS_AFTER", usual.opens_after),
            resolves_after=_length(given, "RESOLVES_AFTER", usual.resolves_after),
            runs_out_after=_length(given, "RUNS_OUT_AFTER", usual.runs_out_after),
            quiet=frozenset(_listed(given.get("QUIET", ""))),
        ),
        every=max(_length(given, "RECONCILE_EVERY", EVERY), timedelta(seconds=10)),
        notify=_switch(given, "NOTIFY"),
        dry_run=_switch(given, "DRY_RUN"),
        template=Path(given["INCIDENT_TEMPLATE"]) if "INCIDENT_TEMPLATE" in given else None,
        token=given.get("BRIDGE_TOKEN"),
        state=given.get("STATE"),
        record_kept=_length(given, "RECORD_KEPT", RECORD_KEPT),
    )


def _pagerduty(given: Mapping[str, str]) -> list[AnySource]:
    """`PD_ACCOUNT_<NAME>`, `PD_API_<NAME>` and `PD_SECRET_<NAME>`."""
    keys, apis, secrets = (
        _named(given, prefix) for prefix in ("PD_ACCOUNT_", "PD_API_", "PD_SECRET_")
    )
    if lost := sorted({*apis, *secrets} - keys.keys()):
        raise StartError(f"PD_ACCOUNT_{lost[0].upper()} is missing: set it to a key of PagerDuty.")
    return [
        PagerDutySettings(
            name=name,
            key=SecretStr(key),
            api=_address(f"PD_API_{name.upper()}", apis.get(name, DEFAULT_API)),
            secrets=[SecretStr(one) for one in _listed(secrets.get(name, ""))],
            # Whoever has Pagerstatus has V2 webhooks, which nobody signs.
            accepts_unsigned=name not in secrets,
        )
        for name, key in keys.items()
    ]


def _alertmanager(given: Mapping[str, str]) -> list[AnySource]:
    """`ALERTMANAGER_TOKEN_<NAME>` and `ALERTMANAGER_API_<NAME>`."""
    tokens, apis = (
        _named(given, prefix) for prefix in ("ALERTMANAGER_TOKEN_", "ALERTMANAGER_API_")
    )
    if lost := sorted(apis.keys() - tokens.keys()):
        raise StartError(
            f"ALERTMANAGER_TOKEN_{lost[0].upper()} is missing: "
            "set it to what Alertmanager sends as its bearer token."
        )
    return [
        AlertmanagerSettings(
            name=name,
            token=SecretStr(token),
            api=_address(f"ALERTMANAGER_API_{name.upper()}", apis[name]) if name in apis else None,
        )
        for name, token in tokens.items()
    ]


def _named(given: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix).lower(): value
        for name, value in given.items()
        if name.startswith(prefix) and name != prefix
    }


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _address(name: str, value: str) -> str:
    if not re.match(r"https?://[^/\s]+", value):
        raise StartError(f"{name} is {value!r}: it begins with https:// or http://.")
    return value.rstrip("/")


def _length(given: Mapping[str, str], name: str, default: timedelta) -> timedelta:
    return read_length(name, given[name]) if name in given else default


def read_length(name: str, text: str) -> timedelta:
    """Return a length of time; `name` is what it was written for."""
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise StartError(f"{name} is {text!r}: write 90s, 5m, 2h or 1d.")
    return timedelta(seconds=int(match[1]) * _SECONDS[match[2]])


def _switch(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "false").lower()
    if value not in ("true", "false"):
        raise StartError(f"{name} is {given[name]!r}: write true or false.")
    return value == "true"
