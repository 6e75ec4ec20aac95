"""From an external issue to reports and statuses, in whichever version is spoken."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from statuspage import Raw

from .changing import change_status
from .client import Nobl9Client
from .components import Component, find_all
from .errors import NotVerified, RequestFailed
from .external_issue import ExternalIssue
from .repeats import Repeats
from .rows import objects
from .statuses import OPERATIONAL
from .versions import Version


@dataclass(frozen=True, slots=True)
class Reported:
    """What came of a report: one for each component of that name."""

    reports: list[Raw] = field(default_factory=list)
    status_changes: list[Raw] = field(default_factory=list)
    message: str = ""
    is_repeated: bool = False
    """The same was reported a moment ago, so nothing was sent."""

    def as_json(self) -> Raw:
        """Return it as v1 of the API answers."""
        return {
            "reports": self.reports,
            "statusChanges": self.status_changes,
            "message": self.message,
        }


async def report(
    client: Nobl9Client, issue: ExternalIssue, repeats: Repeats, *, verify: bool = True
) -> Reported:
    """Report an issue by its component's name, unless the same was reported a moment ago.

    A name that no component has is refused before anything is sent, and so is every name where
    that cannot be found out, unless `verify` is off.
    """
    found = await verified(client, issue.component_name) if verify else None
    if found:
        # As Nobl9 spells it.
        issue = replace(issue, component_name=found[0].name)
    async with repeats.turn(issue) as turn:
        if turn.is_repeated:
            return Reported(message="The same was reported a moment ago.", is_repeated=True)
        reported = await _sent(client, issue, found)
        turn.done()
        return reported


async def verified(client: Nobl9Client, name: str) -> list[Component]:
    """Return the components of a name; raise `UnknownName` with what is near."""
    try:
        rows = await client.components()
    except RequestFailed as error:
        raise NotVerified(
            f"Whether there is a component {name!r} could not be found out, so nothing was "
            f"reported. {error}"
        ) from error
    return find_all(rows, name)


async def _sent(
    client: Nobl9Client, issue: ExternalIssue, found: Sequence[Component] | None
) -> Reported:
    if await client.speaks(Version.V1):
        return _reported(await client.send_external_issue(issue))
    # An issue says that something is wrong, so that it is over is none.
    reported = (
        Reported(message="No issue was sent, since it says that all is well.")
        if issue.status == OPERATIONAL
        else _reported(await client.send_external_issue(issue))
    )
    if issue.status is None:
        return reported
    rows = found or await verified(client, issue.component_name)
    changes = [
        {"componentName": one.name}
        | await change_status(client, one.id, issue.status, comment=issue.comment)
        for one in rows
    ]
    return replace(reported, status_changes=[*reported.status_changes, *changes])


def _reported(answer: Raw) -> Reported:
    return Reported(
        reports=objects(answer.get("reports")),
        status_changes=objects(answer.get("statusChanges")),
        message=str(answer.get("message") or ""),
    )
