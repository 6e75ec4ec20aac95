"""What can be set for an account of Opsgenie or Jira Service Management."""

from typing import ClassVar, Literal

from statuspage_bridge.sources.settings import Address, Secret, SourceSettings


class OpsgenieSettings(SourceSettings):
    """One account. `components` fits an alert's tags, entity, source or alias."""

    PROOFS: ClassVar = {"token": "what its webhook sends in the header Authorization, as Bearer"}

    type: Literal["opsgenie"] = "opsgenie"
    token: Secret
    # https://api.eu.opsgenie.com for an account in the EU.
    api: Address = "https://api.opsgenie.com"
    api_key: Secret | None = None
