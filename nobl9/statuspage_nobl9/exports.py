"""What the package offers. What is not named here may change without notice."""

from .changing import change_status
from .client import Nobl9Client, impacting
from .components import Component, find_all, find_one
from .credentials import Credentials
from .errors import (
    AccessDenied,
    Busy,
    CredentialsRejected,
    NoAnswer,
    Nobl9Error,
    NoCredentials,
    NotFound,
    NotVerified,
    OtherVersion,
    Refused,
    RequestFailed,
    ServerFailed,
    Throttled,
    Unavailable,
    UnusableAnswer,
)
from .external_issue import ExternalIssue
from .finding import Settings, find
from .repeats import Repeats
from .reporting import Reported, report
from .retrying import Retries
from .statuses import DEGRADED, MAJOR, OPERATIONAL, STATUSES
from .versions import Version
from .webhook_use import create_external_issue
from .wiring import connect

__all__ = [
    "DEGRADED",
    "MAJOR",
    "OPERATIONAL",
    "STATUSES",
    "AccessDenied",
    "Busy",
    "Component",
    "Credentials",
    "CredentialsRejected",
    "ExternalIssue",
    "NoAnswer",
    "NoCredentials",
    "Nobl9Client",
    "Nobl9Error",
    "NotFound",
    "NotVerified",
    "OtherVersion",
    "Refused",
    "Repeats",
    "Reported",
    "RequestFailed",
    "Retries",
    "ServerFailed",
    "Settings",
    "Throttled",
    "Unavailable",
    "UnusableAnswer",
    "Version",
    "change_status",
    "connect",
    "create_external_issue",
    "find",
    "find_all",
    "find_one",
    "impacting",
    "report",
]
