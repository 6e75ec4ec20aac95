"""What any value of a draft has to be."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from statuspage.endpoints import is_identifier
from statuspage.errors import UnusableArgument

from .words import COMPONENT_STATUSES, known_word

# https://developer.statuspage.io/#operation/postPagesPageIdIncidents
LONGEST_NAME = 255
LONGEST_BODY = 25_000
HOURS = range(1, 25)

type Metadata = Mapping[str, Mapping[str, Any]]


def check_name(name: str) -> str:
    """Return a title that can be shown."""
    if not name.strip():
        raise UnusableArgument("name", "is empty: it is the title that everybody sees.")
    if len(name) > LONGEST_NAME:
        raise UnusableArgument("name", f"has more than {LONGEST_NAME} characters.")
    return name.strip()


def check_body(body: str | None) -> str | None:
    """Return a text that is not too long; one of nothing but space says nothing."""
    if body is None or not body.strip():
        return None
    if len(body) > LONGEST_BODY:
        raise UnusableArgument("body", f"has more than {LONGEST_BODY} characters.")
    return body


def check_statuses(components: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return statuses by component id; None is a component that is affected and stays as it is."""
    for component_id in components:
        if not is_identifier(component_id):
            raise UnusableArgument("components", f"holds {component_id!r}, which is no id.")
    return {
        id_: status if status is None else known_word("status", status, COMPONENT_STATUSES)
        for id_, status in components.items()
    }


def check_metadata(metadata: Metadata) -> Metadata:
    """Return metadata as the API takes it."""
    for name, value in metadata.items():
        if not isinstance(value, Mapping):
            raise UnusableArgument(
                "metadata", f"holds {name!r} without fields: each value at its top is an object."
            )
    return metadata


def check_reminders(intervals: str) -> str:
    """Return when the page's team is reminded, as the API takes it: `[1, 5]`, `4` or `[]`."""
    try:
        hours = json.loads(intervals)
    except ValueError:
        hours = None
    listed = [hours] if isinstance(hours, int) else hours
    if (
        not isinstance(listed, list)
        or not all(isinstance(hour, int) and hour in HOURS for hour in listed)
        or sorted(set(listed)) != listed
    ):
        raise UnusableArgument(
            "reminder_intervals",
            f"is {intervals!r}: it can be hours in order such as [1, 5], one number from 1 to 24 "
            "for every so many hours, or [] for none.",
        )
    return intervals


def check_moment(argument: str, moment: datetime) -> datetime:
    """Return a time that is the same everywhere."""
    if moment.tzinfo is None:
        raise UnusableArgument(argument, "has no time zone.")
    return moment


def check_period(begin: datetime | None, end: datetime | None) -> None:
    """Refuse a maintenance that ends before it begins."""
    if begin is not None:
        check_moment("scheduled_for", begin)
    if end is not None:
        check_moment("scheduled_until", end)
    if begin is not None and end is not None and end <= begin:
        raise UnusableArgument("scheduled_until", "is not after the beginning.")
