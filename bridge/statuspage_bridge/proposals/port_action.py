"""Runs an action in Port for each incident that is proposed.

Its inputs are those of `statuspage_create_incident`, which the integration brings: with an
approval in front of it, a person opens the incident with a click.
(https://docs.port.io/api-reference/execute-a-self-service-action)
"""

from dataclasses import dataclass, field
from urllib.parse import quote

import httpx

from statuspage_bridge.core.decision import Action
from statuspage_bridge.errors import ProposalFailed

from .proposal import Proposal
from .sending import send


@dataclass(frozen=True, slots=True, kw_only=True)
class PortAction:
    """An action, and who runs it."""

    http: httpx.AsyncClient
    action: str
    client_id: str
    client_secret: str = field(repr=False)
    api: str

    async def propose(self, proposal: Proposal) -> None:
        """Run the action; what is proposed of an incident that is open stays in the log."""
        if proposal.decision.action is not Action.OPEN:
            return
        path = f"/v1/actions/{quote(self.action, safe='')}/runs"
        properties = {
            "page": proposal.page,
            "name": proposal.written.name,
            "status": proposal.written.status,
            "body": proposal.written.body,
            "components": sorted(proposal.decision.components),
            "componentStatus": proposal.decision.status,
            "impact": proposal.decision.impact,
            "deliverNotifications": proposal.decision.notify,
        }
        await send(
            self.http,
            "Port",
            self.api + path,
            {"properties": properties},
            token=await self._token(),
        )

    async def _token(self) -> str:
        who = {"clientId": self.client_id, "clientSecret": self.client_secret}
        answer = await send(self.http, "Port", f"{self.api}/v1/auth/access_token", who)
        try:
            return str(answer.json()["accessToken"])
        except (ValueError, KeyError, TypeError) as error:
            raise ProposalFailed("Port answered without a token: check `drafts`.") from error
