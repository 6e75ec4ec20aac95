"""An item changed its state: what that does to its component.

Heartbeats speak when they change. In between a person's word stands, and a component under
maintenance is not called down because it is silent: it is looked at again when that is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from statuspage_server.core.heartbeat import ItemState
from statuspage_server.core.moments import Moment
from statuspage_server.core.status import ComponentStatus
from statuspage_server.heartbeats.roster import Watched
from statuspage_server.storage.schema import components, item_states
from statuspage_server.storage.status_changes import StatusChange, change_statuses


@dataclass(frozen=True, slots=True)
class Transition:
    watched: Watched
    state: ItemState
    at: Moment
    message: str | None = None


def status_of(state: ItemState) -> ComponentStatus:
    return ComponentStatus.OPERATIONAL if state.is_up else ComponentStatus.MAJOR_OUTAGE


def apply_transitions(connection: Connection, transitions: Sequence[Transition]) -> None:
    for transition in transitions:
        _apply(connection, transition)


def _apply(connection: Connection, transition: Transition) -> None:
    component_id = transition.watched.component_id
    status = connection.execute(
        select(components.c.status).where(components.c.id == component_id)
    ).scalar_one_or_none()
    if status is None:
        return  # taken out of the page while the beat was on its way
    before = connection.execute(
        select(item_states).where(item_states.c.component_id == component_id)
    ).one_or_none()
    if status == ComponentStatus.UNDER_MAINTENANCE:
        return
    connection.execute(delete(item_states).where(item_states.c.component_id == component_id))
    connection.execute(
        insert(item_states).values(
            component_id=component_id,
            state=transition.state,
            since=transition.at,
            incident_id=before.incident_id if before else None,
        )
    )
    was_up = before is not None and ItemState(before.state).is_up
    if before is None or was_up != transition.state.is_up:
        change = StatusChange(component_id, status, status_of(transition.state))
        change_statuses(connection, transition.watched.page_id, [change], transition.at)
