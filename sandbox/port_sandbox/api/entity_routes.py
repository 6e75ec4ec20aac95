"""Entities of one blueprint."""

from fastapi import APIRouter, Depends

from port_sandbox.api.requests import (
    Body,
    By,
    How,
    Json,
    Parts,
    Served,
    answered,
    is_text,
    list_of,
    the_client,
)
from port_sandbox.catalog.writes import Options
from port_sandbox.core.json_types import Document
from port_sandbox.errors import Invalid, NotFound
from port_sandbox.sandbox import Sandbox

MOST_UPSERTED = 20
MOST_DELETED = 100

router = APIRouter(prefix="/v1/blueprints/{blueprint}", dependencies=[Depends(the_client)])


@router.post("/entities/bulk")
async def upsert_many(blueprint: str, sandbox: Served, body: Body, how: How, by: By) -> Json:
    """Write up to twenty entities, each for itself."""
    sent = list_of(body, "entities", lambda _: True, "entities")
    if not 1 <= len(sent) <= MOST_UPSERTED:
        raise Invalid(f'"entities" must have 1 to {MOST_UPSERTED} items')
    written, refused = sandbox.writes.upsert_many(blueprint, sent, how, by)
    return answered(207 if refused else 200, entities=written, errors=refused)


@router.post("/bulk/entities/delete")
async def delete_many(
    blueprint: str, sandbox: Served, body: Body, by: By, *, delete_dependents: bool = False
) -> Json:
    """Delete up to a hundred entities, all or none."""
    sandbox.reads.blueprint(blueprint)
    identifiers = list_of(body, "entities", is_text, "identifiers")
    if not 1 <= len(identifiers) <= MOST_DELETED:
        raise Invalid(f'"entities" must have 1 to {MOST_DELETED} items')
    keys = [(blueprint, identifier) for identifier in dict.fromkeys(identifiers)]
    deleted = sandbox.writes.delete(keys, by, dependents=delete_dependents)
    return answered(deletedEntities=[identifier for _, identifier in deleted])


@router.post("/entities")
async def upsert(blueprint: str, sandbox: Served, body: Body, how: How, by: By) -> Json:
    entity, created = sandbox.writes.upsert(blueprint, body, how, by)
    return answered(201 if created else 200, entity=entity.document())


@router.get("/entities")
async def every(
    blueprint: str,
    sandbox: Served,
    parts: Parts,
    *,
    exclude_calculated_properties: bool = False,
) -> Json:
    sandbox.reads.blueprint(blueprint)
    now = sandbox.clock()
    found = sandbox.catalog.entities(blueprint)
    documents = (
        entity.document() if exclude_calculated_properties else sandbox.reads.shown(entity, now)
        for entity in found
    )
    return answered(entities=[parts.of(one) for one in documents])


@router.get("/entities/{identifier:path}")
async def one(
    blueprint: str,
    identifier: str,
    sandbox: Served,
    parts: Parts,
) -> Json:
    return answered(entity=parts.of(_shown(sandbox, blueprint, identifier)))


@router.patch("/entities/{identifier:path}")
async def change(blueprint: str, identifier: str, sandbox: Served, body: Body, by: By) -> Json:
    sandbox.reads.entity((blueprint, identifier))
    sent = {**body, "identifier": identifier}
    sandbox.writes.upsert(blueprint, sent, Options(upsert=True, merge=True), by)
    return answered(entity=_shown(sandbox, blueprint, identifier))


@router.put("/entities/{identifier:path}")
async def replace(blueprint: str, identifier: str, sandbox: Served, body: Body, by: By) -> Json:
    """Put an entity in the place of another."""
    sandbox.reads.entity((blueprint, identifier))
    sandbox.writes.upsert(blueprint, {**body, "identifier": identifier}, Options(upsert=True), by)
    return answered(entity=_shown(sandbox, blueprint, identifier))


@router.delete("/entities/{identifier:path}")
async def delete(
    blueprint: str, identifier: str, sandbox: Served, by: By, *, delete_dependents: bool = False
) -> Json:
    sandbox.reads.blueprint(blueprint)
    key = (blueprint, identifier)
    if not sandbox.writes.delete([key], by, dependents=delete_dependents):
        raise NotFound.entity(*key)
    return answered()


def _shown(sandbox: Sandbox, blueprint: str, identifier: str) -> Document:
    now = sandbox.clock()
    entity = sandbox.reads.entity((blueprint, identifier))
    shown = sandbox.reads.shown(entity, now)
    return {**shown, "scorecards": sandbox.reads.scores(entity, shown, now)}
