"""Makes the example company, once: what a user changes afterwards stays."""

import json
import shutil
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from launcher import company
from launcher.page_export import exported
from launcher.server import Server, Settings


def read_page(file: Path) -> dict[str, Any]:
    """Read a page that was written for people."""
    return tomllib.loads(file.read_text(encoding="utf-8"))


def server_page() -> str:
    """Return the id of the page that the server and the bridge are about."""
    return str(read_page(company.FIRST_PAGE)["id"])


def server_settings() -> Settings:
    """Return the server's settings: its own page is the company's first."""
    page = read_page(company.FIRST_PAGE)
    return {
        # No item sends heartbeats here, so the token opens nothing.
        "statuspage": {"id": page["id"], "title": page["name"], "token": "no-heartbeats-here"},
    }


def is_seeded(server: Server) -> bool:
    return server.database.exists()


def seed(server: Server, now: datetime) -> Iterator[str]:
    """Make the company beside its place, then move it there: it is there as a whole or not at all.

    Yield what is being done.
    """
    folder = server.directory.with_name(f"{server.directory.name}.unfinished")
    shutil.rmtree(folder, ignore_errors=True)
    unfinished = Server(folder, server.port, server_settings(), server.inherited)
    first = read_page(company.FIRST_PAGE)
    yield first["name"]
    # The server makes the pages of its config file when it starts.
    with unfinished:
        unfinished.start()
        unfinished.wait_until_ready()
    unfinished.fill(_file(unfinished, first, now), into=first["id"])
    for file in company.TOLD_PAGES:
        page = read_page(file)
        yield page["name"]
        unfinished.fill(_file(unfinished, page, now))
    for file in company.COPIED_PAGES:
        yield json.loads(file.read_text(encoding="utf-8"))["page"]["name"]
        unfinished.fill(file)
    yield f"{company.LARGE_PAGE}, {company.LARGE_COMPONENTS} components"
    unfinished.generate(
        company.LARGE_PAGE,
        components=company.LARGE_COMPONENTS,
        groups=company.LARGE_GROUPS,
        incidents=company.LARGE_INCIDENTS,
    )
    shutil.rmtree(server.directory, ignore_errors=True)
    folder.rename(server.directory)


def _file(server: Server, page: dict[str, Any], now: datetime) -> Path:
    file = server.directory / f"{page['id']}.json"
    file.write_text(json.dumps(exported(page, now), indent=2), encoding="utf-8")
    return file
