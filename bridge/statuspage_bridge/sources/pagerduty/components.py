"""Where an incident of PagerDuty names components. No I/O.

Each place may be absent, null, or hold a text where a mapping is expected: PagerDuty passes on
what monitors, mails and people put there, and leaves out what is too large.
(https://developer.pagerduty.com/docs)
"""

import json
from collections.abc import Iterable, Iterator

from statuspage_bridge.core.tags import Tagged, merged, named_in, tagged
from statuspage_bridge.sources.content import Raw, mapping, rows, text


def tagged_components(incident: Raw, alerts: Iterable[Raw] = ()) -> Tagged:
    """Return the components that an incident names, in its first entry or any of its alerts."""
    channel = _object(_object(incident.get("first_trigger_log_entry")).get("channel"))
    bodies = [_object(alert.get("body")) for alert in alerts]
    return merged(found for place in [channel, *bodies] for found in _in_place(place))


def needs_alerts(incident: Raw) -> bool:
    """Tell whether its alerts may name more than its first entry does: several, or one unread."""
    count = alert_count(incident)
    return (count is not None and count > 1) or (count != 0 and not tagged_components(incident))


def alert_count(incident: Raw) -> int | None:
    """Return how many alerts an incident has, None where it does not say."""
    count = mapping(incident.get("alert_counts")).get("all")
    return count if isinstance(count, int) else None


def in_fields(values: object, names: Iterable[str]) -> Tagged:
    """Return the components that custom fields of these names hold, outright or as tags."""
    wanted = set(names)
    given = [row.get("value") for row in rows(values) if text(row.get("name")) in wanted]
    found: Tagged = {}
    for value in given:
        parts = value if isinstance(value, list) else text(value).split(",")
        for part in filter(None, map(text, parts)):
            found = merged([found, tagged(part) or {part: None}])
    return found


def _in_place(place: Raw) -> Iterator[Tagged]:
    cef = _object(place.get("cef_details"))
    for details in (place.get("details"), cef.get("details")):
        found = _object(details)
        yield tagged(found.get("tags"))
        yield tagged(found.get("Tags"))  # Dynatrace
        if not found:
            yield named_in(details)
    yield named_in(place.get("body"))


def _object(value: object) -> Raw:
    """Return an object, also where it came as the text of one."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return mapping(value)
