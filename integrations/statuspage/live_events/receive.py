"""The address that Statuspage tells of changes: a check of its token, and Ocean's route behind."""

import logging

from port_ocean.context.ocean import ocean

from log_bridge import WithoutQuery

from .middleware import TokenMiddleware
from .processors import Put, WebhookProcessor


def receive(path: str, put: Put) -> None:
    """Receive webhooks at a path below the integration's own."""
    from_stream = ocean.config.live_events.is_redis_stream_consumer_enabled
    WebhookProcessor.put, WebhookProcessor.from_stream = staticmethod(put), from_stream
    ocean.add_webhook_processor(path, WebhookProcessor)
    whole_path = f"{ocean.app.route_prefix}/integration{path}"
    logging.getLogger("uvicorn.access").addFilter(WithoutQuery(whole_path))
    ocean.app.fast_api_app.add_middleware(
        TokenMiddleware,
        path=whole_path,
        secret=ocean.config.port.client_secret,
        is_processed=_is_processed() and not from_stream,
    )


def _is_processed() -> bool:
    """Tell whether Ocean empties the queue of this process: elsewhere it would only fill."""
    return ocean.config.event_listener.should_process_webhooks and bool(ocean.app.base_url)
