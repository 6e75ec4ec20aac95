"""What alerts come from: each kind has a folder with its settings and what it parses and reads."""

from typing import Annotated

import httpx
from pydantic import Field

from .alertmanager.settings import AlertmanagerSettings
from .alertmanager.source import Alertmanager
from .pagerduty.settings import PagerDutySettings
from .pagerduty.source import PagerDuty
from .source import Source

type AnySource = Annotated[PagerDutySettings | AlertmanagerSettings, Field(discriminator="type")]


def connect(settings: AnySource, http: httpx.AsyncClient, default_status: str) -> Source:
    """Return the source of some settings. The status is that of an alert that says none."""
    match settings:
        case PagerDutySettings():
            return PagerDuty(settings, http, default_status)
        case AlertmanagerSettings():
            return Alertmanager(settings, http, default_status)
