"""Statuspage at work: what happens on its pages, and the webhooks that it sends of it."""

import copy
from datetime import datetime
from typing import Any

from statuspage import page_status
from tests.account import ADDED, Account, Page, Raw
from tests.virtual_time import utc

CACHED_FOR = 10.0

# From bad to good.
STATUSES = ["major_outage", "partial_outage", "degraded_performance", "under_maintenance"]
GOOD = "operational"


def exact(moment: datetime) -> str:
    """Write a moment as webhooks and the public API do."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


def cut(moment: datetime) -> str:
    """Write a moment as the manage API does."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


class World:
    """What happens on the pages. Each change returns the webhooks that are sent of it."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def page(self, *, groups: int = 0, components: int = 0, **changes: Any) -> Page:
        """Add a page; its components are spread over its groups."""
        page = self.account.add_page(groups=groups, **changes)
        page.public.cached_for = CACHED_FOR
        for number in range(components):
            group_id = page.groups[number % groups]["id"] if groups else None
            self.account.add_component(page, group_id=group_id)
        for row in page.components:
            row |= {"created_at": ADDED, "updated_at": ADDED, "description": None, "position": 1}
        for group in page.groups:
            members = [row["id"] for row in page.components if row["group_id"] == group["id"]]
            dates = {"created_at": ADDED, "updated_at": ADDED}
            group |= {"description": None, "components": members, **dates}
        return page

    def members(self, page: Page) -> list[Raw]:
        """Return the components without the groups' rows."""
        return [row for row in page.components if not row["group"]]

    def group_status(self, page: Page, group_id: str) -> str:
        """Return what a group's row shows."""
        return next(str(row["status"]) for row in page.components if row["id"] == group_id)

    def status(self, page: Page) -> Raw:
        """Return what the page shows at its top."""
        return page_status.derived(page.components).raw()

    def set_component(self, page: Page, row: Raw, status: str) -> list[Raw]:
        """Change a component by itself."""
        old, row["status"] = row["status"], status
        if old == status:
            return []
        row["updated_at"] = cut(utc())
        page.public.moments[row["id"]] = exact(utc())
        self._regroup(page)
        return [self._component_event(page, row, old)]

    def open_incident(self, page: Page, status: str, affected: dict[str, str]) -> list[Raw]:
        """Create an incident that changes some components."""
        incident = self.account.add_incident(
            page, status=status, created_at=cut(utc()), updated_at=cut(utc()), incident_updates=[]
        )
        return self.update_incident(page, incident, status, affected)

    def update_incident(
        self, page: Page, incident: Raw, status: str, affected: dict[str, str]
    ) -> list[Raw]:
        """Add an update to an incident, which changes some components."""
        events = []
        for row in self.members(page):
            if row["id"] in affected:
                if all(row is not one for one in incident["components"]):
                    incident["components"] = [*incident["components"], row]
                events += self.set_component(page, row, affected[row["id"]])
        update = {
            "id": f"upd{incident['id']}{len(incident['incident_updates'])}",
            "incident_id": incident["id"],
            "status": status,
            "body": f"It is {status}.",
            "display_at": exact(utc()),
            "created_at": exact(utc()),
            "updated_at": exact(utc()),
            "affected_components": [{"code": one, "name": one} for one in affected] or None,
        }
        incident["incident_updates"] = [update, *incident["incident_updates"]]
        incident["status"], incident["updated_at"] = status, cut(utc())
        return [self.incident_event(page, incident), *events]

    def delete_incident(self, page: Page, incident: Raw) -> None:
        """Delete an incident, of which nobody is told."""
        page.incidents.remove(incident)

    def delete_component(self, page: Page, row: Raw) -> None:
        """Delete a component, of which nobody is told."""
        page.components = [one for one in page.components if one is not row]
        for incident in page.incidents:
            incident["components"] = [one for one in incident["components"] if one is not row]
        self._regroup(page)

    def incident_event(self, page: Page, incident: Raw) -> Raw:
        """Return the webhook about an incident as it is now, with its whole history."""
        shown = copy.deepcopy(incident) | {
            "started_at": incident["created_at"],
            "backfilled": False,
        }
        return {**self._about(page), "incident": shown}

    def _component_event(self, page: Page, row: Raw, old: str) -> Raw:
        left_out = {"group", "only_show_if_degraded", "automation_email"}
        return {
            **self._about(page),
            "component_update": {
                "id": f"change{row['id']}",
                "component_id": row["id"],
                "component_type": "Component",
                "old_status": old,
                "new_status": row["status"],
                "created_at": exact(utc()),
                "state": "sn_created",
            },
            "component": {key: value for key, value in row.items() if key not in left_out},
        }

    def _about(self, page: Page) -> Raw:
        status = self.status(page)
        return {
            "meta": {"generated_at": exact(utc())},
            "page": {
                "id": page.raw["id"],
                "status_indicator": status["indicator"],
                "status_description": status["description"],
            },
        }

    def _regroup(self, page: Page) -> None:
        for group in (row for row in page.components if row["group"]):
            members = {row["status"] for row in page.components if row["group_id"] == group["id"]}
            status = next((status for status in STATUSES if status in members), GOOD)
            if group["status"] != status:
                group["status"] = status
                page.public.moments[group["id"]] = exact(utc())


def forged(page_id: str, number: int, kind: str = "incident") -> Raw:
    """Return a webhook about something that does not exist."""
    if kind == "incident":
        return {"page": {"id": page_id}, "incident": {"id": f"forged{number}"}}
    update = {"component_id": f"forged{number}", "new_status": "major_outage"}
    return {"page": {"id": page_id}, "component_update": update, "component": {}}
