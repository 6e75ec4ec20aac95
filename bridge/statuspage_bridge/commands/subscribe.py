"""`statuspage-bridge subscribe` and `unsubscribe`: PagerDuty's webhook subscription."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import click
import httpx

from statuspage_bridge.configuration.reading import read_settings
from statuspage_bridge.errors import StartError
from statuspage_bridge.sources.endpoint import Endpoint
from statuspage_bridge.sources.pagerduty.lists import pagerduty_headers
from statuspage_bridge.sources.pagerduty.settings import PagerDutySettings
from statuspage_bridge.sources.pagerduty.subscriptions import Subscriptions
from statuspage_bridge.sources.pagerduty.webhook import subscribed_events

from .options import config_file
from .sentences import as_sentence

of_what = click.argument("source", type=click.Choice(["pagerduty"]))
of_whom = click.argument("name")
where = click.option("--url", required=True, help="Where the bridge can be reached, by https://.")


@click.command()
@of_what
@of_whom
@where
@config_file
def subscribe(config: Path | None, source: str, name: str, url: str) -> None:  # noqa: ARG001 (one kind so far)
    """Let PagerDuty account NAME send to the bridge. A second time it adjusts the events."""
    with as_sentence():
        settings = _account(config, name)
        events = subscribed_events(settings)
        made = _with_subscriptions(settings, url, lambda own: own.ensure(events))
    if made.secret is None:
        what = "adjusted" if made.is_changed else "as it should be"
        click.echo(f"The subscription {made.id} was there, and is {what}.", err=True)
        return
    click.echo(
        f"Made the subscription {made.id}. Its secret follows, and is shown only now: add it to "
        f"`secrets` of {settings.account}, or to PD_SECRET_{settings.name.upper()}.",
        err=True,
    )
    click.echo(made.secret.get_secret_value())


@click.command()
@of_what
@of_whom
@where
@config_file
def unsubscribe(config: Path | None, source: str, name: str, url: str) -> None:  # noqa: ARG001 (one kind so far)
    """Let PagerDuty account NAME send to the bridge no more."""
    with as_sentence():
        removed = _with_subscriptions(_account(config, name), url, lambda own: own.remove())
    told = f"Removed {', '.join(removed)}." if removed else "There was no subscription."
    click.echo(told, err=True)


def _account(config: Path | None, name: str) -> PagerDutySettings:
    accounts = [
        one
        for one in read_settings(config, os.environ).sources
        if isinstance(one, PagerDutySettings)
    ]
    for account in accounts:
        if account.name == name.lower():
            return account
    there = ", ".join(account.name for account in accounts) or "no account"
    raise StartError(f"{name} is no account of PagerDuty in the settings: there is {there}.")


def _with_subscriptions[T](
    settings: PagerDutySettings, url: str, do: Callable[[Subscriptions], Awaitable[T]]
) -> T:
    if not url.startswith("https://"):
        raise StartError(f"--url is {url}: PagerDuty sends to addresses with https:// only.")

    async def done() -> T:
        async with httpx.AsyncClient() as http:
            headers = pagerduty_headers(settings.key.get_secret_value())
            endpoint = Endpoint(settings.account, http, settings.api, headers)
            return await do(Subscriptions(endpoint, f"{url.rstrip('/')}/{settings.name}"))

    return asyncio.run(done())
