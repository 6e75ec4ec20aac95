"""Two pages as exports, with ids that tests can name: one is small, the incidents of the other
fill more than one page of results."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from launcher.stack import Stack

LARGE = "largepage000"
SMALL = "smallpage000"
# Ocean asks Port what has changed only for batches of more than ten; smaller ones it always writes.
# The last batch may hold the second page of results alone, of which tests delete some.
INCIDENTS = {LARGE: 131, SMALL: 11}
COMPONENTS = {LARGE: 12, SMALL: 11}
# Of the large page; still open.
NEWEST = INCIDENTS[LARGE] - 1


def make(stack: Stack) -> None:
    """Fill a server that was never started."""
    for page_id in (LARGE, SMALL):
        file = stack.directory / f"{page_id}.json"
        file.write_text(json.dumps(_page(page_id, datetime.now(UTC))), encoding="utf-8")
        stack.server.fill(file)
    stack.key()


def incident_id(page_id: str, number: int) -> str:
    """Return the id of an incident; the last number is the newest."""
    return f"{page_id[:5]}inci{number:03}"


def component_id(page_id: str, number: int) -> str:
    return f"{page_id[:5]}comp{number:03}"


def _page(page_id: str, now: datetime) -> dict[str, Any]:
    began = (now - timedelta(days=300)).isoformat()
    group = {"id": f"{page_id[:5]}group00", "name": "A group", "created_at": began}
    components = [
        {
            "id": component_id(page_id, number),
            "name": f"Component {number}",
            "status": "operational",
            # The last one is in no group, and no incident names it.
            "group_id": group["id"] if number < COMPONENTS[page_id] - 1 else None,
            "position": number + 1,
            "showcase": True,
            "created_at": began,
        }
        for number in range(COMPONENTS[page_id])
    ]
    return {
        "page": {"id": page_id, "name": f"The {page_id[:5]} page", "created_at": began},
        "components": [{**group, "group": True, "status": "operational"}, *components],
        "incidents": [
            _incident(page_id, number, now - timedelta(days=2 * (INCIDENTS[page_id] - number)))
            for number in range(INCIDENTS[page_id])
        ],
    }


def _incident(page_id: str, number: int, at: datetime) -> dict[str, Any]:
    hit = {"id": component_id(page_id, 0), "name": "Component 0"}
    moment, over = at.isoformat(), (at + timedelta(hours=1)).isoformat()
    # The newest is still open.
    newest = number == INCIDENTS[page_id] - 1
    status = "investigating" if newest else "resolved"
    return {
        "id": incident_id(page_id, number),
        "name": f"Incident {number}",
        "status": status,
        "impact": "minor",
        "created_at": moment,
        "updated_at": moment if newest else over,
        "resolved_at": None if newest else over,
        "components": [hit],
        "incident_updates": [
            {
                "id": f"{page_id[:5]}upda{number:03}",
                "status": status,
                "body": f"What happened in incident {number}.\nAnd more of it.",
                "created_at": moment,
                "affected_components": [
                    {
                        "code": hit["id"],
                        "name": hit["name"],
                        "old_status": "operational",
                        "new_status": "operational",
                    }
                ],
            }
        ],
    }
