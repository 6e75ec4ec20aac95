"""Stylesheet, script, icons and the owner's logo."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from statuspage_server.config.appearance import Appearance
from statuspage_server.errors import NotFound
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.site.assets import ASSETS, FOREVER, Asset, stylesheet
from statuspage_server.web.site.frame import config_of

router = APIRouter(tags=["assets"], include_in_schema=False)

# A picture of the owner's is shown, and never runs.
LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
LOGO_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
}


def _answer(asset: Asset, request: Request) -> Response:
    fresh = request.query_params.get("v") == asset.digest
    headers = {
        "Cache-Control": FOREVER if fresh else "no-cache",
        "X-Content-Type-Options": "nosniff",
        "Vary": "Accept-Encoding",
    }
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(asset.body, media_type=asset.media_type, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(asset.zipped, media_type=asset.media_type, headers=headers)


@router.get("/assets/{name}", response_model=None)
async def asset(name: str, request: Request) -> Response:
    found = ASSETS.get(name)
    if found is None:
        raise NotFound
    return _answer(found, request)


@router.get("/pages/{page_id}/style.css", response_model=None)
async def style(page_id: str, request: Request) -> Response:
    config = config_of(page_id, runtime_of(request))
    return _answer(stylesheet(config.appearance if config else Appearance()), request)


@router.get("/pages/{page_id}/logo", response_model=None)
async def logo(page_id: str, request: Request) -> Response:
    runtime = runtime_of(request)
    config = config_of(page_id, runtime)
    if config is None or config.appearance.logo is None:
        raise NotFound
    path = runtime.folder / config.appearance.logo
    media_type = LOGO_TYPES.get(path.suffix.lower())
    if media_type is None or not path.is_file():
        raise NotFound
    headers = {
        "Content-Security-Policy": LOGO_POLICY,
        "Cache-Control": "public, max-age=300",
        "X-Content-Type-Options": "nosniff",
    }
    return FileResponse(path, media_type=media_type, headers=headers)
