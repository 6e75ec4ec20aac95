"""What whoever runs the bridge asks: is it well, what would it do, what did it do."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from statuspage import StatuspageError

from statuspage_bridge.bridge import Bridge
from statuspage_bridge.core.passes import Pass
from statuspage_bridge.errors import PageFailed, Refused
from statuspage_bridge.metrics import CONTENT_TYPE
from statuspage_bridge.sources.authentication import check_token


async def health(request: Request) -> Response:
    """Tell what cannot be read or written. It stays 200: a restart would mend nothing of that."""
    bridge: Bridge = request.app.state.bridge
    reconciler = bridge.reconciler
    last = reconciler.last or Pass(at=reconciler.utc())
    state = bridge.state.database.trouble
    troubles = (last.unread, last.failed, reconciler.trouble, state)
    well = reconciler.last is not None and not any(troubles)
    return JSONResponse(
        {
            "status": "ok" if well else "failing",
            "page": reconciler.trouble or "ok",
            "state": state or "ok",
            "sources": {str(one.account): "ok" for one in reconciler.sources} | {**last.unread},
            "failed": last.failed,
            "last_pass": reconciler.last.at.isoformat() if reconciler.last else None,
        }
    )


async def plan(request: Request) -> Response:
    """Show what a pass would do now, and what the last one did; nothing is written."""
    bridge: Bridge = request.app.state.bridge
    if bridge.settings.token is None:
        raise Refused(404, "There is no `token` in the settings (BRIDGE_TOKEN).")
    check_token(request.headers, bridge.settings.token)
    try:
        now = await bridge.reconciler.preview()
    except StatuspageError as error:
        raise PageFailed(f"The status page could not be read. {error}") from error
    last = await bridge.state.last_pass()
    return JSONResponse({"now": _shown(now, bridge), "last": last and _shown(last, bridge)})


async def metrics(request: Request) -> Response:
    bridge: Bridge = request.app.state.bridge
    return Response(bridge.reconciler.metrics.as_text(), media_type=CONTENT_TYPE)


def _shown(over: Pass, bridge: Bridge) -> dict[str, object]:
    return {
        "at": over.at.isoformat(),
        "decisions": [
            {
                "action": one.action,
                "components": [
                    {"id": id_, "name": bridge.reconciler.page.name_of(id_), "status": status}
                    for id_, status in sorted(one.components.items())
                ],
                "impact": one.impact,
                "incident": one.incident,
                "draft": one.draft,
                "reason": one.reason,
                "failed": over.failed.get(one.subject),
            }
            for one in over.decisions
        ],
        "unread": over.unread,
    }
