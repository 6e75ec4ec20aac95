"""Sends proposals to an address as JSON."""

from dataclasses import dataclass, field

import httpx

from .proposal import Proposal
from .sending import send


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address, and what it knows the bridge by."""

    http: httpx.AsyncClient
    url: str = field(repr=False)
    token: str | None = field(default=None, repr=False)

    async def propose(self, proposal: Proposal) -> None:
        """Send a proposal."""
        await send(
            self.http, "The webhook for drafts", self.url, proposal.content(), token=self.token
        )
