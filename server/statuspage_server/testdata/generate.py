"""A page of a given size with a believable history: the same for the same seed and moment."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from statuspage_server.core.ids import ALPHABET, LENGTH
from statuspage_server.core.impact import computed_impact
from statuspage_server.core.moments import DAY, HOUR, MINUTE, Moment, whole_seconds
from statuspage_server.core.status import ComponentStatus
from statuspage_server.testdata.oddities import Oddities
from statuspage_server.testdata.rows import PageParts, PageRows, Values, new_page_row
from statuspage_server.testdata.words import (
    BODIES,
    FAULTS,
    PLACES,
    PLANS,
    SERVICES,
)

_BAD = (
    ComponentStatus.DEGRADED_PERFORMANCE,
    ComponentStatus.PARTIAL_OUTAGE,
    ComponentStatus.MAJOR_OUTAGE,
)
_WEIGHTS = (5, 3, 2)


@dataclass(frozen=True, slots=True)
class Size:
    components: int = 30
    groups: int = 5
    incidents: int = 100
    days: int = 365


# Incidents in one part: a million of them do not fit into a small machine's memory.
PART = 1000


def generate_page(name: str, size: Size, now: Moment, seed: int) -> PageParts:
    generator = _Generator(seed, now, size)
    page = generator.page(name)
    return PageParts(page, generator.parts(page))


class _Generator:
    def __init__(self, seed: int, now: Moment, size: Size) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._oddities = Oddities(seed)
        self._now = now
        self._size = size
        self._began = now - size.days * DAY

    def _id(self) -> str:
        return "".join(self._chance.choices(ALPHABET, k=LENGTH))

    def page(self, name: str) -> Values:
        return new_page_row(self._id(), name, {}, self._began)

    def parts(self, page: Values) -> Iterator[PageRows]:
        rows = PageRows(page)
        self._add_components(rows)
        yield rows
        leaves = [row for row in rows.components if not row["is_group"]]
        moments = sorted(
            self._chance.randint(self._began, max(self._began, self._now - DAY))
            for _ in range(self._size.incidents)
        )
        for start in range(0, len(moments), PART):
            rows = PageRows(page)
            for at in moments[start : start + PART]:
                self._add_incident(rows, leaves, at)
            yield rows

    def _add_components(self, rows: PageRows) -> None:
        groups = [
            self._component(rows, PLACES[n % len(PLACES)], n + 1, is_group=True)
            for n in range(self._size.groups)
        ]
        rows.components.extend(groups)
        for number in range(self._size.components):
            service = SERVICES[number % len(SERVICES)]
            turn = number // len(SERVICES)
            component = self._component(
                rows, f"{service} {turn + 1}" if turn else service, number + 1, is_group=False
            )
            if groups and self._chance.random() < 0.9:
                component["group_id"] = groups[number % len(groups)]["id"]
            rows.components.append(component)
            rows.status_changes.append(
                _change(component["id"], None, ComponentStatus.OPERATIONAL, self._began)
            )

    def _component(self, rows: PageRows, name: str, position: int, *, is_group: bool) -> Values:
        return {
            "id": self._id(),
            "page_id": rows.page["id"],
            "group_id": None,
            "is_group": is_group,
            "name": name,
            "description": None if is_group else self._oddities.description(),
            "position": position,
            "status": ComponentStatus.OPERATIONAL,
            "showcase": not is_group,
            "only_show_if_degraded": False,
            "start_date": None if is_group else (whole_seconds(self._began) or "")[:10],
            "created_at": self._began,
            "updated_at": self._began,
        }

    def _add_incident(self, rows: PageRows, leaves: list[Values], at: Moment) -> None:
        planned = self._chance.random() < 0.15
        lasted = round(self._chance.lognormvariate(4, 1)) * MINUTE
        touched = self._chance.sample(leaves, min(len(leaves), self._chance.randint(1, 3)))
        given = (
            ComponentStatus.UNDER_MAINTENANCE
            if planned
            else self._chance.choices(_BAD, _WEIGHTS)[0]
        )
        steps = (
            ["scheduled", "in_progress", "completed"]
            if planned
            else ["investigating", "identified", "monitoring", "resolved"]
        )
        subject = touched[0]["name"] if touched else "All systems"
        title = f"{self._chance.choice(PLANS if planned else FAULTS)}: {subject}"
        statuses = [given] * len(touched)
        impact = computed_impact(statuses, [*statuses, "operational"] * 2, scheduled=planned)
        over = at + lasted
        incident_id = self._id()
        rows.incidents.append(
            {
                "id": incident_id,
                "page_id": rows.page["id"],
                "name": title,
                "status": steps[-1],
                "impact": impact,
                "impact_override": None,
                "computed_impact": impact,
                "scheduled": planned,
                "metadata": {},
                "started_at": at,
                "monitoring_at": None if planned else at + lasted * 2 // 3,
                "resolved_at": over,
                "scheduled_for": at if planned else None,
                "scheduled_until": over + HOUR if planned else None,
                "created_at": at - (DAY if planned else 0),
                "updated_at": over,
            }
        )
        rows.incident_components.extend(
            {"incident_id": incident_id, "component_id": row["id"], "position": place}
            for place, row in enumerate(touched, 1)
        )
        for number, status in enumerate(steps, 1):
            moment = at + lasted * (number - 1) // (len(steps) - 1)
            last = number == len(steps)
            rows.incident_updates.append(
                {
                    "id": self._id(),
                    "incident_id": incident_id,
                    "number": number,
                    "status": status,
                    "body": self._chance.choice(BODIES[status]),
                    "affected_components": self._oddities.affected_components(
                        [_affected(row, number, given, last=last) for row in touched]
                    ),
                    "deliver_notifications": True,
                    **self._oddities.tweet(),
                    "display_at": moment,
                    "created_at": moment,
                    "updated_at": moment,
                }
            )
        for row in touched:
            rows.status_changes.append(_change(row["id"], "operational", given, at))
            rows.status_changes.append(_change(row["id"], given, "operational", over))


def _change(component_id: str, old: str | None, new: str, at: Moment) -> Values:
    return {"component_id": component_id, "old_status": old, "new_status": new, "at": at}


def _affected(row: Values, number: int, given: str, *, last: bool) -> Values:
    return {
        "code": row["id"],
        "name": row["name"],
        "old_status": "operational" if number == 1 else given,
        "new_status": "operational" if last else given,
    }
