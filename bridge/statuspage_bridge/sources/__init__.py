"""What alerts come from: each kind has a folder with its settings and what it parses and reads."""

from typing import Annotated

import httpx
from pydantic import Field

from .alertmanager.settings import AlertmanagerSettings
from .alertmanager.source import Alertmanager
from .datadog.settings import DatadogSettings
from .datadog.source import Datadog
from .generic.settings import GenericSettings
from .generic.source import Generic
from .grafana.settings import GrafanaSettings
from .grafana.source import Grafana
from .opsgenie.settings import OpsgenieSettings
from .opsgenie.source import Opsgenie
from .pagerduty.settings import PagerDutySettings
from .pagerduty.source import PagerDuty
from .pingdom.settings import PingdomSettings
from .pingdom.source import Pingdom
from .source import Source

type AnySource = Annotated[
    PagerDutySettings
    | AlertmanagerSettings
    | GrafanaSettings
    | DatadogSettings
    | PingdomSettings
    | OpsgenieSettings
    | GenericSettings,
    Field(discriminator="type"),
]


def connect(  # noqa: PLR0911 (one for each kind)
    settings: AnySource, http: httpx.AsyncClient, default_status: str
) -> Source:
    """Return the source of some settings. The status is that of an alert that says none."""
    match settings:
        case PagerDutySettings():
            return PagerDuty(settings, http, default_status)
        case AlertmanagerSettings():
            return Alertmanager(settings, http, default_status)
        case GrafanaSettings():
            return Grafana(settings, http, default_status)
        case DatadogSettings():
            return Datadog(settings, http, default_status)
        case PingdomSettings():
            return Pingdom(settings, http, default_status)
        case OpsgenieSettings():
            return Opsgenie(settings, http, default_status)
        case GenericSettings():
            return Generic(settings, default_status)
