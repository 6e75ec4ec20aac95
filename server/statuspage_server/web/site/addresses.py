"""Which page an address belongs to: by domain, by path, by id, or the default one.

Inside the server every address of a page begins with `/pages/<id>`, so that each route exists once.
"""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from statuspage_server.heartbeats.monitors import Monitors
from statuspage_server.web.nobl9.paths import is_nobl9

BASE = "site_base"

# What the default page has right below the root, where other things are too.
OF_A_PAGE = frozenset(
    {
        "",
        "api",
        "badge.svg",
        "components",
        "embed",
        "heartbeats",
        "history",
        "history.atom",
        "history.json",
        "history.rss",
        "incidents",
        "logo",
        "maintenances.ics",
        "report",
        "sign-in",
        "style.css",
        "subscribe",
        "uptime",
    }
)


@dataclass(frozen=True, slots=True)
class PageAddress:
    page_id: str
    base: str
    rest: str
    """What follows, with its slash; empty for the page itself."""

    @property
    def path(self) -> str:
        return f"/pages/{self.page_id}{self.rest}"


def find_address(host: str, path: str, monitors: Monitors) -> PageAddress | None:
    if is_nobl9(path):
        return None
    first, _, rest = path.removeprefix("/").partition("/")
    if first == "pages":
        page_id, _, rest = rest.partition("/")
        return PageAddress(page_id, f"/pages/{page_id}", _below(rest)) if page_id else None
    for page in monitors.pages:
        if page.config.path is not None and first == page.config.path:
            return PageAddress(page.page_id, f"/{first}", _below(rest))
    if first not in OF_A_PAGE:
        return None
    name = host.partition(":")[0].lower()
    by_domain = (page.page_id for page in monitors.pages if page.config.domain == name)
    page_id_here = next(by_domain, monitors.default_page_id)
    return PageAddress(page_id_here, "", _below(path.removeprefix("/"))) if page_id_here else None


def _below(rest: str) -> str:
    """A page's own address may end with a slash, which is not part of it inside."""
    return f"/{rest}" if rest else ""


class PageAddresses:
    def __init__(self, app: ASGIApp, monitors: Callable[[], Monitors]) -> None:
        self._app = app
        self._monitors = monitors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            host = Headers(scope=scope).get("host", "")
            address = find_address(host, scope["path"], self._monitors())
            if address is not None:
                scope = {**scope, "path": address.path, BASE: address.base}
        await self._app(scope, receive, send)
