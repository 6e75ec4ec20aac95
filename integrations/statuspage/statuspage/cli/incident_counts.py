"""How many incidents there were, by component and period. No I/O."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from statuspage.answers import Raw
from statuspage.records import is_maintenance, moment, objects

PERIODS: Mapping[str, timedelta] = {
    "last_hour": timedelta(hours=1),
    "last_day": timedelta(days=1),
    "last_week": timedelta(days=7),
}
LONGEST = max(PERIODS.values())


def counts(unresolved: Iterable[Raw], recent: Iterable[Raw], now: datetime) -> Raw:
    """Return the counts of all incidents and of each component that had one."""
    total = _nothing()
    components: dict[str, Raw] = {}
    for name, incidents in _by_period(unresolved, recent, now).items():
        for incident in incidents:
            total[name] += 1
            for component_id, component in _components(incident).items():
                row = components.setdefault(
                    component_id, {"id": component_id, "name": component, **_nothing()}
                )
                row[name] += 1
    worst_first = sorted(components.values(), key=lambda row: [-row[name] for name in _nothing()])
    return {"total": total, "components": worst_first}


def _nothing() -> Raw:
    return dict.fromkeys(("open", *PERIODS), 0)


def _by_period(
    unresolved: Iterable[Raw], recent: Iterable[Raw], now: datetime
) -> dict[str, list[Raw]]:
    began = [
        (moment(incident.get("created_at")), incident)
        for incident in recent
        if not is_maintenance(incident)
    ]
    return {"open": [one for one in unresolved if not is_maintenance(one)]} | {
        name: [incident for time, incident in began if time and now - length <= time]
        for name, length in PERIODS.items()
    }


def _components(incident: Raw) -> dict[str, str]:
    """Return the names of an incident's components by their ids, also of those that are gone."""
    affected = {
        str(row["code"]): str(row.get("name"))
        for update in objects(incident.get("incident_updates"))
        for row in objects(update.get("affected_components"))
        if row.get("code")
    }
    now = {str(row.get("id")): str(row.get("name")) for row in objects(incident.get("components"))}
    return affected | now
