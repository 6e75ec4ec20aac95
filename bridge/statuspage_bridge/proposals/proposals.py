"""Proposes what is a draft, each thing once."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from statuspage_bridge.core.decision import Decision
from statuspage_bridge.destination import Destination
from statuspage_bridge.errors import ProposalFailed

from .proposal import Proposal, Proposer

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Proposals:
    """What was proposed, while it is still so, and what did not arrive."""

    proposers: Sequence[Proposer] = ()
    _made: dict[tuple[int, str], tuple[object, ...]] = field(default_factory=dict)
    _failed: set[tuple[int, str]] = field(default_factory=set)

    async def make(
        self, page: Destination, drafts: Sequence[Decision], new: Collection[str]
    ) -> dict[str, str]:
        """Propose what is new; return what failed, which is tried again.

        `new` has the keys of what was not decided before, by whichever replica. A reason that is
        another makes nothing worth a second proposal.
        """
        failed: dict[str, str] = {}
        made: dict[tuple[int, str], tuple[object, ...]] = {}
        undone: set[tuple[int, str]] = set()
        for one in drafts:
            for number, proposer in enumerate(self.proposers):
                key = number, one.key
                is_due = one.key in new or key in self._failed
                if is_due and self._made.get(key) != one.content:
                    try:
                        await proposer.propose(_proposal(page, one))
                    except ProposalFailed as error:
                        failed[one.subject] = str(error)
                        undone.add(key)
                        log.error("%s: %s", one.subject, error)  # noqa: TRY400 (a sentence, no traceback)
                        continue
                made[key] = one.content
        self._made, self._failed = made, undone
        return failed


def _proposal(page: Destination, decision: Decision) -> Proposal:
    return Proposal(
        page=page.id,
        decision=decision,
        written=page.write(decision),
        names={id_: page.name_of(id_) for id_ in decision.components},
    )
