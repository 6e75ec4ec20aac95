"""An item changed its state: what that does to its component.

Heartbeats speak when they change. In between a person's word stands, and a component under
maintenance is not called down because it is silent: it is looked at again when that is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from statuspage_server.core.author import HEARTBEATS
from statuspage_server.core.heartbeat import ItemState
from statuspage_server.core.moments import Moment
from statuspage_server.core.spikes import ReportSource
from statuspage_server.core.status import ComponentStatus
from statuspage_server.heartbeats.alerts import alert, is_alert
from statuspage_server.heartbeats.late_incidents import open_late_incident, resolve_late_incident
from statuspage_server.heartbeats.monitors import Monitor
from statuspage_server.manage.detection import detect_disruption
from statuspage_server.manage.problem_reports import Report, add_report
from statuspage_server.manage.statuses import change_statuses
from statuspage_server.storage.schema import components, item_states
from statuspage_server.storage.status_changes import Cause, StatusChange

# An item that was never seen is down too, but nobody has lost anything yet.
_OPENING = frozenset({ItemState.LATE, ItemState.FAILED})


@dataclass(frozen=True, slots=True)
class Transition:
    monitor: Monitor
    state: ItemState
    at: Moment
    message: str | None = None


def status_of(state: ItemState) -> ComponentStatus:
    return ComponentStatus.OPERATIONAL if state.is_up else ComponentStatus.MAJOR_OUTAGE


def apply_transitions(connection: Connection, transitions: Sequence[Transition]) -> None:
    for transition in transitions:
        _apply(connection, transition)


def _apply(connection: Connection, transition: Transition) -> None:
    component_id = transition.monitor.component_id
    status = connection.execute(
        select(components.c.status).where(components.c.id == component_id)
    ).scalar_one_or_none()
    if status is None:
        return  # taken out of the page while the beat was on its way
    if status == ComponentStatus.UNDER_MAINTENANCE:
        return
    before = _note_state(connection, transition)
    if transition.state is ItemState.PAUSED:
        return
    # After a pause its component is looked at afresh.
    known = None if before is ItemState.PAUSED else before
    if known is not None and known.is_up == transition.state.is_up:
        return
    monitor, now = transition.monitor, transition.at
    if is_alert(before, transition.state):
        alert(connection, monitor, transition.state, transition.message, now)
    if monitor.late_incidents.enabled and transition.state in _OPENING:
        open_late_incident(connection, monitor, now)
    if transition.state.is_up:
        resolve_late_incident(connection, monitor, now)
    # What an incident has changed by now is not changed again.
    status = connection.execute(
        select(components.c.status).where(components.c.id == component_id)
    ).scalar_one()
    change = StatusChange(component_id, status, status_of(transition.state))
    cause = Cause(HEARTBEATS, transition.message or transition.state)
    change_statuses(connection, monitor.page_id, [change], now, cause)
    if transition.state in _OPENING:
        _report(connection, transition)


def _report(connection: Connection, transition: Transition) -> None:
    """It counts beside what users and other monitors report of the component."""
    monitor, now = transition.monitor, transition.at
    report = Report(
        monitor.component_id, HEARTBEATS.name, transition.message, ReportSource.INTERNAL
    )
    add_report(connection, monitor.page_id, report, now)
    detect_disruption(connection, monitor.page_id, monitor.component_id, monitor.detection, now)


def _note_state(connection: Connection, transition: Transition) -> ItemState | None:
    """Write the new state down and return the one before it."""
    component_id = transition.monitor.component_id
    row = connection.execute(
        select(item_states.c.state).where(item_states.c.component_id == component_id)
    ).one_or_none()
    values = {"state": transition.state, "since": transition.at}
    if row is None:
        connection.execute(insert(item_states).values(component_id=component_id, **values))
        return None
    connection.execute(
        update(item_states).where(item_states.c.component_id == component_id).values(**values)
    )
    return ItemState(row.state) if row.state else None
