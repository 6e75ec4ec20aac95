"""A typed client for the Statuspage manage API that keeps to the key's quota.

async with statuspage.connect(api_key) as client:
    for page in await client.pages():
        async for incident in client.incidents(page["id"]):
            print(incident["name"], incident["status"])
"""

from .answers import Raw
from .client import Listing, StatuspageClient, connect
from .errors import (
    AccessDenied,
    KeyRejected,
    NotFound,
    PageNotVisible,
    Refused,
    RepeatedPage,
    RequestError,
    ResyncIncomplete,
    ServerFailed,
    SettingError,
    StatuspageError,
    Stopped,
    Throttled,
    Unreachable,
    UnusableAnswer,
)
from .page_status import PageStatus, Summary
from .paging import PAGE_SIZE, Collection
from .transport import Reading

__all__ = [
    "PAGE_SIZE",
    "AccessDenied",
    "Collection",
    "KeyRejected",
    "Listing",
    "NotFound",
    "PageNotVisible",
    "PageStatus",
    "Raw",
    "Reading",
    "Refused",
    "RepeatedPage",
    "RequestError",
    "ResyncIncomplete",
    "ServerFailed",
    "SettingError",
    "StatuspageClient",
    "StatuspageError",
    "Stopped",
    "Summary",
    "Throttled",
    "Unreachable",
    "UnusableAnswer",
    "connect",
]
