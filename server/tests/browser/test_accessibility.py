"""No page breaks a rule of axe, by day and by night, on a desk and on a phone."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.browser.reader import DESK, PHONE, Reader
from tests.browser.site import Site

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"

PAGES = {
    "the page": "{page}",
    "a page with its own look": "/ember",
    "a new page": "/",
    "in German": "{page}?locale=de",
    "an open incident": "{page}/incidents/{open}",
    "a past incident": "{page}/incidents/{past}",
    "the history": "{page}/history",
    "uptime": "{page}/uptime",
    "all pages": "/pages",
    "nothing there": "{page}/nothing",
    "the password": "/private",
    "following": "/subscribe",
    "following in Japanese": "/subscribe?locale=ja",
    "following one incident": "{page}/subscribe?incident={open}",
    "choosing what one hears about": "/subscriptions/{secret}/manage?locale=fr",
    "confirming": "/subscriptions/{secret}/confirm?locale=es",
    "unsubscribing": "/subscriptions/{secret}/unsubscribe?locale=pt",
    "reporting a problem": "/report",
    "reporting a problem in German": "/report?locale=de",
    "signing in to work": "/admin/sign-in",
    "the banner": "{page}/embed/frame",
}
# Below /admin and a page's id.
AT_WORK = (
    "",
    "/incidents/new",
    "/maintenances/new",
    "/incidents/{open}?status=resolved",
    "/incidents/{past}/postmortem",
    "/components",
    "/templates",
    "/templates/{template}",
    "/subscribers",
    "/deliveries",
    "?locale=ja",
    "/incidents/new?locale=de",
    "/subscribers?locale=fr",
)
OF_THE_FIRST = ("/heartbeats", "/heartbeats/shop", "/reports")
RUN = """
for (const fold of document.querySelectorAll("details")) fold.open = true;
const told = (node) => `${node.html.slice(0, 200)} ${node.any[0]?.message ?? ""}`;
axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => done(
  violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map(told).join(" | ")}`)
));
"""


@cache
def _axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: `npm ci --prefix tests/browser` brings it.")
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize(("width", "scheme"), [(DESK, "light"), (PHONE, "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(name: str, width: int, scheme: str, reader: Reader, site: Site) -> None:
    reader.appear(width, scheme)
    _hold_against_axe(reader, PAGES[name].format(page=site.page, **vars(site)))


@pytest.mark.parametrize(("width", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_axe_finds_nothing_where_operators_work(
    width: int, scheme: str, reader: Reader, site: Site
) -> None:
    reader.appear(width, scheme)
    reader.sign_in(site.session)
    for path in AT_WORK:
        rest = path.format(**vars(site))
        _hold_against_axe(reader, f"/admin/{site.page_id}{rest}")
    for path in OF_THE_FIRST:
        _hold_against_axe(reader, f"/admin/{site.first}{path}")


def _hold_against_axe(reader: Reader, address: str) -> None:
    axe = _axe()
    reader.open(address)
    reader.ask(axe)
    found: list[Any] = reader.ask_later(RUN)
    assert not found, "\n".join([address, *found])
