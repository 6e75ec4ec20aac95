"""A notification for people: what a mail and a message in a channel say, in the page's time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from statuspage_server.outbox.payload import manage_link, subscription_link, unsubscribe_link
from statuspage_server.outbox.queue import Delivery

SECONDS_OF = (("day", 86_400), ("hour", 3_600), ("minute", 60))


@dataclass(frozen=True, slots=True)
class Link:
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    body: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    link: Link | None = None
    thread: str | None = None
    """What it belongs to, so that mails about one incident stand together."""


def text_of(delivery: Delivery, public_url: str) -> Text:
    payload = delivery.payload
    if "incident" in payload:
        return _incident(delivery, payload["incident"], public_url)
    if "postmortem" in payload:
        return _postmortem(delivery, payload["postmortem"], public_url)
    if "heartbeat" in payload:
        return _heartbeat(delivery, payload["heartbeat"], public_url)
    if "greeting" in payload:
        title = f"{delivery.page_name}: updates arrive here from now on"
        return Text(
            title, link=Link("Choose what is told here, or stop it", _manage(delivery, public_url))
        )
    if delivery.confirmed:
        title = f"Your notifications from {delivery.page_name}"
        body = "Someone, probably you, asked for the link to your notifications."
        return Text(
            title, body, link=Link("Manage your notifications", _manage(delivery, public_url))
        )
    title = f"Confirm your notifications from {delivery.page_name}"
    body = (
        "Someone, probably you, asked for notifications to this address. They begin when you "
        "confirm. If it was not you, do nothing: this address is forgotten in a week."
    )
    confirm = subscription_link(public_url, delivery.secret, "confirm")
    return Text(title, body, link=Link("Confirm", confirm))


def _manage(delivery: Delivery, public_url: str) -> str:
    return manage_link(public_url, delivery.secret)


def _incident(delivery: Delivery, incident: Mapping[str, Any], public_url: str) -> Text:
    updates: Sequence[Mapping[str, Any]] = incident["incident_updates"]
    newest = updates[0] if updates else {"status": incident["status"], "body": ""}
    zone = delivery.page_settings.get("time_zone")
    facts = [
        ("Affected", ", ".join(_component(one) for one in incident["components"])),
        *_times(incident, zone),
    ]
    return Text(
        title=f"[{delivery.page_name}] {_words(newest['status'])}: {incident['name']}",
        body=newest["body"] or "",
        facts=tuple((name, value) for name, value in facts if value),
        link=Link("Read more", public_url + incident["shortlink"]),
        thread=incident["id"],
    )


def _postmortem(delivery: Delivery, postmortem: Mapping[str, Any], public_url: str) -> Text:
    return Text(
        title=f"[{delivery.page_name}] Postmortem: {postmortem['name']}",
        body=postmortem["body"],
        link=Link("Read more", public_url + postmortem["shortlink"]),
        thread=postmortem["incident_id"],
    )


def _component(component: Mapping[str, Any]) -> str:
    return f"{component['name']} ({_words(component['status']).lower()})"


def _times(incident: Mapping[str, Any], zone: str | None) -> list[tuple[str, str]]:
    if incident["scheduled_for"]:
        return [
            ("From", _written(incident["scheduled_for"], zone)),
            ("Until", _written(incident["scheduled_until"], zone)),
        ]
    started, ended = incident["started_at"], incident["resolved_at"]
    lasted = _moment(ended) - _moment(started) if started and ended else None
    return [
        ("Started", _written(started, zone)),
        ("Lasted", lasted_words(lasted.total_seconds()) if lasted else ""),
    ]


def _heartbeat(delivery: Delivery, heartbeat: Mapping[str, Any], public_url: str) -> Text:
    zone = delivery.page_settings.get("time_zone")
    state = {"late": "is late", "failed": "reported a failure"}.get(heartbeat["state"], "is back")
    last = heartbeat["last_heard_at"]
    return Text(
        title=f"[{delivery.page_name}] {heartbeat['name']} {state}",
        body=heartbeat["message"] or "",
        facts=(("Last heard", _written(last, zone) if last else "never"),),
        link=Link("Open the page", f"{public_url}/pages/{delivery.page_id}"),
        thread=heartbeat["item_id"],
    )


def _words(status: str) -> str:
    return status.replace("_", " ").capitalize()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _written(text: str | None, zone: str | None) -> str:
    if not text:
        return ""
    at = _moment(text).astimezone(_zone(zone))
    return f"{at.day} {at:%B %Y, %H:%M} {at:%Z}"


def _zone(name: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError):
        # What clients wrote before zones were checked.
        return ZoneInfo("UTC")


def lasted_words(seconds: float) -> str:
    """The two largest units: `2 hours 5 minutes`."""
    left, words = int(seconds), []
    for unit, size in SECONDS_OF:
        count, left = divmod(left, size)
        if count:
            words.append(f"{count} {unit}{'' if count == 1 else 's'}")
    return " ".join(words[:2]) or "less than a minute"


def plain(text: Text) -> str:
    parts: list[str] = []
    if text.body:
        parts.append(text.body)
    if text.facts:
        parts.append("\n".join(f"{name}: {value}" for name, value in text.facts))
    if text.link:
        parts.append(f"{text.link.words}: {text.link.address}")
    return "\n\n".join(parts)


def farewell(delivery: Delivery, public_url: str) -> tuple[Link, ...]:
    """At the end of what a subscriber gets; the operator's addresses are in config.yml."""
    if delivery.operator or "link" in delivery.payload:
        return ()
    return (
        Link("Choose what you hear about", _manage(delivery, public_url)),
        Link("Unsubscribe", unsubscribe_link(public_url, delivery.secret)),
    )
