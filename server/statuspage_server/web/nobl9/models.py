"""What the Nobl9 API takes. `statusChange` in a monitor's report makes it one of version 1."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from statuspage_server.core.nobl9_status import Nobl9Status
from statuspage_server.storage.disruptions import DisruptionState
from statuspage_server.web.v1.body_types import Body, Id, Name, Timestamp

LARGEST, DEFAULT = 200, 50


def _url(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise ValueError("this is not an address that begins with https:// or http://")
    return text


type Comment = Annotated[str, Field(max_length=2000)]
type RequestedBy = Annotated[str, Field(min_length=1, max_length=50)]
type Url = Annotated[str, Field(max_length=2048), AfterValidator(_url)]
type Limit = Annotated[int, Field(ge=1, le=LARGEST)]
type Offset = Annotated[int, Field(ge=0, le=10**9)]
type Severity = Literal[Nobl9Status.DEGRADED_PERFORMANCE, Nobl9Status.MAJOR_OUTAGE]


class IssueBody(Body):
    componentId: Id  # noqa: N815 - the vendor's names, here and below
    occurredAt: Timestamp | None = None  # noqa: N815
    comment: Comment | None = None


class StatusChangeFields(Body):
    status: Nobl9Status
    propagateUp: bool | None = None  # noqa: N815


class ExternalIssueBody(Body):
    componentName: Name  # noqa: N815
    occurredAt: Timestamp | None = None  # noqa: N815
    comment: Comment | None = None
    requestedBy: RequestedBy | None = None  # noqa: N815
    url: Url | None = None
    statusChange: StatusChangeFields | None = None  # noqa: N815

    @model_validator(mode="before")
    @classmethod
    def _is_of_a_version(cls, said: Any) -> Any:
        if isinstance(said, dict) and said.get("requestedBy") is None and not _is_old(said):
            raise ValueError("requestedBy is missing: who reports it, in 1 to 50 characters")
        return said

    @property
    def is_old(self) -> bool:
        return "statusChange" in self.model_fields_set


def _is_old(said: dict[str, Any]) -> bool:
    return "statusChange" in said


class ChangeStatusBody(Body):
    status: Nobl9Status
    comment: Comment | None = None
    propagateUp: bool | None = None  # noqa: N815


class DisruptionBody(Body):
    originComponentId: Id  # noqa: N815
    severity: Severity
    startTime: Timestamp | None = None  # noqa: N815
    comment: Comment | None = None
    source: Literal["manual", "external"] | None = None


class ClearBody(Body):
    endTime: Timestamp | None = None  # noqa: N815
    comment: Comment | None = None


class SeverityBody(Body):
    severity: Severity
    comment: Comment | None = None


class TimelineBody(Body):
    impactingOnly: bool | None = None  # noqa: N815


class ComponentDisruptionsBody(Body):
    """Which to list. Nobl9's scripts list by POST here, and register below /disruptions."""

    state: DisruptionState | None = None
    limit: Limit = DEFAULT
    offset: Offset = 0

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, said: Any) -> Any:
        if isinstance(said, dict) and "severity" in said:
            raise ValueError("this lists disruptions: POST /disruptions registers one")
        return said
