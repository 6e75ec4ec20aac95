"""A server with pages of every kind, in a process of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select
from sqlalchemy.engine import URL

from statuspage_server.core.moments import DAY, HOUR, MINUTE, wall_clock, whole_seconds
from statuspage_server.storage.database import Database
from statuspage_server.storage.engine import database_url
from statuspage_server.storage.schema import subscribers
from statuspage_server.testdata.generate import Size, generate_page
from statuspage_server.testdata.rows import write_new_page
from statuspage_server.web.admin.session import COOKIE
from tests.databases import make_key
from tests.process.program import Program

CONFIG = """
statuspage:
  title: First
  token: abcdefgh
  problem_reports: true
  groups: {Web: [{name: Shop, id: shop}]}
pages:
  private: {title: Private, path: private, password: open sesame, token: abcdefgh}
  ember:
    title: Ember
    path: ember
    token: abcdefgh
    groups: {Lamps: [{name: North, id: north}]}
    appearance:
      logo: logo.svg
      header: "Ember makes **light**."
      about: "We run [three regions](https://example.com)."
      footer: [{text: Imprint, url: https://example.com/imprint}]
      colors: {accent: "#ffb347", background: "#fffaf3", text: "#2b1d0e", accent_dark: "#ffb347"}
server: {rate_limit: 0}
"""
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><rect width="9" height="3"/></svg>'
)
POSTMORTEM = (
    "# What happened\n\nA certificate ran out.\n\n| when | what |\n|---|---|\n| noon | out |"
)


@dataclass
class Site:
    program: Program
    key: str
    page_id: str
    past: str = ""
    """An incident that is over, with a postmortem."""
    open: str = ""
    template: str = ""
    secret: str = ""
    """Of a subscriber, as in the links that it is sent."""
    session: str = ""
    """Of somebody who is signed in at /admin."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.program.port}"

    @property
    def first(self) -> str:
        """The id of the page in config.yml that comes first."""
        return next(str(one["id"]) for one in self.pages() if one["name"] == "First")

    def pages(self) -> Any:
        headers = {"Authorization": f"OAuth {self.key}"}
        return httpx.get(f"{self.url}/v1/pages", headers=headers, trust_env=False).json()

    @property
    def page(self) -> str:
        return f"/pages/{self.page_id}"

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        answer = httpx.request(
            method,
            f"{self.url}/v1/pages/{self.page_id}/{path}",
            json=body,
            headers={"Authorization": f"OAuth {self.key}"},
            trust_env=False,
        )
        assert answer.is_success, answer.text
        return answer.json()

    def incident(self, **fields: Any) -> str:
        return str(self.ask("POST", "incidents", {"incident": fields})["id"])


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    config, url = folder / "config.yml", database_url("sqlite:///state.db", folder)
    config.write_text(CONFIG, encoding="utf-8")
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    page_id = _generate(url, Size(24, 4, 80, 120))
    with Program(config, url) as program:
        site = Site(program, make_key(url), page_id)
        _fill(site)
        site.secret = _secret(url)
        yield site


def _generate(url: URL, size: Size) -> str:
    database = Database.open(url)
    rows = generate_page("Northwind", size, wall_clock(), seed=7)
    database.write_now(lambda connection: write_new_page(connection, rows))
    database.close()
    return str(rows.page["id"])


def _secret(url: URL) -> str:
    database = Database.open(url)
    secret = database.read_now(lambda c: c.execute(select(subscribers.c.secret)).scalars().first())
    database.close()
    return str(secret)


def _sign_in(site: Site) -> str:
    with httpx.Client(base_url=site.url, trust_env=False) as client:
        client.post("/admin/sign-in", data={"key": site.key})
        return client.cookies[COOKIE]


def _fill(site: Site) -> None:
    """One of everything that a page can show."""
    now = wall_clock()
    site.session = _sign_in(site)
    rows = [row["id"] for row in site.ask("GET", "components") if not row["group"]]
    bad = ("major_outage", "partial_outage", "degraded_performance")
    statuses = dict(zip(rows, bad, strict=False))
    site.open = site.incident(name="Checkout fails", body="We see **errors**.", components=statuses)
    site.ask("PATCH", f"incidents/{site.open}", {"incident": {"body": "- one\n- two"}})
    when = {
        "scheduled_for": whole_seconds(now + DAY),
        "scheduled_until": whole_seconds(now + DAY + HOUR),
    }
    site.incident(name="Database upgrade", status="scheduled", body="Short.", **when)
    maintained = {rows[5]: "under_maintenance"}
    site.incident(name="Moving", status="in_progress", components=maintained, **when)
    provider = site.ask("POST", "metrics_providers", {"metrics_provider": {"type": "Self"}})["id"]
    body = {"metric": {"name": "Response time", "suffix": "ms", "tooltip_description": "Median"}}
    metric = site.ask("POST", f"metrics_providers/{provider}/metrics", body)["id"]
    points = [{"timestamp": (now - n * 10 * MINUTE) // 1000, "value": n % 17} for n in range(100)]
    site.ask("POST", "metrics/data", {"data": {metric: points}})
    site.past = next(
        one["id"] for one in site.ask("GET", "incidents?limit=50") if one["status"] == "resolved"
    )
    hook = {"endpoint": "https://example.com/hook", "email": "ops@example.com"}
    site.ask("POST", "subscribers", {"subscriber": hook})
    ready = {"name": "Slow", "title": "It is slow", "body": "We are looking."}
    site.template = site.ask("POST", "incident_templates", {"template": ready})["id"]
    draft = {"postmortem": {"body_draft": POSTMORTEM}}
    site.ask("PUT", f"incidents/{site.past}/postmortem", draft)
    site.ask("PUT", f"incidents/{site.past}/postmortem/publish", {"postmortem": {}})
