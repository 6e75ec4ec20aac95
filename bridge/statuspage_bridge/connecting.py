"""From the settings to what the bridge writes to: the only place that knows which it is."""

import statuspage
import statuspage_nobl9
from statuspage import StatuspageClient
from statuspage_nobl9 import Credentials, Nobl9Client

from .configuration.settings import Settings
from .destination import Destination
from .errors import StartError
from .nobl9_page import Nobl9Page
from .page import Page
from .state.state import State

type Client = StatuspageClient | Nobl9Client


def connect(settings: Settings) -> Client:
    """Return a client of the page; no request is made yet."""
    if nobl9 := settings.nobl9:
        return statuspage_nobl9.connect(
            Credentials(
                organization=nobl9.organization,
                client_id=nobl9.client_id,
                client_secret=nobl9.client_secret.get_secret_value(),
            ),
            base_url=nobl9.url,
            api=nobl9.api,
        )
    if settings.key is None:
        raise StartError("`key` is missing: set it to an API key of the page.")
    return statuspage.connect(settings.key.get_secret_value(), host=settings.host)


def destination(settings: Settings, client: Client, state: State) -> Destination:
    """Return the page that the client reaches."""
    templates = settings.as_templates()
    if isinstance(client, StatuspageClient):
        return Page(client, settings.page, templates)
    propagates = settings.nobl9 is None or settings.nobl9.propagate
    return Nobl9Page(client, settings.page, templates, state, propagates)
