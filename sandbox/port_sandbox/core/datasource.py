"""Who wrote an entity, as the User-Agent names it.

Ocean sends `port-ocean/<type>/<version>/<identifier>/<exporter>`. What one integration wrote, no
other may delete when it cleans up.
"""

from port_sandbox.core.json_types import Document
from port_sandbox.errors import Invalid

PREFIX = "port-ocean/"
PARTS = 5


def datasource_of(user_agent: str | None) -> str | None:
    """Return the datasource that a User-Agent names, or nothing for anyone who is not Ocean."""
    if user_agent and user_agent.startswith(PREFIX) and user_agent.count("/") >= PARTS - 1:
        return user_agent
    return None


def writer_of(user_agent: str | None, client: str) -> str:
    """Return whom the history names: the integration, else the client of the token."""
    datasource = datasource_of(user_agent)
    return datasource.split("/")[3] if datasource else client


def asked_for(body: Document) -> tuple[str, str]:
    """Return the prefix and the suffix whose entities are asked for; neither may be empty."""
    prefix, suffix = body.get("datasource_prefix"), body.get("datasource_suffix")
    if not (isinstance(prefix, str) and prefix and isinstance(suffix, str) and suffix):
        raise Invalid('"datasource_prefix" and "datasource_suffix" must be non-empty strings')
    return prefix, suffix
