"""Changes of every kind on one page, at random moments."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from end_to_end.statuspage import Statuspage

from watching.arrivals import POLL_INTERVAL, Arrivals, Awaited

# The seconds between two changes, on average: several fall into one look, some into none.
EVERY = 1.5

# So many incidents are open and wait for their change.
AHEAD = 12


@dataclass(slots=True)
class Changer:
    """Makes changes of every kind in turn."""

    server: Statuspage
    page_id: str
    components: list[str]
    groups: list[str]
    chance: random.Random
    _open: list[str] = field(default_factory=list)
    _number: int = 0

    def kinds(self) -> list[Callable[[], Awaited]]:
        return [
            self._status,
            self._opened,
            self._renamed,
            self._updated,
            self._opened,
            self._regrouped,
            self._new,
            self._resolved,
            self._page_renamed,
            self._planned,
            self._deleted,
            self._opened,
            self._incident_renamed,
            self._incident_deleted,
            self._status,
        ]

    def open_some(self) -> None:
        """Open as many incidents that no two changes of one are on their way at once."""
        for _ in range(AHEAD):
            self._opened()

    def next(self) -> Awaited:
        kinds = self.kinds()
        self._number += 1
        return kinds[self._number % len(kinds)]()

    def _component(self) -> str:
        # Round, so that no other change of the same one is on its way.
        self.components.append(self.components.pop(0))
        return self.components[-1]

    def _status(self) -> Awaited:
        id_ = self._component()
        status = "major_outage" if self.chance.random() < 0.5 else "degraded_performance"
        self.server.change_component(self.page_id, id_, status=status)
        return _awaited("component status", "statuspageComponent", id_, status=status)

    def _renamed(self) -> Awaited:
        id_, name = self._component(), f"Component {self._number}"
        self.server.change_component(self.page_id, id_, name=name)
        return _titled("component name", "statuspageComponent", id_, name)

    def _regrouped(self) -> Awaited:
        id_, group = self._component(), self.groups[self._number % len(self.groups)]
        self.server.change_component(self.page_id, id_, group_id=group)
        return Awaited(
            "component group",
            "statuspageComponent",
            id_,
            lambda one: one is not None and one["relations"].get("componentGroup") == group,
        )

    def _new(self) -> Awaited:
        name = f"New {self._number}"
        id_ = self.server.add_component(self.page_id, name=name, status="operational")
        return _titled("component new", "statuspageComponent", id_, name)

    def _deleted(self) -> Awaited:
        id_ = self.components.pop(0)
        self.server.delete_component(self.page_id, id_)
        return Awaited("component deleted", "statuspageComponent", id_, lambda one: one is None)

    def _page_renamed(self) -> Awaited:
        name = f"Page {self._number}"
        self.server.change_page(self.page_id, name=name)
        return _titled("page name", "statuspage", self.page_id, name)

    def _opened(self) -> Awaited:
        id_ = self.server.open_incident(
            self.page_id, name="Measured", status="investigating", body="We look into it."
        )
        self._open.append(id_)
        return _awaited("incident opened", "statuspageIncident", id_, status="investigating")

    def _updated(self) -> Awaited:
        id_, body = self._next_open(), f"Update {self._number}"
        self.server.change_incident(self.page_id, id_, status="identified", body=body)
        self._open.append(id_)
        return _awaited("incident updated", "statuspageIncident", id_, latestUpdate=body)

    def _resolved(self) -> Awaited:
        id_ = self._next_open()
        self.server.change_incident(self.page_id, id_, status="resolved", body="It is over.")
        return _awaited("incident resolved", "statuspageIncident", id_, status="resolved")

    def _incident_renamed(self) -> Awaited:
        id_, name = self._next_open(), f"Incident {self._number}"
        self.server.change_incident(self.page_id, id_, name=name)
        self._open.append(id_)
        return _titled("incident name", "statuspageIncident", id_, name)

    def _incident_deleted(self) -> Awaited:
        id_ = self._next_open()
        self.server.delete_incident(self.page_id, id_)
        return Awaited("incident deleted", "statuspageIncident", id_, lambda one: one is None)

    def _planned(self) -> Awaited:
        id_ = self.server.open_incident(
            self.page_id,
            name="Planned",
            status="scheduled",
            body="We work on it.",
            scheduled_for="2030-01-01T00:00:00Z",
            scheduled_until="2030-01-01T01:00:00Z",
        )
        return _awaited("maintenance planned", "statuspageIncident", id_, status="scheduled")

    def _next_open(self) -> str:
        """Return the incident that was changed longest ago."""
        return self._open.pop(0)


def _awaited(kind: str, blueprint: str, identifier: str, **properties: str) -> Awaited:
    return Awaited(
        kind,
        blueprint,
        identifier,
        lambda one: (
            one is not None
            and all(one["properties"].get(key) == value for key, value in properties.items())
        ),
    )


def _titled(kind: str, blueprint: str, identifier: str, title: str) -> Awaited:
    return Awaited(
        kind, blueprint, identifier, lambda one: one is not None and one["title"] == title
    )


def change(changer: Changer, arrivals: Arrivals, count: int) -> None:
    """Make so many changes and wait until all have arrived."""
    for number in range(count):
        until = time.monotonic() + changer.chance.uniform(0, 2 * EVERY)
        while time.monotonic() < until:
            arrivals.look()
            time.sleep(POLL_INTERVAL)
        arrivals.expect(number, changer.next())
    arrivals.wait()
