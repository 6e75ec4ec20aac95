"""What a component's heartbeats say, beside its state."""

from statuspage_server.core.heartbeat import ItemState, LastBeat
from statuspage_server.core.moments import Moment
from statuspage_server.languages import Language

UNITS = (
    (86_400, "{n} day ago", "{n} days ago"),
    (3_600, "{n} hour ago", "{n} hours ago"),
    (60, "{n} minute ago", "{n} minutes ago"),
    (1, "{n} second ago", "{n} seconds ago"),
)

# Each state of an item by its word, and by the component status whose shape and colour it has.
ITEM_STATES = {
    ItemState.UP: ("Heard", "operational"),
    ItemState.OVERDUE: ("Overdue", "degraded_performance"),
    ItemState.LATE: ("Late", "major_outage"),
    ItemState.FAILED: ("Failed", "major_outage"),
    ItemState.PAUSED: ("Paused", "unknown"),
    ItemState.NEVER_SEEN: ("Never heard", "major_outage"),
}


def heartbeat_detail(
    state: ItemState, beat: LastBeat | None, now: Moment, language: Language
) -> str:
    if beat is None:
        return language.text("never seen")
    match state:
        case ItemState.FAILED if beat.message:
            return language.text("reported a failure: {message}", message=beat.message)
        case ItemState.FAILED:
            return language.text("reported a failure")
        case ItemState.LATE:
            return language.text("late, last seen {ago}", ago=ago(now - beat.at, language))
        case ItemState.OVERDUE:
            return language.text("overdue, last seen {ago}", ago=ago(now - beat.at, language))
        case _:
            return ""


def ago(milliseconds: int, language: Language) -> str:
    seconds = max(0, milliseconds // 1000)
    size, one, many = next((unit for unit in UNITS if seconds >= unit[0]), UNITS[-1])
    return language.count(one, many, seconds // size)
