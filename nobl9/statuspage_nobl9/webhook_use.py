"""For webhook handlers and scripts that are not asynchronous."""

import asyncio
import os
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from .external_issue import REQUESTED_BY, ExternalIssue
from .finding import ENV_FILE, Settings, find
from .folder import state_folder
from .repeats import USUAL, Repeats
from .reporting import Reported, report
from .retrying import Retries
from .versions import AUTO
from .wiring import connect


def create_external_issue(  # noqa: PLR0913 (all that a report can be told, by name)
    component_name: str,
    status: str | None = None,
    comment: str = "",
    requested_by: str = REQUESTED_BY,
    *,
    occurred_at: datetime | None = None,
    propagate: bool = False,
    url: str | None = None,
    verify: bool = True,
    repeat_after: timedelta = USUAL,
    settings: Settings | None = None,
    api: str = AUTO,
    retries: Retries | None = None,
    http: httpx.AsyncClient | None = None,
    folder: Path | None = None,
) -> Reported:
    """Report an issue of a component, with the credentials of the environment or of `.env`.

    Nothing is printed; a failure is a `statuspage.StatuspageError`. What is the same as the last
    report about this component, and comes within `repeat_after`, is not sent.
    """
    found = settings or find(os.environ, ENV_FILE)
    kept = folder or state_folder(os.environ)

    async def work() -> Reported:
        async with connect(
            found.credentials,
            base_url=found.base_url,
            api=api,
            http=http,
            retries=retries,
            folder=kept,
        ) as client:
            issue = ExternalIssue(
                component_name=component_name,
                status=status,
                comment=comment,
                requested_by=requested_by,
                occurred_at=occurred_at or client.now,
                propagate=propagate,
                url=url,
            )
            repeats = Repeats(kept, client.transport.clock, repeat_after)
            return await report(client, issue, repeats, verify=verify)

    return _run(work())


def _run[T](work: Coroutine[Any, Any, T]) -> T:
    """Return what some work returns, also where the caller runs in an event loop of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
