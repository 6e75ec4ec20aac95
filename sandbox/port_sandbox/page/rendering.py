"""Templates into answers: everything escaped, nothing fetched from elsewhere."""

from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChainableUndefined, Environment, PackageLoader, select_autoescape

from port_sandbox.errors import Answer
from port_sandbox.page.cells import written_moment, written_number
from port_sandbox.page.dashboard import dashboards

TEMPLATES = Environment(
    loader=PackageLoader("port_sandbox.page"),
    autoescape=select_autoescape(default=True),
    undefined=ChainableUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def entity_link(blueprint: str, identifier: str) -> str:
    """Return where an entity is shown."""
    return f"/entity?{urlencode({'blueprint': blueprint, 'identifier': identifier})}"


def blueprint_link(blueprint: str, **query: object) -> str:
    """Return where the table of a blueprint is shown."""
    chosen = {name: value for name, value in query.items() if value not in ("", None)}
    return f"/blueprint?{urlencode({'blueprint': blueprint, **chosen})}"


def seconds(value: float | None) -> str:
    if value is None:
        return ""
    if value < 60:
        return f"{value:.1f} s"
    return f"{int(value // 60)} min {int(value % 60)} s"


def count_of(number: int, one: str, many: str) -> str:
    return f"{written_number(number)} {one if number == 1 else many}"


TEMPLATES.filters["count_of"] = count_of
TEMPLATES.filters["number"] = written_number
TEMPLATES.filters["moment"] = written_moment
TEMPLATES.filters["seconds"] = seconds
TEMPLATES.globals["entity_link"] = entity_link
TEMPLATES.globals["blueprint_link"] = blueprint_link


def refused(request: Request, error: Answer) -> HTMLResponse:
    return rendered(request, "refused.html", error.status, error=error)


def rendered(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page, with a policy that lets only its own script and style work."""
    nonce = token_urlsafe(16)
    sandbox = request.app.state.sandbox
    text = TEMPLATES.get_template(template).render(
        nonce=nonce,
        path=request.url.path,
        has_dashboard=bool(dashboards(sandbox)),
        running=sandbox.resyncs.is_running(),
        version=sandbox.database.version,
        refresh=round(sandbox.settings.refresh_interval.total_seconds() * 1000),
        **values,
    )
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}';"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    # Half a surrogate pair may be in the catalog; it cannot be in UTF-8.
    raw = text.encode(errors="replace")
    headers = {"content-security-policy": policy, "cache-control": "no-store"}
    return HTMLResponse(raw, status, headers)
