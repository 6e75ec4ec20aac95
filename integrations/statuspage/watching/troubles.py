"""Why a page's public view cannot be read, in one sentence; each kind is told once in a while."""

from dataclasses import dataclass, field

from resync.public_documents import UnusableDocument
from statuspage import (
    AccessDenied,
    KeyRejected,
    NotFound,
    Redirected,
    Refused,
    RequestError,
    Throttled,
    Unreachable,
)

# The same trouble is not told again for so long, although it was over in between.
TOLD_FOR = 3600.0

type Trouble = RequestError | UnusableDocument


def has_no_view(trouble: Trouble) -> bool:
    """Tell whether there is nothing to be read, which hardly changes by itself."""
    return isinstance(trouble, KeyRejected | AccessDenied | NotFound | Redirected)


def kind_of(trouble: Trouble) -> str:
    if isinstance(trouble, Refused):
        return str(trouble.status)
    return type(trouble).__name__ if isinstance(trouble, Unreachable) else reason(trouble)


def reason(trouble: Trouble) -> str:
    """Return what is wrong, without a full stop."""
    if isinstance(trouble, Throttled):
        return f"it is asked too often ({trouble.status})"
    if isinstance(trouble, Redirected):
        return f"it is a redirect ({trouble.status})"
    if isinstance(trouble, Refused):
        return f"it answers {trouble.status}"
    return str(trouble).removesuffix(".")


def not_public(page_id: str) -> str:
    """Return the line about a page that only some people may see."""
    return (
        f"The page {page_id} is not public, so it cannot be watched: what changes arrives by "
        "webhooks and resyncs"
    )


def sentence(page_id: str, trouble: Trouble) -> str:
    """Return the line of the log."""
    if has_no_view(trouble):
        return (
            f"The page {page_id} has no public view ({reason(trouble)}), so it cannot be watched: "
            "what changes arrives by webhooks and resyncs"
        )
    return (
        f"The public view of the page {page_id} cannot be used ({reason(trouble)}): until it can, "
        "what changes arrives by webhooks and resyncs"
    )


@dataclass(slots=True)
class Told:
    """What was told of a page's troubles, and when."""

    _at: dict[str, float] = field(default_factory=dict)

    def is_news(self, trouble: Trouble, now: float) -> bool:
        """Tell whether a trouble is to be told, and take it for told."""
        kind = kind_of(trouble)
        last = self._at.get(kind)
        if last is not None and now - last < TOLD_FOR:
            return False
        self._at[kind] = now
        return True
