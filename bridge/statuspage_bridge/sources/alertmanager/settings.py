"""What can be set for an Alertmanager."""

from typing import ClassVar, Literal

from statuspage_bridge.sources.settings import Address, Secret, SourceSettings


class AlertmanagerSettings(SourceSettings):
    """One Alertmanager. `components` fits labels, as `job=api`."""

    PROOFS: ClassVar = {"token": "what it sends as its bearer token or password"}

    type: Literal["alertmanager"] = "alertmanager"
    token: Secret
    api: Address | None = None
    # Where it is set, only what is routed to this receiver is read.
    receiver: str | None = None
