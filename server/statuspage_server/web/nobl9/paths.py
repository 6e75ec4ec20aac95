"""Where the Nobl9 API is, which no page has below its own address."""

ACCESS_TOKEN = "/api/accessToken"  # noqa: S105 - an address
STATUS_PAGE = "/api/dashboards/v1/status-page"


def is_nobl9(path: str) -> bool:
    return path == ACCESS_TOKEN or path.startswith("/api/dashboards/")
