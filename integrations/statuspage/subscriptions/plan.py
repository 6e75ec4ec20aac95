"""What is to be done about a page's webhook subscriptions, and how it stands with ours."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from statuspage import Raw, StatuspageClient

from .endpoint import Installation


class State(StrEnum):
    """How it stands with a page's subscription."""

    ACTIVE = "active"
    UNCONFIRMED = "unconfirmed"
    QUARANTINED = "quarantined"
    ABSENT = "absent"
    DISABLED = "disabled"
    UNKNOWN = "unknown"


# Quarantine can be lifted by us, a confirmation needs a person.
BEST_FIRST = (State.ACTIVE, State.QUARANTINED, State.UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class SubscriptionPlan:
    """What is to be done on a page; without one to keep, one has to be made."""

    keep: Raw | None
    state: State
    remove: tuple[str, ...]


async def read_plan(
    client: StatuspageClient,
    installation: Installation,
    page_id: str,
    *,
    confirmed: Collection[str] = (),
    created: Collection[str] = (),
) -> SubscriptionPlan:
    """Read what a page has of ours. Nobody needs to ask again who confirmed once."""
    ours = [
        one
        async for one in client.webhook_subscribers(page_id)
        if one["id"] in created or installation.made(endpoint_of(one))
    ]
    unconfirmed: set[str] = set()
    if any(one["id"] not in confirmed and not is_quarantined(one) for one in ours):
        unconfirmed = {one["id"] async for one in client.unconfirmed_webhooks(page_id)}
    return plan(installation, page_id, ours, unconfirmed, created)


def plan(
    installation: Installation,
    page_id: str,
    subscribers: Iterable[Raw],
    unconfirmed: Collection[str] = (),
    created: Collection[str] = (),
) -> SubscriptionPlan:
    """Decide which subscription stays, and which of ours are too many.

    Whoever looks at the same list decides the same, so two pods never remove each other's.
    `created` names those that were just made: they are right even if Statuspage should show their
    endpoint otherwise than it was sent, so that none is made over and over again.
    """
    ours = [
        one for one in subscribers if one["id"] in created or installation.made(endpoint_of(one))
    ]
    right = [
        one for one in ours if one["id"] in created or installation.wants(page_id, endpoint_of(one))
    ]
    best = sorted(
        right,
        key=lambda one: (
            BEST_FIRST.index(_state(one, unconfirmed)),
            str(one.get("created_at")),
            one["id"],
        ),
    )
    keep = best[0] if best else None
    return SubscriptionPlan(
        keep,
        _state(keep, unconfirmed),
        tuple(one["id"] for one in ours if keep is None or one["id"] != keep["id"]),
    )


def is_quarantined(subscriber: Raw) -> bool:
    return bool(subscriber.get("quarantined_at"))


def _state(keep: Raw | None, unconfirmed: Collection[str]) -> State:
    if keep is None:
        return State.ABSENT
    if is_quarantined(keep):
        return State.QUARANTINED
    return State.UNCONFIRMED if keep["id"] in unconfirmed else State.ACTIVE


def endpoint_of(subscriber: Raw) -> str:
    """Return where a subscriber's webhooks go; the empty text if that is told otherwise."""
    endpoint = subscriber.get("endpoint")
    return endpoint if isinstance(endpoint, str) else ""
