"""What a request does to an incident: decided here in full, written to the database elsewhere.

A plan holds the columns to set, the update to add, the components to attach and the statuses to
change. The same decisions serve the API, the schedule and the heartbeats.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from statuspage_server.core.author import Author
from statuspage_server.core.impact import computed_impact, grown_impact
from statuspage_server.core.moments import Moment
from statuspage_server.errors import Unprocessable

REALTIME = ("investigating", "identified", "monitoring", "resolved")
PLANNED = ("scheduled", "in_progress", "verifying", "completed")
OVER = frozenset({"resolved", "completed"})
OPEN = tuple(status for status in (*REALTIME, *PLANNED) if status not in OVER)


@dataclass(frozen=True, slots=True)
class KnownComponent:
    """A component of the page, groups left out; its name begins with that of its group."""

    id: str
    name: str
    status: str


@dataclass(frozen=True, slots=True)
class IncidentRequest:
    """What was asked for. None means that the request did not say."""

    columns: Mapping[str, Any] = field(default_factory=dict)
    status: str | None = None
    body: str | None = None
    statuses: Mapping[str, str] = field(default_factory=dict)
    attached: Sequence[str] | None = None
    deliver_notifications: bool = True
    wants_twitter_update: bool = False
    author: Author | None = None


@dataclass(frozen=True, slots=True)
class IncidentBefore:
    status: str
    scheduled: bool
    computed_impact: str
    impact_override: str | None
    attached: tuple[str, ...]
    scheduled_for: Moment | None
    scheduled_until: Moment | None


@dataclass(frozen=True, slots=True)
class UpdatePlan:
    status: str
    body: str
    affected_components: list[dict[str, Any]] | None
    deliver_notifications: bool
    wants_twitter_update: bool
    at: Moment


@dataclass(frozen=True, slots=True)
class IncidentPlan:
    columns: dict[str, Any]
    update: UpdatePlan | None
    attached: tuple[str, ...]
    new_statuses: dict[str, str]


def plan_creation(
    request: IncidentRequest, page: Mapping[str, KnownComponent], now: Moment
) -> IncidentPlan:
    columns = dict(request.columns)
    scheduled = columns.get("scheduled_for") is not None or request.status in PLANNED
    status = request.status or ("scheduled" if scheduled else "investigating")
    _check_name(columns)
    _check_status(status, scheduled=scheduled)
    _check_times(columns.get("scheduled_for"), columns.get("scheduled_until"), scheduled=scheduled)
    at = now
    if columns.get("backfilled"):
        if request.statuses or request.attached:
            raise Unprocessable("A backfilled incident cannot have components")
        status = request.status or "resolved"
        at = columns.pop("backfill_date", None) or now
    columns.pop("backfill_date", None)
    attached = _attach((), request, page)
    new_statuses = _new_statuses(request, page)
    # The vendor tells nothing about components of a first update that was given no statuses.
    affected = _affected(tuple(new_statuses), new_statuses, page)
    impact = _impact("none", new_statuses, affected, page, scheduled=scheduled)
    columns |= {
        "status": status,
        "scheduled": scheduled,
        "computed_impact": impact,
        "impact": columns.get("impact_override") or impact,
        "started_at": columns.get("scheduled_for") or columns.get("started_at") or at,
        "created_at": at,
        "updated_at": now,
        **_milestones(status, at),
    }
    update = UpdatePlan(
        status,
        request.body or "",
        affected,
        request.deliver_notifications,
        request.wants_twitter_update,
        at,
    )
    return IncidentPlan(columns, update, attached, new_statuses)


def plan_change(
    before: IncidentBefore,
    request: IncidentRequest,
    page: Mapping[str, KnownComponent],
    now: Moment,
) -> IncidentPlan:
    columns = dict(request.columns)
    columns.pop("backfill_date", None)
    columns.pop("backfilled", None)
    status = request.status or before.status
    if "name" in columns:
        _check_name(columns)
    _check_status(status, scheduled=before.scheduled)
    _check_times(
        columns.get("scheduled_for", before.scheduled_for),
        columns.get("scheduled_until", before.scheduled_until),
        scheduled=before.scheduled,
    )
    attached = _attach(before.attached, request, page)
    new_statuses = _new_statuses(request, page)
    affected = _affected(attached, new_statuses, page)
    impact = _impact(
        before.computed_impact, new_statuses, affected, page, scheduled=before.scheduled
    )
    override = columns.get("impact_override", before.impact_override)
    columns |= {"computed_impact": impact, "impact": override or impact, "updated_at": now}
    ended = columns.pop("resolved_at", None)
    if status != before.status:
        columns |= {"status": status, **_milestones(status, ended or now)}
    update = None
    if request.body or status != before.status:
        update = UpdatePlan(
            status,
            request.body or "",
            affected,
            request.deliver_notifications,
            request.wants_twitter_update,
            now,
        )
    return IncidentPlan(columns, update, attached, new_statuses)


def _check_name(columns: Mapping[str, Any]) -> None:
    if not (columns.get("name") or "").strip():
        raise Unprocessable("Name can't be blank")


def _check_status(status: str, *, scheduled: bool) -> None:
    allowed = PLANNED if scheduled else REALTIME
    if status not in allowed:
        kind = "a scheduled maintenance" if scheduled else "an incident"
        raise Unprocessable(f"Status of {kind} must be one of {', '.join(allowed)}")


def _check_times(start: Moment | None, end: Moment | None, *, scheduled: bool) -> None:
    if not scheduled:
        if start is not None or end is not None:
            raise Unprocessable("An incident that is not scheduled has no scheduled times")
        return
    if start is None or end is None:
        raise Unprocessable("A scheduled maintenance needs scheduled_for and scheduled_until")
    if end <= start:
        raise Unprocessable("scheduled_until must be after scheduled_for")


def _attach(
    before: Sequence[str], request: IncidentRequest, page: Mapping[str, KnownComponent]
) -> tuple[str, ...]:
    wanted = before if request.attached is None else request.attached
    unknown = [id_ for id_ in (*(request.attached or ()), *request.statuses) if id_ not in page]
    if unknown:
        raise Unprocessable(*(f"Component {id_[:40]} is not on this page" for id_ in unknown[:10]))
    return tuple(dict.fromkeys(id_ for id_ in (*wanted, *request.statuses) if id_ in page))


def _new_statuses(request: IncidentRequest, page: Mapping[str, KnownComponent]) -> dict[str, str]:
    """An empty status attaches a component and leaves it as it is."""
    return {id_: status or page[id_].status for id_, status in request.statuses.items()}


def _affected(
    ids: Sequence[str], new_statuses: Mapping[str, str], page: Mapping[str, KnownComponent]
) -> list[dict[str, Any]] | None:
    affected = [
        {
            "code": id_,
            "name": page[id_].name,
            "old_status": page[id_].status,
            "new_status": new_statuses.get(id_, page[id_].status),
        }
        for id_ in ids
    ]
    return affected or None


def _impact(
    before: str,
    new_statuses: Mapping[str, str],
    affected: Sequence[Mapping[str, Any]] | None,
    page: Mapping[str, KnownComponent],
    *,
    scheduled: bool,
) -> str:
    everywhere = [new_statuses.get(id_, known.status) for id_, known in page.items()]
    given = [entry["new_status"] for entry in affected or ()]
    return grown_impact(before, computed_impact(given, everywhere, scheduled=scheduled))


def _milestones(status: str, at: Moment) -> dict[str, Any]:
    """When it was first watched and when it was over; opened again, it is not over."""
    if status in OVER:
        return {"resolved_at": at}
    return (
        {"monitoring_at": at, "resolved_at": None}
        if status == "monitoring"
        else {"resolved_at": None}
    )
