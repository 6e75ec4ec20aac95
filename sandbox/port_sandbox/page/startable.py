"""What can be started by hand, and where: actions on their blueprints, workflows everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from port_sandbox.catalog.invocations import INTEGRATION_ACTION, ON_AN_ENTITY
from port_sandbox.core import inputs
from port_sandbox.core.entities import Entity, targets
from port_sandbox.core.json_types import Document
from port_sandbox.core.search import compile_query
from port_sandbox.core.subject import ComputedSubject
from port_sandbox.errors import NotFound
from port_sandbox.page.form_requests import INPUT
from port_sandbox.sandbox import Sandbox

ACTION, WORKFLOW = "action", "workflow"
ORDER = ("CREATE", "", "DAY-2", "DELETE")
SELF_SERVICE, BY_HAND = "self-service", "SELF_SERVE_TRIGGER"


@dataclass(frozen=True, slots=True)
class Startable:
    """An action or a workflow with a form."""

    kind: str
    identifier: str
    title: str
    description: str
    trigger: Document
    method: str = INTEGRATION_ACTION

    @property
    def operation(self) -> str:
        """What it does with an entity: CREATE, DAY-2 or DELETE."""
        return str(self.trigger.get("operation", ""))

    @property
    def blueprint(self) -> str | None:
        return self.trigger.get("blueprintIdentifier")

    @property
    def is_on_an_entity(self) -> bool:
        """Whether it needs an entity that is there already."""
        return self.operation in ON_AN_ENTITY

    @property
    def is_run_here(self) -> bool:
        """Whether the sandbox can run it."""
        return self.method == INTEGRATION_ACTION

    def link(self, entity: str = "", filled: Mapping[str, str] | None = None) -> str:
        """Return where its form is, with some inputs filled in."""
        chosen = {self.kind: self.identifier, **({"entity": entity} if entity else {})}
        given = {f"{INPUT}{name}": value for name, value in (filled or {}).items()}
        return f"/self-service/start?{urlencode({**chosen, **given})}"


def everything(sandbox: Sandbox) -> list[Startable]:
    """Return all that can be started by hand: what creates first, what deletes last.

    Within that by title, since Ocean brings its actions all at once, in an order of chance.
    """
    actions = [_action(one) for one in sandbox.actions.all()]
    workflows = [_workflow(one) for one in sandbox.workflows.all()]
    found = [one for one in (*actions, *workflows) if one is not None]
    return sorted(found, key=lambda one: (ORDER.index(one.operation), one.title.casefold()))


def one_of(sandbox: Sandbox, kind: str, identifier: str) -> Startable:
    for one in everything(sandbox):
        if (one.kind, one.identifier) == (kind, identifier):
            return one
    raise NotFound(f'"{identifier}" is no {kind} that can be started by hand')


def creating(sandbox: Sandbox, blueprint: str) -> list[Startable]:
    """Return what makes an entity of a blueprint."""
    return [
        one for one in everything(sandbox) if one.blueprint == blueprint and not one.is_on_an_entity
    ]


def fitting(sandbox: Sandbox, entity: Entity, shown: Document, now: datetime) -> list[Startable]:
    """Return what can be done with an entity, which the condition of an action may rule out."""
    subject = ComputedSubject(entity, shown["properties"], sandbox.catalog)
    return [
        one
        for one in everything(sandbox)
        if one.blueprint == entity.blueprint
        and one.is_on_an_entity
        and compile_query(_condition(one), now)(subject)
    ]


def about(sandbox: Sandbox, entity: Entity) -> list[tuple[Startable, str]]:
    """Return what can be created for an entity, with the form in which it is chosen already.

    What the entity belongs to is chosen too: with a component its page.
    """
    relations = sandbox.reads.blueprint(entity.blueprint)["relations"]
    ends = {
        relations[name]["target"]: target
        for name, value in entity.relations.items()
        for target in targets(value)[:1]
        if name in relations and not relations[name].get("many")
    }
    ends[entity.blueprint] = entity.identifier
    found: list[tuple[Startable, str]] = []
    for one in everything(sandbox):
        picked = {
            name: str((definition.get("items") or definition).get("blueprint"))
            for name, definition in inputs.definitions(one.trigger).items()
        }
        if entity.blueprint in picked.values() and not one.is_on_an_entity:
            filled = {name: ends[of] for name, of in picked.items() if of in ends}
            found.append((one, one.link(filled=filled)))
    return found


def _condition(one: Startable) -> Document:
    written = one.trigger.get("condition") or {}
    return {"combinator": written.get("combinator", "and"), "rules": written.get("rules", [])}


def _action(action: Document) -> Startable | None:
    trigger, method = action["trigger"], str(action["invocationMethod"]["type"])
    if trigger["type"] != SELF_SERVICE:
        return None
    return Startable(ACTION, *_named(action), trigger, method)


def _workflow(workflow: Document) -> Startable | None:
    configs = [node.get("config") or {} for node in workflow.get("nodes") or ()]
    found = [one for one in configs if one.get("type") == BY_HAND]
    return Startable(WORKFLOW, *_named(workflow), found[0]) if found else None


def _named(document: Document) -> tuple[str, str, str]:
    identifier = document["identifier"]
    return identifier, document.get("title") or identifier, document.get("description") or ""
