"""The bridge as an AWS Lambda behind a function URL, without state, for PagerDuty alone.

What runs between two calls is frozen, so each pass is over before the answer is given.
"""

import asyncio
import logging
import os
from collections.abc import Callable
from functools import cache
from typing import Any

import httpx
from mangum import Mangum

from .bridge import Bridge
from .configuration.environment import read_environment
from .configuration.settings import Settings
from .connecting import connect
from .errors import StartError
from .state.address import read_address
from .state.database import Database
from .web.app import create_app

type Event = dict[str, Any]
type Handler = Callable[[Event, Any], Any]


def handler(event: Event, context: Any) -> Any:
    """Answer a request to the function URL, or make a pass where a schedule asks for it."""
    return _handler()(event, context)


def create_handler(bridge: Bridge, loop: asyncio.AbstractEventLoop) -> Handler:
    """Return the handler of a bridge, all of whose calls run on one loop."""
    asyncio.set_event_loop(loop)
    answer = Mangum(create_app(bridge, patience=None), lifespan="off")

    def handle(event: Event, context: Any) -> Any:
        if event.get("source") == "aws.events":
            over = loop.run_until_complete(bridge.reconciler.reconcile())
            return [f"{one.action} {one.subject}: {one.reason}" for one in over.decisions]
        return answer(event, context)

    return handle


def check_settings(settings: Settings) -> None:
    """Refuse what needs to remember: each container has a memory of its own, for a while."""
    if settings.state is not None:
        raise StartError("STATE is set, and on Lambda nothing is kept: remove it.")
    if settings.defaults.resolves_after:
        raise StartError(
            "RESOLVES_AFTER is set, and on Lambda it is not remembered when an alert was over: "
            "remove it, or run the bridge as a service."
        )
    for source in settings.sources:
        if source.type != "pagerduty":
            raise StartError(
                f"{source.account} is set, and on Lambda only PagerDuty can be: what others push "
                "is not remembered. Remove it, or run the bridge as a service."
            )


@cache
def _handler() -> Handler:
    logging.getLogger().setLevel(logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    settings = read_environment(os.environ)
    check_settings(settings)
    bridge = Bridge(
        settings,
        connect(settings),
        httpx.AsyncClient(),
        Database.open(read_address(None)),
    )
    return create_handler(bridge, asyncio.new_event_loop())
