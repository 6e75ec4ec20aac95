"""Names for the shell's completion: from a short-lived cache, else from one bounded request.

Whatever goes wrong, nothing is proposed and nothing is said: the user is in the midst of a line.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from .app import App, app_of
from .name_cache import cached_names

if TYPE_CHECKING:
    from statuspage.client import StatuspageClient

PATIENCE = 1.0

type Names = list[tuple[str, str]]
"""Ids with the names that go with them."""


def page_names(context: click.Context, incomplete: str) -> list[CompletionItem]:
    """Return the pages whose name or id begins like this."""
    return _proposed(context, "pages", _pages, incomplete)


def component_names(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the components whose name, name behind the group, or id begins like this."""
    return _proposed(context, "components", _components, incomplete)


def _proposed(
    context: click.Context,
    kind: str,
    read: "Callable[[App, StatuspageClient], Awaitable[Names]]",
    incomplete: str,
) -> list[CompletionItem]:
    try:
        app = app_of(context)
        names = cached_names(
            app.environment,
            (app.options.host, app.options.page, app.options.profile.name, kind),
            lambda: app.run(_asked, read),
        )
    except Exception:  # noqa: BLE001 (see above)
        return []
    return [
        CompletionItem(_word(name, app.environment.variables), help=id_)
        for id_, name in matching(names, incomplete)
    ]


def matching(names: Names, incomplete: str) -> Names:
    """Return the names that begin as what is typed, or whose id or last part does."""
    typed = incomplete.casefold()
    return [
        (id_, name)
        for id_, name in names
        if any(part.casefold().startswith(typed) for part in (name, id_, name.split(" / ")[-1]))
    ]


def _word(name: str, variables: Mapping[str, str]) -> str:
    """Return a name as the shell has it in its line: only bash does not quote by itself."""
    in_quotes = variables.get("COMP_WORDS", "").split("\n")[-1].startswith(("'", '"'))
    if variables.get("_STATUSPAGE_COMPLETE") != "bash_complete" or in_quotes:
        return name
    # Twice, since the script that click makes for bash reads one of them away.
    return re.sub(r"([^\w/.@%+:,-])", r"\\\\\1", name)


async def _asked(app: App, read: "Callable[[App, StatuspageClient], Awaitable[Names]]") -> Names:
    import asyncio  # noqa: PLC0415 (a cached name needs none of it)

    from statuspage.retrying import NO_RETRY  # noqa: PLC0415
    from statuspage.wiring import connect  # noqa: PLC0415

    http = app.environment.http(PATIENCE, verify=not app.options.insecure)
    async with asyncio.timeout(PATIENCE), http:
        client = connect(app.key.key, host=app.options.host, http=http, patience=NO_RETRY)
        return await read(app, client)


async def _pages(_app: App, client: "StatuspageClient") -> Names:
    from statuspage.naming.labels import page_labels  # noqa: PLC0415

    return list(page_labels(await client.pages()).items())


async def _components(app: App, client: "StatuspageClient") -> Names:
    from statuspage.naming import component_labels  # noqa: PLC0415

    page_id = await app.page(client)
    return list(component_labels([row async for row in client.components(page_id)]).items())
