"""What is shown of one run: how it stands, what it was given, what it said and what came of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from port_sandbox.catalog.launches import IN_PROGRESS
from port_sandbox.core import inputs, timestamps
from port_sandbox.core.entities import Entity, targets
from port_sandbox.core.json_types import Document
from port_sandbox.page import startable
from port_sandbox.page.cells import Cell, cell, related, safe_link
from port_sandbox.page.startable import ACTION, WORKFLOW
from port_sandbox.sandbox import Sandbox

WAITING = "WAITING"


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in a list."""

    identifier: str
    title: str
    state: str
    label: str
    began: str
    seconds: float | None
    by: str

    @property
    def is_open(self) -> bool:
        """Whether more is to come."""
        return self.state in {WAITING, IN_PROGRESS}


@dataclass(frozen=True, slots=True)
class RunView:
    """A run for itself."""

    line: RunLine
    family: str
    installation: str
    about: Entity | None
    links: tuple[str, ...]
    entities: tuple[Entity, ...]
    given: tuple[tuple[str, Cell], ...]
    log: tuple[Document, ...]
    handed: Document
    output: Document
    # Why nobody takes the run, where that can be known.
    obstacle: str


def newest(sandbox: Sandbox, limit: int = 30) -> list[RunLine]:
    """Return the runs of both families, the newest first."""
    runs = [*sandbox.action_runs.latest(limit), *sandbox.node_runs.latest(limit)]
    return lines(sandbox, sorted(runs, key=lambda run: str(run["createdAt"]), reverse=True)[:limit])


def lines(sandbox: Sandbox, runs: Iterable[Document]) -> list[RunLine]:
    now = sandbox.clock()
    return [_line(sandbox, run, now) for run in runs]


def run_view(sandbox: Sandbox, run_id: str) -> RunView:
    """Return a run of either family."""
    classic = sandbox.action_runs.find(run_id)
    run = classic or sandbox.node_runs.get(run_id)
    store = sandbox.action_runs if classic else sandbox.node_runs
    handed = run.get("payload") or run.get("config") or {}
    line = _line(sandbox, run, sandbox.clock())
    about = sandbox.catalog.entity((str(run.get("blueprint")), str(run.get("entity"))))
    links = tuple(dict.fromkeys(_links(run)))
    installation = str(handed.get("installationId"))
    return RunView(
        line=line,
        family="an action" if classic else "a node of a workflow",
        installation=installation,
        about=about,
        links=links,
        entities=tuple(sandbox.catalog.called(_names(run, links))),
        given=tuple(_given(sandbox, run)),
        log=tuple(store.logs(run_id)),
        handed=handed,
        output=run.get("output") or {},
        obstacle=_obstacle(sandbox, installation) if line.state == WAITING else "",
    )


def _line(sandbox: Sandbox, run: Document, now: datetime) -> RunLine:
    identifier = str(run.get("id") or run.get("identifier"))
    store = sandbox.action_runs if "id" in run else sandbox.node_runs
    state = str(run.get("result") or run["status"])
    if state == IN_PROGRESS and not store.is_taken(identifier):
        state = WAITING
    label = run.get("statusLabel") or ""
    began, ended = (timestamps.parsed(run.get(name)) for name in ("createdAt", "endedAt"))
    return RunLine(
        identifier=identifier,
        title=_title(run),
        state=state,
        label=str(label.get("text", "") if isinstance(label, dict) else label),
        began=str(run["createdAt"]),
        seconds=((ended or now) - began).total_seconds() if began else None,
        by=str(run.get("createdBy", "")),
    )


def _title(run: Document) -> str:
    named = run.get("action") or run.get("workflow") or {}
    title = str(named.get("title") or named.get("identifier"))
    node = str(run.get("nodeUid") or "").rpartition(":")[2]
    return f"{title}: {node}" if node else title


def _given(sandbox: Sandbox, run: Document) -> Iterator[tuple[str, Cell]]:
    """Yield the inputs by their titles, and entities by their names."""
    kind, named = (ACTION, run["action"]) if "action" in run else (WORKFLOW, run["workflow"])
    known = {one.identifier: one for one in startable.everything(sandbox) if one.kind == kind}
    one = known.get(named["identifier"])
    definitions = inputs.definitions(one.trigger) if one else {}
    for name, value in run["properties"].items():
        definition = definitions.get(name, {})
        source = definition.get("items") or definition
        if source.get("format") == "entity":
            ends = targets(value)
            names = sandbox.tables.names(str(source.get("blueprint")), ends)
            shown = related(
                str(source.get("blueprint")), {end: names.get(end, end) for end in ends}
            )
        else:
            shown = cell(value, {})
        yield str(definition.get("title") or name), shown


def _links(run: Document) -> Iterator[str]:
    """Return where the result can be seen, as the integration has said it."""
    listed = run.get("links") or []
    found: list[Any] = [run.get("link"), *(listed if isinstance(listed, list) else [])]
    found += (run.get("output") or {}).values()
    for one in found:
        address = one.get("url") if isinstance(one, dict) else one
        if isinstance(address, str) and "//" in address and safe_link(address):
            yield address


def _names(run: Document, links: Iterable[str]) -> set[str]:
    """Return what entities that came of a run may be called."""
    names = [*str(run.get("externalRunId") or "").split(",")]
    for value in (run.get("output") or {}).values():
        names += value if isinstance(value, list) else [value]
    names += [urlsplit(link).path.rpartition("/")[2] for link in links]
    return {one for one in names if isinstance(one, str) and one}


def _obstacle(sandbox: Sandbox, installation: str) -> str:
    integration = sandbox.integrations.documents.find(installation)
    if integration is None:
        return f"No integration with the identifier “{installation}” has signed in yet."
    if not integration.get("actionsProcessingEnabled"):
        return (
            f"The integration “{installation}” does not take runs: start it with"
            " OCEAN__ACTIONS_PROCESSOR__ENABLED=true."
        )
    return ""
