"""What can be set for a PagerDuty account."""

from typing import ClassVar, Literal

from pydantic import Field

from statuspage_bridge.sources.settings import Address, Secret, SourceSettings, Texts

DEFAULT_API = "https://api.pagerduty.com"


class PagerDutySettings(SourceSettings):
    """One account. `components` fits a service's id or name."""

    PROOFS: ClassVar = {
        "secrets": "the secrets of its V3 webhook subscriptions",
        "accepts_unsigned": "true for V2 webhooks, which PagerDuty does not sign",
    }

    type: Literal["pagerduty"] = "pagerduty"
    key: Secret
    # https://api.eu.pagerduty.com for an account in the EU.
    api: Address = DEFAULT_API
    secrets: list[Secret] = Field(default_factory=list)
    accepts_unsigned: bool = False
    # From when on an incident may be public.
    publishes: Literal["acknowledged", "triggered"] = "acknowledged"
    # Where it is set, only incidents of these priorities become public.
    priorities: Texts = Field(default_factory=list)
    # Names of custom fields that hold components.
    custom_fields: Texts = Field(default_factory=list)
