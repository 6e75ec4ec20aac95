"""What a write would do, before it is done."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from statuspage.answers import Raw
from statuspage.cli.app import App
from statuspage.cli.failures import perhaps_done
from statuspage.cli.input.asking import confirm
from statuspage.drafts import NewIncident, NewMaintenance
from statuspage.errors import RequestError
from statuspage.retrying import may_have_had_effect

if TYPE_CHECKING:
    from statuspage.client import StatuspageClient


def show_request(app: App, method: str, path: str, body: Mapping[str, Any] | None) -> None:
    """Print a request instead of sending it."""
    if app.output.as_json:
        app.output.json(body)
        return
    app.output.text(f"{method} {path}")
    if body is not None:
        app.output.text(json.dumps(body, indent=2, ensure_ascii=False))


def show_creation(
    app: App, page_id: str, draft: NewIncident | NewMaintenance, key: str | None
) -> None:
    """Print the request that creates something instead of sending it."""
    from statuspage.writing.marks import marked  # noqa: PLC0415 (it brings the client)

    if key is not None:
        draft = marked(draft, key)
        app.output.note("While one with this key is open, none is created.")
    show_request(app, "POST", f"/v1/pages/{page_id}/incidents", draft.request())


def show_changes(app: App, rows: Sequence[Raw], statuses: Mapping[str, str | None]) -> None:
    """Note how each component is and how it would be."""
    for line in changes(rows, statuses):
        app.output.note(line)


def changes(rows: Sequence[Raw], statuses: Mapping[str, str | None]) -> list[str]:
    """Return a line for each component: how it is and how it would be."""
    from statuspage.naming import component_labels  # noqa: PLC0415 (it brings the client)

    labels = component_labels(rows)
    now = {row["id"]: row.get("status") for row in rows}
    return [
        f"{labels.get(id_, id_)}: {now.get(id_, 'unknown')}, stays so"
        if status in (None, now.get(id_))
        else f"{labels.get(id_, id_)}: {now.get(id_, 'unknown')} -> {status}"
        for id_, status in statuses.items()
    ]


@contextmanager
def told_if_perhaps_done(look: str) -> Iterator[None]:
    """Tell how to look, where the answer to a request was lost that creates something."""
    try:
        yield
    except RequestError as error:
        if may_have_had_effect(error):
            raise perhaps_done(error, look) from error
        raise


async def components_of(client: "StatuspageClient", page_id: str) -> list[Raw]:
    """Read a page's components, among them its groups."""
    return [row async for row in client.components(page_id)]


async def agree_to_notify(
    app: App, client: "StatuspageClient", page_id: str, *, notify: bool, yes: bool
) -> None:
    """On a terminal, ask before subscribers are notified, and tell how many."""
    if notify and not yes and app.environment.can_ask():
        count = await client.subscriber_count(page_id)
        whom = "1 subscriber" if count == 1 else f"{count} subscribers"
        confirm(app, "--yes", f"This notifies {whom}. Go on?")
