"""Where everything is: the paths of the manage API, and each page's public address."""

import re
from urllib.parse import urlsplit

from .errors import UnusableArgument
from .paging import Collection

DEFAULT_HOST = "https://api.statuspage.io"
PAGES = "/v1/pages"

# Ids become parts of paths and host names, so nothing else may pass. Today's are 12 lower-case
# letters and digits; the length is left open for what the vendor or another server makes later.
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_identifier(value: str) -> bool:
    """Tell whether `value` can be an id of the API."""
    return _ID.fullmatch(value) is not None


def identifier(value: str) -> str:
    """Return `value` if it can be an id of the API."""
    if not is_identifier(value):
        raise UnusableArgument("id", f"is {value[:70]!r}, which cannot be an id of Statuspage.")
    return value


def page(page_id: str) -> str:
    return f"{PAGES}/{identifier(page_id)}"


def collection(page_id: str, which: Collection) -> str:
    """Return the path of a list below a page."""
    return f"{page(page_id)}/{which.path}"


def component(page_id: str, component_id: str) -> str:
    return f"{page(page_id)}/components/{identifier(component_id)}"


def component_group(page_id: str, group_id: str) -> str:
    return f"{page(page_id)}/component-groups/{identifier(group_id)}"


def incident(page_id: str, incident_id: str) -> str:
    return f"{page(page_id)}/incidents/{identifier(incident_id)}"


def incident_update(page_id: str, incident_id: str, update_id: str) -> str:
    return f"{incident(page_id, incident_id)}/incident_updates/{identifier(update_id)}"


def postmortem(page_id: str, incident_id: str) -> str:
    return f"{incident(page_id, incident_id)}/postmortem"


def subscribers(page_id: str) -> str:
    return f"{page(page_id)}/subscribers"


def subscriber(page_id: str, subscriber_id: str) -> str:
    return f"{subscribers(page_id)}/{identifier(subscriber_id)}"


def subscriber_count(page_id: str) -> str:
    return f"{subscribers(page_id)}/count"


def reactivation(page_id: str) -> str:
    """Return the path where subscribers are let out of quarantine."""
    return f"{subscribers(page_id)}/reactivate"


def base_address(host: str) -> str:
    """Return the address that paths are added to, from what a user wrote."""
    import httpx  # noqa: PLC0415 (slow to import, and ids are checked without it)

    address = host.strip().rstrip("/").removesuffix("/v1")
    # Nothing that may be a secret is repeated in an error.
    if "@" in address or "?" in address or "#" in address:
        raise UnusableArgument(
            "host",
            f"holds more than an address: write it as in {DEFAULT_HOST}, without name, password "
            "or query.",
        )
    try:
        # Both have to agree: one is stricter with brackets and ports, the other with names.
        parts, url = urlsplit(address), httpx.URL(address)
        usable = url.scheme in ("http", "https") and url.host != "" and parts.port != 0
    except (httpx.InvalidURL, ValueError):
        usable = False
    if not usable:
        raise UnusableArgument("host", f"is {address!r}: write an address such as {DEFAULT_HOST}.")
    return address


def public(host: str, page_id: str, document: str) -> str:
    """Return the address of a document of a page's public API.

    Atlassian serves it on a host of the page's own; any other server below its own address.
    """
    import httpx  # noqa: PLC0415 (as above)

    name = httpx.URL(host).host
    if name == "statuspage.io" or name.endswith(".statuspage.io"):
        return f"https://{identifier(page_id)}.statuspage.io/api/v2/{document}.json"
    return f"{host}/pages/{identifier(page_id)}/api/v2/{document}.json"
