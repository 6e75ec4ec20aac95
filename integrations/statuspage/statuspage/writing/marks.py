"""A caller's own key in an incident's metadata, by which the incident is found again. No I/O."""

from collections.abc import Iterable
from dataclasses import replace

from statuspage.answers import Raw
from statuspage.drafts import NewIncident, NewMaintenance
from statuspage.errors import UnusableArgument
from statuspage.records import objects

# The name of ours in the metadata, whose top holds a name for each tool that wrote it.
NAME = "statuspage_client"

LONGEST_KEY = 255

type Draft = NewIncident | NewMaintenance


def marked(draft: Draft, key: str) -> Draft:
    """Return the draft with the caller's key in its metadata."""
    if not key.strip() or len(key) > LONGEST_KEY:
        raise UnusableArgument("key", f"must have 1 to {LONGEST_KEY} characters.")
    metadata = dict(draft.metadata or {})
    metadata[NAME] = {**metadata.get(NAME, {}), "key": key}
    return replace(draft, metadata=metadata)


def key_of(incident: Raw) -> str | None:
    """Return the key that an incident was created with."""
    metadata = incident.get("metadata")
    ours = metadata.get(NAME) if isinstance(metadata, dict) else None
    key = ours.get("key") if isinstance(ours, dict) else None
    return key if isinstance(key, str) else None


def oldest_first(incidents: Iterable[Raw]) -> list[Raw]:
    """Sort incidents by their beginning.

    Their first update tells it to the millisecond, they themselves only to the second.
    """
    return sorted(incidents, key=lambda one: (*_beginning(one), one["id"]))


def is_untouched(incident: Raw) -> bool:
    """Tell whether nobody has added anything to an incident since it was created."""
    return len(objects(incident.get("incident_updates"))) <= 1


def _beginning(incident: Raw) -> tuple[str, str]:
    first = objects(incident.get("incident_updates"))[-1:]
    return (
        str(incident.get("created_at") or ""),
        str(first[0].get("created_at") or "") if first else "",
    )
