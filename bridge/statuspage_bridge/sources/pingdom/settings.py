"""What can be set for a Pingdom account."""

from typing import ClassVar, Literal

from statuspage_bridge.sources.settings import Address, Secret, SourceSettings


class PingdomSettings(SourceSettings):
    """One account. `components` fits a check's id, name or tags."""

    PROOFS: ClassVar = {"secret": "what ends the address of its webhook, as ?secret=..."}

    type: Literal["pingdom"] = "pingdom"
    # Pingdom signs nothing and sends no header.
    secret: Secret
    api: Address = "https://api.pingdom.com/api/3.1"
    api_token: Secret | None = None
    # Not every plan has them.
    transaction_checks: bool = True
