"""From views to HTML: the templates, and the headers that every page is sent with."""

from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from statuspage_server.web.site.frame import Frame

FOLDERS = (Path(__file__).parent / "templates", Path(__file__).parent.parent / "templates")
HTML = "text/html; charset=utf-8"

templates = Environment(
    loader=FileSystemLoader(FOLDERS),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)

# Nothing comes from elsewhere, nothing inline runs, and nobody puts the page into a frame.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
HEADERS = {
    "Content-Security-Policy": POLICY.format(ancestors="'none'"),
    "Cache-Control": "no-cache",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Vary": "Accept-Encoding, Accept-Language, Cookie",
    "X-Content-Type-Options": "nosniff",
}


def render(template: str, frame: Frame, **parts: object) -> bytes:
    text = templates.get_template(template).render(
        frame=frame, _=frame.language.text, count=frame.language.count, **parts
    )
    return text.encode()


def html_answer(body: bytes, status: int = 200) -> HTMLResponse:
    """Of what is not cached: forms, and errors."""
    return HTMLResponse(body, status, headers={**HEADERS, "Cache-Control": "no-store"})
