"""Scorecards, pages, actions and workflows: kept and shown."""

from fastapi import APIRouter, Depends

from port_sandbox.api import collections
from port_sandbox.api.requests import Body, Json, Served, answered, text_of, the_client
from port_sandbox.core import action_rules, workflow_rules
from port_sandbox.core.json_types import Document
from port_sandbox.errors import Invalid
from port_sandbox.sandbox import Sandbox
from port_sandbox.storage.documents import DocumentStore

collections.register()
router = APIRouter(prefix="/v1", dependencies=[Depends(the_client)])


@router.get("/blueprints/{blueprint}/scorecards")
async def scorecards(blueprint: str, sandbox: Served) -> Json:
    sandbox.reads.blueprint(blueprint)
    return answered(scorecards=sandbox.scorecards.all(blueprint))


@router.post("/blueprints/{blueprint}/scorecards")
async def create_scorecard(blueprint: str, sandbox: Served, body: Body) -> Json:
    sandbox.reads.blueprint(blueprint)
    text_of(body, "identifier")
    if not isinstance(body.get("rules"), list):
        raise Invalid('must have required property "rules"')
    kept = {**body, "blueprint": blueprint}
    return answered(201, scorecard=sandbox.scorecards.create(kept, blueprint))


@router.get("/blueprints/{blueprint}/scorecards/{identifier}")
async def scorecard(blueprint: str, identifier: str, sandbox: Served) -> Json:
    return answered(scorecard=sandbox.scorecards.get(identifier, blueprint))


@router.delete("/blueprints/{blueprint}/scorecards/{identifier}")
async def delete_scorecard(blueprint: str, identifier: str, sandbox: Served) -> Json:
    sandbox.scorecards.delete(identifier, blueprint)
    return answered()


@router.get("/{collection:collection}")
async def every(collection: str, sandbox: Served) -> Json:
    return Json({"ok": True, collection: _store(sandbox, collection).all()})


@router.post("/{collection:collection}")
async def create(collection: str, sandbox: Served, body: Body) -> Json:
    text_of(body, "identifier")
    _check(sandbox, collection, body)
    document = _store(sandbox, collection).create(body)
    return Json(_named(collection, document), 201)


@router.get("/{collection:collection}/{identifier}")
async def one(collection: str, identifier: str, sandbox: Served) -> Json:
    return Json(_named(collection, _store(sandbox, collection).get(identifier)))


@router.put("/{collection:collection}/{identifier}")
@router.patch("/{collection:collection}/{identifier}")
async def change(collection: str, identifier: str, sandbox: Served, body: Body) -> Json:
    store = _store(sandbox, collection)
    _check(sandbox, collection, {**store.get(identifier), **body, "identifier": identifier})
    return Json(_named(collection, store.change(identifier, body)))


@router.delete("/{collection:collection}/{identifier}")
async def delete(collection: str, identifier: str, sandbox: Served) -> Json:
    _store(sandbox, collection).delete(identifier)
    return answered()


def _check(sandbox: Sandbox, collection: str, document: Document) -> None:
    if collection == "actions":
        action_rules.check(document, lambda one: sandbox.catalog.blueprint(one) is not None)
    if collection == "workflows":
        workflow_rules.check(document)


def _store(sandbox: Sandbox, collection: str) -> DocumentStore:
    stores = {
        "actions": sandbox.actions,
        "pages": sandbox.pages,
        "workflows": sandbox.workflows,
    }
    return stores[collection]


def _named(collection: str, document: Document) -> Document:
    return {
        "ok": True,
        collection.removesuffix("s"): document,
        "identifier": document["identifier"],
    }
