"""A proposal, and who can take one."""

from dataclasses import dataclass
from typing import Any, Protocol

from statuspage_bridge.core.decision import Decision
from statuspage_bridge.templates import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What would be written to a page, if it were not a draft."""

    page: str
    decision: Decision
    written: Written
    # By the components' ids.
    names: dict[str, str]

    def content(self) -> dict[str, Any]:
        """Return it as JSON has it. What alerts say is in it only as far as templates name it."""
        decision = self.decision
        return {
            "page": self.page,
            "action": decision.action,
            "incident": decision.incident,
            "name": self.written.name or None,
            "status": self.written.status or None,
            "body": self.written.body,
            "impact": decision.impact or None,
            "components": [
                {"id": id_, "name": self.names[id_], "status": status}
                for id_, status in sorted(decision.components.items())
            ],
            "reason": decision.reason,
        }


class Proposer(Protocol):
    """Where proposals go. What fails is a ProposalFailed."""

    async def propose(self, proposal: Proposal) -> None:
        """Hand over a proposal."""
