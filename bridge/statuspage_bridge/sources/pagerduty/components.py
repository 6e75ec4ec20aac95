"""Where an incident of PagerDuty names components. No I/O.

Each place may be absent, null, or hold a text where a mapping is expected: PagerDuty passes on
what monitors, mails and people put there, and leaves out what is too large.
(https://developer.pagerduty.com/docs)
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from statuspage_bridge.core.tags import Tagged, merged, named_in, tagged

type Raw = dict[str, Any]


def components(incident: Raw, alerts: Iterable[Raw] = ()) -> Tagged:
    """Return the components that an incident names, in its first entry or any of its alerts."""
    channel = _mapping(_mapping(incident.get("first_trigger_log_entry")).get("channel"))
    bodies = [_mapping(alert.get("body")) for alert in alerts]
    return merged(found for place in [channel, *bodies] for found in _in_place(place))


def needs_alerts(incident: Raw) -> bool:
    """Tell whether its alerts may name more than its first entry does: several, or one unread."""
    counts = _mapping(incident.get("alert_counts")).get("all")
    several = isinstance(counts, int) and counts > 1
    return several or (counts != 0 and not components(incident))


def _in_place(place: Raw) -> Iterator[Tagged]:
    cef = _mapping(place.get("cef_details"))
    for details in (place.get("details"), cef.get("details")):
        mapping = _mapping(details)
        yield tagged(mapping.get("tags"))
        yield tagged(mapping.get("Tags"))  # Dynatrace
        if not mapping:
            yield named_in(details)
    yield named_in(place.get("body"))


def _mapping(value: object) -> Raw:
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value)
        except ValueError:
            return {}
    return value if isinstance(value, dict) else {}
