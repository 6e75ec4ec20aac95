"""What can be set for a Grafana."""

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from statuspage_bridge.sources.authentication import Signature
from statuspage_bridge.sources.settings import Address, Secret, SourceSettings


class GrafanaSignature(Signature):
    """What a contact point signs with."""

    header: str = "X-Grafana-Alerting-Signature"


class GrafanaSettings(SourceSettings):
    """One Grafana. `components` fits labels, as `job=api`."""

    PROOFS: ClassVar = {
        "token": "what its contact point sends as bearer token or password",
        "signature": "the secret of its contact point, as `secret:`",
    }

    type: Literal["grafana"] = "grafana"
    token: Secret | None = None
    signature: GrafanaSignature | None = None
    # Where Grafana is, and the token of a service account there that may read alerts.
    api: Address | None = None
    api_token: Secret | None = None
    # Where it is set, only what is routed to this contact point is read.
    receiver: str | None = None
    # Whether a rule without data, or whose query fails, is an outage.
    no_data_counts: bool = False

    @model_validator(mode="after")
    def _can_read(self) -> Self:
        if (self.api is None) != (self.api_token is None):
            raise ValueError("to read alerts set both `api` and `api_token`")
        return self
