"""A postmortem and its publication."""

from dataclasses import dataclass
from typing import Any

from statuspage.errors import UnusableArgument

from .checks import check_body
from .fields import given


@dataclass(frozen=True, slots=True)
class Postmortem:
    """The text of a postmortem, which is a draft until it is published."""

    body: str

    def __post_init__(self) -> None:
        """Refuse an empty one."""
        if check_body(self.body) is None:
            raise UnusableArgument("body", "is empty: a postmortem needs a text.")

    def request(self) -> dict[str, Any]:
        """Return the body of the request that writes it."""
        return {"postmortem": {"body_draft": self.body}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Who is told that a postmortem is public: nobody, unless asked."""

    notify_subscribers: bool = False
    notify_twitter: bool = False
    custom_tweet: str | None = None

    def request(self) -> dict[str, Any]:
        """Return the body of the request that publishes it."""
        return {"postmortem": given(self)}
