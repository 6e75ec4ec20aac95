"""Makes and removes the V3 webhook subscription of one bridge.

(https://developer.pagerduty.com/docs)
"""

from dataclasses import dataclass

from pydantic import SecretStr

from statuspage_bridge.sources.content import Raw, mapping, text
from statuspage_bridge.sources.endpoint import Endpoint

from .lists import whole_list

PATH = "/webhook_subscriptions"
DESCRIPTION = "Keeps a status page in step"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """What came of it. PagerDuty tells the secret only when it makes a subscription."""

    id: str
    secret: SecretStr | None = None
    is_changed: bool = False


class Subscriptions:
    """The subscriptions of one account that send to one address."""

    def __init__(self, endpoint: Endpoint, address: str) -> None:
        self._endpoint = endpoint
        self._address = address

    async def ensure(self, events: set[str]) -> Subscribed:
        """Make a subscription for these events, or change the one that is there."""
        own = await self._own()
        if own:
            return await self._adjusted(own[0], events)
        wanted = {
            "type": "webhook_subscription",
            "delivery_method": {"type": "http_delivery_method", "url": self._address},
            "description": DESCRIPTION,
            "events": sorted(events),
            "filter": {"type": "account_reference"},
        }
        made = await self._endpoint.write("POST", PATH, {"webhook_subscription": wanted})
        subscription = mapping(mapping(made).get("webhook_subscription"))
        secret = text(mapping(subscription.get("delivery_method")).get("secret"))
        return Subscribed(id=text(subscription.get("id")), secret=SecretStr(secret))

    async def remove(self) -> list[str]:
        """Remove all that send to the address, and return their ids."""
        ids = [text(own.get("id")) for own in await self._own()]
        for id_ in ids:
            await self._endpoint.write("DELETE", f"{PATH}/{id_}")
        return ids

    async def _adjusted(self, own: Raw, events: set[str]) -> Subscribed:
        id_, given = text(own.get("id")), own.get("events")
        is_changed = not isinstance(given, list) or set(map(text, given)) != events
        if is_changed:
            change = {
                "description": text(own.get("description")),
                "events": sorted(events),
                "filter": own.get("filter"),
            }
            await self._endpoint.write("PUT", f"{PATH}/{id_}", {"webhook_subscription": change})
        # PagerDuty disables what it could not deliver to.
        if own.get("active") is False:
            await self._endpoint.write("POST", f"{PATH}/{id_}/enable")
            is_changed = True
        return Subscribed(id=id_, is_changed=is_changed)

    async def _own(self) -> list[Raw]:
        every = await whole_list(self._endpoint, PATH, "webhook_subscriptions", {})
        return [one for one in every if self._is_own(one)]

    def _is_own(self, subscription: Raw) -> bool:
        return mapping(subscription.get("delivery_method")).get("url") == self._address
