"""What can be set for a Datadog organization."""

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from statuspage_bridge.sources.settings import Address, Secret, SourceSettings


class DatadogSettings(SourceSettings):
    """One organization. `components` fits a monitor's id, name or tags, as `service:cart`."""

    PROOFS: ClassVar = {"token": "what its webhook sends as bearer token or password"}

    type: Literal["datadog"] = "datadog"
    token: Secret
    # That of the organization's site.
    api: Address = "https://api.datadoghq.com"
    api_key: Secret | None = None
    application_key: Secret | None = None
    # Whether a monitor without data is an outage.
    no_data_counts: bool = False

    @model_validator(mode="after")
    def _can_read(self) -> Self:
        if (self.api_key is None) != (self.application_key is None):
            raise ValueError("to read monitors set both `api_key` and `application_key`")
        return self
