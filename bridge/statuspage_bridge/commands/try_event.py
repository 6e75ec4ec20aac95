"""`statuspage-bridge try alert.json`: what an event would lead to, without sending anything."""

import asyncio
import os
from pathlib import Path
from typing import IO

import click
import httpx
from statuspage import StatuspageError

from statuspage_bridge.bridge import Bridge
from statuspage_bridge.configuration.reading import read_settings
from statuspage_bridge.connecting import connect
from statuspage_bridge.core.passes import Pass
from statuspage_bridge.empty_page import EmptyPage
from statuspage_bridge.errors import PageFailed, StartError
from statuspage_bridge.sources.source import Source, Webhook
from statuspage_bridge.state.address import read_address
from statuspage_bridge.state.database import Database

from .options import config_file
from .sentences import as_sentence


@click.command("try")
@click.argument("file", type=click.File("rb"))
@click.option("--source", "name", required=True, help="Its type, its name, or type/name.")
@config_file
@click.option("--offline", is_flag=True, help="Read nothing, and assume an empty page.")
def try_event(config: Path | None, file: IO[bytes], name: str, *, offline: bool) -> None:
    """Tell what the body of a webhook in FILE would lead to now. Nothing is sent."""
    with as_sentence():
        asyncio.run(_tell(config, file.read(), name, offline=offline))


async def _tell(config: Path | None, body: bytes, name: str, *, offline: bool) -> None:
    settings = read_settings(config, os.environ)
    client = connect(settings)
    # What a running bridge remembers is left alone.
    database = Database.open(read_address(None))
    try:
        async with httpx.AsyncClient() as http:
            bridge = Bridge(settings, client, http, database)
            reconciler = bridge.reconciler
            if offline:
                reconciler.page, reconciler.sources = EmptyPage(), ()
            source = _chosen(list(bridge.sources.values()), name)
            told = source.receive(Webhook(body=body), reconciler.utc())
            if not told.alerts and not told.something_changed:
                click.echo("It leads to nothing: it names no component, or changes nothing.")
                return
            try:
                over = await reconciler.preview(told.alerts)
            except StatuspageError as error:
                raise PageFailed(
                    f"The status page could not be read. {error} With --offline it is not needed."
                ) from error
            _print(over, bridge)
    finally:
        database.close()


def _chosen(sources: list[Source], name: str) -> Source:
    found = [
        source
        for source in sources
        if name.lower() in (source.account.source, source.account.name, str(source.account))
    ]
    if len(found) == 1:
        return found[0]
    there = ", ".join(str(source.account) for source in sources)
    what = "means several sources" if found else "is no source"
    raise StartError(f"{name} {what}: --source can be {there}.")


def _print(over: Pass, bridge: Bridge) -> None:
    for one in over.decisions:
        names = (bridge.reconciler.page.name_of(id_) for id_ in sorted(one.components))
        status = f" as {one.status}" if one.status else ""
        proposes = "propose to " if one.draft else ""
        click.echo(f"{proposes}{one.action} {', '.join(names)}{status}: {one.reason}")
    for account, why in over.unread.items():
        click.echo(f"{account} could not be read: {why}", err=True)
    if not over.decisions:
        click.echo("Nothing would change: no component of the page is named.")
