"""What a check of a page's subscription found, in one sentence that says what to do."""

from dataclasses import dataclass

from advice import sentence
from statuspage import Raw, StatuspageError

from .plan import State, SubscriptionPlan

HOW_TO_ALLOW = "https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/"


@dataclass(frozen=True, slots=True)
class Finding:
    """How it stands with a page, what was done about it, and what only a person can do."""

    state: State
    changes: tuple[str, ...] = ()
    problem: str | None = None


def state_of(page: Raw, found: SubscriptionPlan) -> State:
    """Return the state of a page's subscription, which a page without webhooks overrides."""
    return State.DISABLED if page.get("allow_webhook_subscribers") is False else found.state


def problem_of(page: Raw, found: SubscriptionPlan) -> str | None:
    """Return what keeps a page's events from coming; None when nothing does."""
    page_id = page["id"]
    if state_of(page, found) is State.DISABLED:
        return (
            f"Webhook subscribers are switched off on the page {page_id}, so live events may not "
            f"come: switch them on, see {HOW_TO_ALLOW}"
        )
    if found.state is State.UNCONFIRMED and found.keep is not None:
        if email := found.keep.get("email"):
            return (
                f"The webhook subscription of the page {page_id} waits for its confirmation: "
                f"follow the link in the e-mail that Statuspage sent to {email}."
            )
        return (
            f"The webhook subscription of the page {page_id} waits for its confirmation, which "
            "Statuspage could send to nobody: set webhookContactEmail and delete the subscription "
            "in Statuspage; a new one is made by itself."
        )
    if found.state is State.QUARANTINED:
        return (
            f"The webhook subscription of the page {page_id} is in quarantine and gets no events: "
            "reactivate it in Statuspage, and see that Statuspage can reach OCEAN__BASE_URL."
        )
    if found.state is State.ABSENT:
        return f"The page {page_id} has no webhook subscription of this integration."
    return None


def was_quarantined(page_id: str, since: str) -> str:
    """Say that events were missed."""
    return (
        f"The webhook subscription of the page {page_id} was in quarantine since {since} and is "
        "let out: see that Statuspage can reach OCEAN__BASE_URL. The next resync brings what "
        "was missed."
    )


def refused(page: Raw, error: StatuspageError, contact: str | None) -> str:
    """Say why a page gets no live events, and what may help."""
    advice = ""
    if page.get("allow_webhook_subscribers") is False:
        advice += f" Switch on webhook subscribers for the page, see {HOW_TO_ALLOW}"
    elif contact is None:
        advice += " If it wants an address to write to, set webhookContactEmail."
    return f"The page {page['id']} gets no live events. {sentence(error)}{advice}"


def not_removed(page_id: str, error: StatuspageError) -> str:
    """Say that a subscription of ours is too many."""
    return (
        f"A subscription that the page {page_id} no longer needs could not be removed, which is "
        f"tried again. {sentence(error)}"
    )


def not_checked(page_id: str, error: StatuspageError) -> str:
    """Say that nothing is known of a page, and why."""
    return f"The webhook subscription of the page {page_id} could not be checked. {sentence(error)}"
