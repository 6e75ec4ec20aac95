"""The options of every command, given before or after its name: the later one counts."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from statuspage.cli.extension import common_option

from statuspage_nobl9.finding import ENV_FILE
from statuspage_nobl9.retrying import Retries
from statuspage_nobl9.versions import AUTO, Version

TIMEOUT = 30.0
_USUAL = Retries()

COMMON = (
    common_option("--json", is_flag=True, help="Print the API's object or list, and nothing else."),
    common_option(
        "--api",
        type=click.Choice([AUTO, *(one.value for one in Version)]),
        help="Which version of the API is spoken; auto takes the one that answers. [default: auto]",
    ),
    common_option(
        "--base-url",
        "--host",
        "host",
        metavar="URL",
        help="Another server that speaks the API than Nobl9's [NOBL9_BASE_URL].",
    ),
    common_option(
        "--env-file",
        type=click.Path(dir_okay=False, exists=True),
        metavar="FILE",
        help=f"Read variables from this file. [default: {ENV_FILE}]",
    ),
    common_option(
        "--profile", metavar="NAME", help="Take the credentials of this name from the keyring."
    ),
    common_option(
        "--max-retries",
        "--retries",
        "retries",
        type=click.IntRange(0, 100),
        metavar="N",
        help=f"How often what failed is sent again. [default: {_USUAL.max_retries}]",
    ),
    common_option(
        "--retry/--no-retry", "retry", help="Send again what failed, or not. [default: retry]"
    ),
    common_option(
        "--initial-backoff",
        type=click.FloatRange(0, 3600),
        metavar="SECONDS",
        help=f"How long to wait before that. [default: {_USUAL.initial_backoff:g}]",
    ),
    common_option(
        "--max-backoff",
        type=click.FloatRange(0, 3600),
        metavar="SECONDS",
        help=f"How long at most. [default: {_USUAL.max_backoff:g}]",
    ),
    common_option(
        "--backoff-multiplier",
        type=click.FloatRange(1, 100),
        metavar="FACTOR",
        help=f"How much longer each time. [default: {_USUAL.backoff_multiplier:g}]",
    ),
    common_option(
        "--wait/--no-wait",
        help="Wait when there were too many requests, or fail at once. [default: wait]",
    ),
    common_option(
        "--timeout",
        type=click.FloatRange(0, min_open=True),
        metavar="SECONDS",
        help=f"How long a request may take. [default: {TIMEOUT:g}]",
    ),
    common_option(
        "--insecure", is_flag=True, help="Do not check the server's certificate this time."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was given, completed by the defaults."""

    api: str = AUTO
    host: str | None = None
    env_file: Path = ENV_FILE
    profile: str = ""
    json: bool = False
    retries: Retries = _USUAL
    timeout: float = TIMEOUT
    insecure: bool = False


def completed(given: dict[str, Any]) -> Options:
    """Return the options as they count."""
    knobs = {
        name: given[name]
        for name in ("initial_backoff", "max_backoff", "backoff_multiplier")
        if name in given
    }
    tries = given.get("retries", _USUAL.max_retries) if given.get("retry", True) else 0
    rest = {
        name: given[name]
        for name in ("api", "host", "profile", "json", "timeout", "insecure")
        if name in given
    }
    return Options(
        env_file=Path(given.get("env_file") or ENV_FILE),
        retries=Retries(max_retries=tries, waits_when_throttled=given.get("wait", True), **knobs),
        **rest,
    )
