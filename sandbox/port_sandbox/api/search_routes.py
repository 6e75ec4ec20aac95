"""Search, and what an integration wrote."""

from fastapi import APIRouter, Depends

from port_sandbox.api.requests import (
    Body,
    Json,
    Parts,
    Served,
    answered,
    is_text,
    list_of,
    the_client,
)
from port_sandbox.core import timestamps
from port_sandbox.core.datasource import asked_for
from port_sandbox.core.projection import projected
from port_sandbox.errors import Invalid

PAGE = 5000

router = APIRouter(prefix="/v1", dependencies=[Depends(the_client)])


@router.post("/entities/search")
async def search(
    sandbox: Served,
    body: Body,
    parts: Parts,
    *,
    exclude_calculated_properties: bool = False,
) -> Json:
    now = sandbox.clock()
    computed = not exclude_calculated_properties
    found = sandbox.reads.search(body, now, computed=computed)
    documents = [sandbox.reads.shown(e, now) if computed else e.document() for e in found]
    return answered(
        matchingBlueprints=list(dict.fromkeys(entity.blueprint for entity in found)),
        failedBlueprints=[],
        entities=[parts.of(one) for one in documents],
    )


@router.post("/blueprints/{blueprint}/entities/search")
async def search_blueprint(blueprint: str, sandbox: Served, body: Body) -> Json:
    """Return a page of a blueprint's entities that a query matches."""
    sandbox.reads.blueprint(blueprint)
    limit, start = _page(body, most=1000, usual=200)
    now = sandbox.clock()
    own = {"property": "$blueprint", "operator": "=", "value": blueprint}
    query = {"combinator": "and", "rules": [own, *([body["query"]] if body.get("query") else [])]}
    found = sandbox.reads.search(query, now, computed=True)
    include, exclude = (
        list_of(body, name, is_text, "paths") if name in body else []
        for name in ("include", "exclude")
    )
    page = [sandbox.reads.shown(entity, now) for entity in found[start : start + limit]]
    end = start + limit
    return answered(
        entities=[projected(one, include, exclude) for one in page],
        next=str(end) if end < len(found) else None,
    )


@router.post("/blueprints/entities/datasource-entities")
async def datasource_entities(sandbox: Served, body: Body) -> Json:
    """Return the keys of what one integration wrote, not touched since `before`."""
    prefix, suffix = asked_for(body)
    limit, after = _page(body, most=PAGE, usual=PAGE)
    before = None
    if body.get("before") is not None:
        moment = timestamps.parsed(body["before"])
        if moment is None:
            raise Invalid('"before" must match format "date-time"')
        before = timestamps.formatted(moment)
    found = sandbox.catalog.written_by(prefix, suffix, before, after, limit)
    return answered(
        entities=[{"identifier": key[1], "blueprint": key[0]} for _, key in found],
        next=str(found[-1][0]) if len(found) == limit else None,
    )


def _page(body: dict[str, object], *, most: int, usual: int) -> tuple[int, int]:
    limit, start = body.get("limit", usual), body.get("from") or "0"
    if not isinstance(limit, int) or not 1 <= limit <= most:
        raise Invalid(f'"limit" must be 1 to {most}')
    if not isinstance(start, str) or not start.isdecimal():
        raise Invalid('"from" must be what "next" said')
    return limit, int(start)
