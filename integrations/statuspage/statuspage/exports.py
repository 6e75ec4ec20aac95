"""What the package offers. What is not named here may change without notice."""

from . import answers, keys, page_status
from .answers import Raw
from .client import Listing, StatuspageClient
from .drafts import (
    Change,
    NewIncident,
    NewMaintenance,
    Postmortem,
    Publication,
    UpdateEdit,
)
from .endpoints import DEFAULT_HOST, base_address, is_identifier
from .errors import (
    AccessDenied,
    AmbiguousName,
    GroupHasNoStatus,
    KeyRejected,
    NoKey,
    NotFound,
    Redirected,
    Refused,
    RepeatedPage,
    RequestError,
    ServerFailed,
    StatuspageError,
    Throttled,
    UnknownName,
    Unreachable,
    UnusableAnswer,
    UnusableArgument,
    UnusableName,
)
from .folders import cache_folder
from .naming import component_labels, find_components, find_page, match_component, match_page
from .pacing import Clock
from .page_status import PageStatus, Summary
from .paging import PAGE_SIZE, Collection
from .retrying import NO_RETRY, RetryPolicy
from .transport import Document, Reading
from .wiring import QUOTA, connect
from .writing import (
    Creation,
    Incidents,
    Maintenances,
    Postmortems,
    Report,
    Reported,
    report,
    set_statuses,
)

__all__ = [
    "DEFAULT_HOST",
    "NO_RETRY",
    "PAGE_SIZE",
    "QUOTA",
    "AccessDenied",
    "AmbiguousName",
    "Change",
    "Clock",
    "Collection",
    "Creation",
    "Document",
    "GroupHasNoStatus",
    "Incidents",
    "KeyRejected",
    "Listing",
    "Maintenances",
    "NewIncident",
    "NewMaintenance",
    "NoKey",
    "NotFound",
    "PageStatus",
    "Postmortem",
    "Postmortems",
    "Publication",
    "Raw",
    "Reading",
    "Redirected",
    "Refused",
    "RepeatedPage",
    "Report",
    "Reported",
    "RequestError",
    "RetryPolicy",
    "ServerFailed",
    "StatuspageClient",
    "StatuspageError",
    "Summary",
    "Throttled",
    "UnknownName",
    "Unreachable",
    "UnusableAnswer",
    "UnusableArgument",
    "UnusableName",
    "UpdateEdit",
    "answers",
    "base_address",
    "cache_folder",
    "component_labels",
    "connect",
    "find_components",
    "find_page",
    "is_identifier",
    "keys",
    "match_component",
    "match_page",
    "page_status",
    "report",
    "set_statuses",
]
