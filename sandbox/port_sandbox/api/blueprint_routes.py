"""Blueprints."""

from fastapi import APIRouter, Depends

from port_sandbox.api.requests import Body, By, Json, Served, answered, the_client

router = APIRouter(prefix="/v1/blueprints", dependencies=[Depends(the_client)])


@router.get("")
async def every(sandbox: Served) -> Json:
    return answered(blueprints=sandbox.catalog.blueprints())


@router.post("")
async def create(sandbox: Served, body: Body) -> Json:
    return answered(201, blueprint=sandbox.blueprints.create(body))


@router.get("/{identifier}")
async def one(identifier: str, sandbox: Served) -> Json:
    return answered(blueprint=sandbox.reads.blueprint(identifier))


@router.patch("/{identifier}")
async def change(identifier: str, sandbox: Served, body: Body) -> Json:
    return answered(blueprint=sandbox.blueprints.change(identifier, body))


@router.put("/{identifier}")
async def replace(identifier: str, sandbox: Served, body: Body) -> Json:
    """Put a blueprint in the place of another."""
    return answered(blueprint=sandbox.blueprints.replace(identifier, body))


@router.delete("/{identifier}")
async def delete(identifier: str, sandbox: Served) -> Json:
    sandbox.blueprints.delete(identifier)
    return answered()


@router.get("/{identifier}/entities-count")
async def count(identifier: str, sandbox: Served) -> Json:
    sandbox.reads.blueprint(identifier)
    return answered(count=sandbox.catalog.count(identifier))


@router.delete("/{identifier}/all-entities")
async def delete_entities(
    identifier: str, sandbox: Served, by: By, *, delete_blueprint: bool = False
) -> Json:
    """Take all entities of a blueprint away, at once, and the blueprint if asked."""
    sandbox.reads.blueprint(identifier)
    keys = [entity.key for entity in sandbox.catalog.entities(identifier)]
    sandbox.writes.delete(keys, by, dependents=True)
    if delete_blueprint:
        sandbox.blueprints.delete(identifier)
    return answered(202, migrationId=f"migration_{identifier}")
