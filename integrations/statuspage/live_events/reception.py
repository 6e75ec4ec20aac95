"""The address that Statuspage tells of changes: a door, and Ocean's processors behind it."""

import logging

from port_ocean.context.ocean import ocean

from .door import Door
from .processors import TOKEN, ComponentProcessor, IncidentProcessor, Reception


class WithoutToken(logging.Filter):
    """Takes the token out of the web server's access log, which writes addresses whole."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line pass, without what follows the question mark of ours."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                argument.partition("?")[0]
                if isinstance(argument, str) and f"{TOKEN}=" in argument
                else argument
                for argument in record.args
            )
        return True


def receive(path: str, reception: Reception) -> None:
    """Receive events at a path below the integration's own."""
    for processor in (IncidentProcessor, ComponentProcessor):
        processor.reception = reception
        ocean.add_webhook_processor(path, processor)
    logging.getLogger("uvicorn.access").addFilter(WithoutToken())
    ocean.app.fast_api_app.add_middleware(
        Door,
        path=f"{ocean.app.route_prefix}/integration{path}",
        reception=reception,
        is_open=lambda: not reception.from_stream and _requests_are_processed(),
    )


def _requests_are_processed() -> bool:
    """Tell whether Ocean empties the queue of this process: elsewhere it would only fill."""
    return ocean.config.event_listener.should_process_webhooks and bool(ocean.app.base_url)
