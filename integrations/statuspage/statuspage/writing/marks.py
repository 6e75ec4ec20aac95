"""A caller's own key in an incident's metadata, by which the incident is found again. No I/O."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from statuspage.answers import Raw
from statuspage.drafts import NewIncident, NewMaintenance
from statuspage.drafts.checks import Metadata
from statuspage.errors import UnusableArgument
from statuspage.records import moment, objects

# The name of ours in the metadata, whose top holds a name for each tool that wrote it.
NAME = "statuspage_client"

LONGEST_KEY = 255

_UNTOLD = datetime.max.replace(tzinfo=UTC)

type Draft = NewIncident | NewMaintenance


def marked[Drafted: NewIncident | NewMaintenance](draft: Drafted, key: str) -> Drafted:
    """Return the draft with the caller's key in its metadata."""
    if not key.strip() or len(key) > LONGEST_KEY:
        raise UnusableArgument("key", f"must have 1 to {LONGEST_KEY} characters.")
    metadata = dict(draft.metadata or {})
    metadata[NAME] = {**metadata.get(NAME, {}), "key": key}
    return replace(draft, metadata=metadata)


def requested(by: str, status: str, incident: Raw | None = None) -> Metadata:
    """Return the metadata that tells who asked for a component's status.

    An incident of `report` is about one component, which gets each status once.
    """
    ours = _ours(incident or {})
    before = ours.get("requested_by")
    asked = {**(before if isinstance(before, dict) else {}), status: by}
    return {NAME: {**ours, "requested_by": asked}}


def requested_by(incident: Raw, status: str) -> str | None:
    """Return who asked for a component's status, None where nobody is named."""
    asked = _ours(incident).get("requested_by")
    by = asked.get(status) if isinstance(asked, dict) else None
    return by if isinstance(by, str) else None


def key_of(incident: Raw) -> str | None:
    """Return the key that an incident was created with."""
    key = _ours(incident).get("key")
    return key if isinstance(key, str) else None


def _ours(incident: Raw) -> Raw:
    metadata = incident.get("metadata")
    ours = metadata.get(NAME) if isinstance(metadata, dict) else None
    return ours if isinstance(ours, dict) else {}


def oldest_first(incidents: Iterable[Raw]) -> list[Raw]:
    """Sort incidents by their beginning.

    Their first update tells it to the millisecond, they themselves only to the second.
    """
    return sorted(incidents, key=lambda one: (*_beginning(one), one["id"]))


def is_untouched(incident: Raw) -> bool:
    """Tell whether nobody has added anything to an incident since it was created."""
    return len(objects(incident.get("incident_updates"))) <= 1


def _beginning(incident: Raw) -> tuple[datetime, datetime]:
    first = objects(incident.get("incident_updates"))[-1:] or [incident]
    told = (moment(one.get("created_at")) for one in (incident, first[0]))
    whole, exact = (one or _UNTOLD for one in told)
    return whole, exact
