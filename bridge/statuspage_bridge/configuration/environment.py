"""The settings from the environment: those of Pagerstatus, and beside them our own."""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from statuspage_bridge.errors import StartError
from statuspage_bridge.sources import AnySource
from statuspage_bridge.sources.alertmanager.settings import AlertmanagerSettings
from statuspage_bridge.sources.pagerduty.settings import DEFAULT_API, PagerDutySettings

from .lengths import read_length
from .rules import Choices
from .settings import DEFAULT, SHORTEST, Settings
from .texts_file import read_texts


def read_environment(environment: Mapping[str, str], folder: Path = Path()) -> Settings:
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
    template = Path(given["INCIDENT_TEMPLATE"]) if "INCIDENT_TEMPLATE" in given else None
    every = _length(given, "RECONCILE_EVERY")
    others: dict[str, Any] = {
        "host": _address("STATUSPAGE_HOST", given["STATUSPAGE_HOST"])
        if "STATUSPAGE_HOST" in given
        else None,
        "every": max(every, SHORTEST) if every is not None else None,
        "runs_out_after": _length(given, "RUNS_OUT_AFTER"),
        "record_kept": _length(given, "RECORD_KEPT"),
        "state": SecretStr(given["STATE"]) if "STATE" in given else None,
        "token": SecretStr(given["BRIDGE_TOKEN"]) if "BRIDGE_TOKEN" in given else None,
    }
    return Settings(
        page=given["STATUSPAGE_PAGE"],
        key=SecretStr(given["STATUSPAGE_KEY"]),
        sources=sources,
        defaults=Choices(
            opens_after=_length(given, "OPENS_AFTER"),
            resolves_after=_length(given, "RESOLVES_AFTER"),
            notify=_switch(given, "NOTIFY"),
        ),
        quiet=_listed(given.get("QUIET", "")),
        dry_run=_switch(given, "DRY_RUN"),
        templates={DEFAULT: read_texts(template, folder)},
        **{name: value for name, value in others.items() if value is not None},
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


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _address(name: str, value: str) -> str:
    if not re.match(r"https?://[^/\s]+", value):
        raise StartError(f"{name} is {value!r}: it begins with https:// or http://.")
    return value.rstrip("/")


def _length(given: Mapping[str, str], name: str) -> timedelta | None:
    if name not in given:
        return None
    try:
        return read_length(given[name])
    except ValueError as error:
        raise StartError(f"{name} is {given[name]!r}: write 90s, 5m, 2h or 1d.") from error


def _switch(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "false").lower()
    if value not in ("true", "false"):
        raise StartError(f"{name} is {given[name]!r}: write true or false.")
    return value == "true"
