"""Registering, changing and clearing disruptions, which are incidents of the page like any other.

A component has one impacting disruption at most. What a person has opened or touched, a monitor or
the detection leaves open: only the component's status follows them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from statuspage_server.core.author import Author
from statuspage_server.core.incident_plan import IncidentRequest
from statuspage_server.core.moments import MINUTE, Moment
from statuspage_server.core.nobl9_status import Nobl9Status, nobl9_status, page_status
from statuspage_server.core.status import ComponentStatus
from statuspage_server.errors import Conflict, NotFound, Unprocessable
from statuspage_server.manage.incidents import change_incident, create_incident
from statuspage_server.manage.statuses import change_statuses
from statuspage_server.storage.components import find_component
from statuspage_server.storage.disruptions import (
    find_disruption,
    impacting_disruption,
)
from statuspage_server.storage.incidents import FullIncident, complete
from statuspage_server.storage.status_changes import Cause, StatusChange

# So far the clock of whoever tells a time may be from this server's.
APART = 5 * MINUTE

NAME = "Problems with {component}"
OPENED = "We are looking into it."
CHANGED = "The severity has changed."
CLEARED = "It is over."


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody says about a component."""

    author: Author
    comment: str | None = None
    at: Moment | None = None


def require_component(connection: Connection, page_id: str, component_id: str) -> Row[Any]:
    try:
        row = find_component(connection, page_id, component_id)
    except NotFound:
        raise NotFound(f"There is no component {component_id[:40]}") from None
    if row.is_group:
        raise Unprocessable(
            f"{row.name} is a group: its status is the most severe of its components. "
            "Name one of those"
        )
    return row


def register_disruption(
    connection: Connection,
    page_id: str,
    component_id: str,
    severity: Nobl9Status,
    word: Word,
    now: Moment,
) -> str:
    component = require_component(connection, page_id, component_id)
    impacting = impacting_disruption(connection, component_id)
    if impacting is not None:
        raise Conflict(
            f"{component.name} has an impacting disruption already, {impacting.id}: "
            "change its severity, or clear it"
        )
    began = _told(word.at, now)
    request = IncidentRequest(
        columns={
            "name": NAME.replace("{component}", component.name)[:255],
            "started_at": began,
        },
        body=word.comment or OPENED,
        statuses={component_id: page_status(severity)},
        author=word.author,
    )
    automatic = not word.author.is_person
    return create_incident(connection, page_id, request, now, automatic=automatic)


def change_severity(
    connection: Connection,
    page_id: str,
    disruption_id: str,
    severity: Nobl9Status,
    word: Word,
    now: Moment,
) -> None:
    found = _impacting(connection, page_id, disruption_id)
    _update(connection, found, {found.components[0].id: page_status(severity)}, word, now)


def clear_disruption(
    connection: Connection, page_id: str, disruption_id: str, word: Word, now: Moment
) -> None:
    """All of its components are well again, but for those that are worked on."""
    found = _impacting(connection, page_id, disruption_id)
    began, ended = found.row.started_at, _told(word.at, now)
    if ended < began - APART:
        raise Unprocessable("The disruption cannot have ended before it began")
    well = {
        one.id: str(ComponentStatus.OPERATIONAL)
        for one in found.components
        if one.status != ComponentStatus.UNDER_MAINTENANCE
    }
    _resolve(connection, found, well, word, now, max(began, ended))


def set_status(
    connection: Connection,
    page_id: str,
    component_id: str,
    status: Nobl9Status,
    word: Word,
    now: Moment,
) -> tuple[Nobl9Status, Nobl9Status]:
    """What it was and what it is: a disruption is opened, changed or closed with it."""
    component = require_component(connection, page_id, component_id)
    before = nobl9_status(component.status)
    if component.status == ComponentStatus.UNDER_MAINTENANCE and not word.author.is_person:
        return before, before  # what is worked on is nothing that a monitor can judge
    row = impacting_disruption(connection, component_id)
    well = status is Nobl9Status.OPERATIONAL
    if row is None and not well:
        register_disruption(connection, page_id, component_id, status, word, now)
    elif row is None or not (word.author.is_person or row.automatic):
        change = StatusChange(component_id, component.status, page_status(status))
        change_statuses(connection, page_id, [change], now, Cause(word.author, word.comment))
    elif well or status is not before or word.comment:
        _say(connection, complete(connection, [row])[0], component_id, status, word, now)
    return before, status


def _say(
    connection: Connection,
    found: FullIncident,
    component_id: str,
    status: Nobl9Status,
    word: Word,
    now: Moment,
) -> None:
    """With the last of its components that was unwell a disruption is over."""
    statuses = {component_id: str(page_status(status))}
    others = [nobl9_status(one.status) for one in found.components if one.id != component_id]
    if all(one is Nobl9Status.OPERATIONAL for one in (status, *others)):
        _resolve(connection, found, statuses, word, now, now)
    else:
        _update(connection, found, statuses, word, now)


def _impacting(connection: Connection, page_id: str, disruption_id: str) -> FullIncident:
    found = find_disruption(connection, page_id, disruption_id)
    if found.row.status == "resolved":
        raise Conflict(f"The disruption {disruption_id} is cleared already")
    return found


def _update(
    connection: Connection,
    found: FullIncident,
    statuses: Mapping[str, str],
    word: Word,
    now: Moment,
) -> None:
    request = IncidentRequest(body=word.comment or CHANGED, statuses=statuses, author=word.author)
    _change(connection, found, request, now)


def _resolve(
    connection: Connection,
    found: FullIncident,
    statuses: Mapping[str, str],
    word: Word,
    now: Moment,
    ended: Moment,
) -> None:
    request = IncidentRequest(
        columns={"resolved_at": ended},
        status="resolved",
        body=word.comment or CLEARED,
        statuses=statuses,
        author=word.author,
    )
    _change(connection, found, request, now)


def _change(
    connection: Connection, found: FullIncident, request: IncidentRequest, now: Moment
) -> None:
    by_hand = request.author is None or request.author.is_person
    row = found.row
    change_incident(connection, row.page_id, row.id, request, now, by_hand=by_hand)


def _told(at: Moment | None, now: Moment) -> Moment:
    if at is not None and at > now + APART:
        raise Unprocessable("A disruption cannot begin or end in the future")
    return now if at is None else min(at, now)
