"""The values that bodies of the manage API are made of, as lenient as the vendor."""

import json
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)

from statuspage_server.core.moments import Moment, parse_moment
from statuspage_server.core.time_zones import find_zone

MANY = 1100


def _moment(value: object) -> Moment | None:
    if not isinstance(value, str):
        raise ValueError("a timestamp is text such as 2026-03-04T05:06:07Z")  # noqa: TRY004
    if not value.strip():
        return None
    try:
        return parse_moment(value)
    except ValueError as error:
        raise ValueError("this is not a timestamp such as 2026-03-04T05:06:07Z") from error


def _day(value: str) -> str | None:
    if not value.strip():
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise ValueError("this is not a date such as 2026-03-04") from error


def _time_zone(name: str) -> str:
    if find_zone(name) is None:
        raise ValueError(
            "this is not a time zone such as Europe/Berlin or Pacific Time (US & Canada)"
        )
    return name


def _reminders(value: object) -> object:
    """None for the default, "[1, 5]" for hours after, "4" for every four hours, "[]" for none."""
    if value is None:
        return None
    try:
        hours = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        hours = None
    single = isinstance(hours, int) and not isinstance(hours, bool) and 1 <= hours <= 24
    if single or (isinstance(hours, list) and _rises(hours)):
        return value if isinstance(value, str) else json.dumps(value)
    raise ValueError('write hours from 1 to 24, as "4", "[1, 5]" or "[]"')


def _rises(hours: list[Any]) -> bool:
    whole = all(isinstance(hour, int) and 1 <= hour <= 24 for hour in hours)
    return whole and sorted(set(hours)) == hours


# A form cannot say null: there an empty field says it, as with the vendor.
type Timestamp = Annotated[
    int | None, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})
]
type Day = Annotated[
    str, AfterValidator(_day), WithJsonSchema({"type": "string", "format": "date"})
]
type TimeZone = Annotated[str, AfterValidator(_time_zone)]
type Reminders = Annotated[
    str, BeforeValidator(_reminders), WithJsonSchema({"type": "string", "examples": ["[1, 5]"]})
]
type Name = Annotated[str, Field(max_length=255)]
type Short = Annotated[str, Field(max_length=1000)]
type LongText = Annotated[str, Field(max_length=25_000)]
type Id = Annotated[str, Field(max_length=64)]
type Ids = Annotated[list[Id], Field(max_length=MANY)]
type Status = Literal[
    "operational",
    "under_maintenance",
    "degraded_performance",
    "partial_outage",
    "major_outage",
    "",
]
type IncidentStatus = Literal[
    "investigating",
    "identified",
    "monitoring",
    "resolved",
    "scheduled",
    "in_progress",
    "verifying",
    "completed",
]
type Impact = Literal["none", "maintenance", "minor", "major", "critical"]
type Channel = Literal["email", "sms", "webhook", "slack", "teams", "integration_partner"]
type SubscriberState = Literal["active", "unconfirmed", "quarantined", "all"]
type Number = Annotated[float, Field(allow_inf_nan=False)]
# Seconds since 1970, as far as a year of four digits.
type UnixTime = Annotated[int, Field(ge=0, le=253_402_300_799)]


class Body(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    def said(self) -> dict[str, Any]:
        """What the request said, and nothing that it left out."""
        return self.model_dump(exclude_unset=True)
