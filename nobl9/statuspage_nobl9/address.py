"""Where Nobl9 is, or another server that speaks its API."""

from statuspage.errors import UnusableArgument

DEFAULT = "https://app.nobl9.com"
STATUS_PAGE = "/api/dashboards/v1/status-page"
ACCESS_TOKEN = "/api/accessToken"  # noqa: S105 (a path)

# How it is written in Nobl9's own examples.
_ENDINGS = ("/api/dashboards/v1/status-page", "/api/dashboards/v1", "/api/dashboards", "/api")


def root_of(base_url: str) -> str:
    """Return what stands before `/api`, however much of the path was written."""
    from statuspage import base_address  # noqa: PLC0415 (it brings httpx)

    written = base_url.strip().rstrip("/")
    for ending in _ENDINGS:
        if written.endswith(ending):
            written = written.removesuffix(ending)
            break
    try:
        return base_address(written)
    except UnusableArgument:
        # Nothing that may be a secret is repeated.
        raise UnusableArgument(
            "base_url", f"is no address: write one such as {DEFAULT}, without name or password."
        ) from None
