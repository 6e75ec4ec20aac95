"""How the commands that change an incident or maintenance go about it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from statuspage.answers import Raw
from statuspage.cli.app import App
from statuspage.cli.exit_codes import ExitCode
from statuspage.cli.failures import Failure
from statuspage.drafts import Change

from .named import Named, statuses_by_id
from .preview import agree_to_notify, components_of, show_changes, show_request

if TYPE_CHECKING:
    from statuspage.client import StatuspageClient


async def with_components(
    client: "StatuspageClient",
    page_id: str,
    change: Change,
    named: tuple[Named, ...],
    default: str | None,
) -> Change:
    """Return the change with the statuses that were named."""
    statuses = await statuses_by_id(client, page_id, named, default)
    if not all(statuses.values()):
        raise click.UsageError("Say each component's status: -c NAME=STATUS, or -cs STATUS.")
    return replace(change, components={id_: str(status) for id_, status in statuses.items()})


async def show_change(
    app: App, client: "StatuspageClient", page_id: str, incident_id: str, change: Change
) -> None:
    """Print the request of a change instead of sending it."""
    show_request(app, "PATCH", f"/v1/pages/{page_id}/incidents/{incident_id}", change.request())
    if change.components:
        show_changes(app, await components_of(client, page_id), change.components)


async def agree(
    app: App, client: "StatuspageClient", page_id: str, change: Change, *, yes: bool
) -> None:
    """Ask before a change notifies."""
    await agree_to_notify(app, client, page_id, notify=change.deliver_notifications, yes=yes)


async def id_of(
    find: Callable[[str], Awaitable[Raw | None]], given: str | None, key: str | None
) -> str:
    """Return the id that was given, or that of what is open under the key."""
    if given is not None:
        return given
    found = await find(str(key))
    if found is None:
        raise Failure(f"Nothing is open with the key {key!r}.", ExitCode.NOT_FOUND)
    return str(found["id"])


def check_one(given: str | None, key: str | None) -> None:
    """Refuse an id together with a key, and neither."""
    if (given is None) == (key is None):
        raise click.UsageError("Give either an id or --key.")
