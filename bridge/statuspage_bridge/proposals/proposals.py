"""Proposes what is a draft, each thing once."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from statuspage_bridge.core.decision import Decision
from statuspage_bridge.errors import ProposalFailed
from statuspage_bridge.page import Page

from .proposal import Proposal, Proposer

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Proposals:
    """What was proposed, while it is still so."""

    proposers: Sequence[Proposer] = ()
    _made: dict[tuple[int, str], tuple[object, ...]] = field(default_factory=dict)

    async def make(self, page: Page, drafts: Sequence[Decision]) -> dict[str, str]:
        """Propose what was not proposed before; return what failed, which is tried again."""
        failed: dict[str, str] = {}
        made: dict[tuple[int, str], tuple[object, ...]] = {}
        for one in drafts:
            for number, proposer in enumerate(self.proposers):
                key = number, one.key
                if self._made.get(key) != one.content:
                    try:
                        await proposer.propose(_proposal(page, one))
                    except ProposalFailed as error:
                        failed[one.subject] = str(error)
                        log.error("%s: %s", one.subject, error)  # noqa: TRY400 (a sentence, no traceback)
                        continue
                made[key] = one.content
        self._made = made
        return failed


def _proposal(page: Page, decision: Decision) -> Proposal:
    return Proposal(
        page=page.id,
        decision=decision,
        written=page.write(decision),
        names={id_: page.name_of(id_) for id_ in decision.components},
    )
