"""Which components get well when an incident is over: the API restores none by itself. No I/O."""

from collections.abc import Iterable, Iterator

from statuspage.answers import Raw
from statuspage.records import is_maintenance, is_over, objects

WELL = "operational"


def restored(incident: Raw, others: Iterable[Raw]) -> dict[str, str]:
    """Return the components to set back: changed by `incident` and not needed by the `others`.

    `others` are the incidents that are open and the maintenances that run, as they were read.
    """
    still_needed = {
        id_ for other in others if other["id"] != incident["id"] for id_ in _needs(other)
    }
    now = _present(incident)
    return {
        id_: WELL
        for id_ in _changed(incident)
        if id_ not in still_needed and now.get(id_, WELL if now else "") != WELL
    }


def _changed(incident: Raw) -> list[str]:
    """The components to which its updates gave a bad status that none of them took back.

    Later updates repeat every component that is affected; the first names those alone that were
    given a status.
    """
    first = objects(incident.get("incident_updates"))[-1:]
    last = last_told(incident)
    changed = [
        id_
        for update, id_, old, new in _told(incident)
        if WELL not in (new, last[id_]) and (old != new or update is first[0])
    ]
    if is_maintenance(incident) and not is_over(incident):
        # It may have changed them by itself, which no update tells.
        changed += [
            id_ for id_, status in _present(incident).items() if status == "under_maintenance"
        ]
    return list(dict.fromkeys(changed))


def _needs(other: Raw) -> set[str]:
    """What it affects, except what it told to be well again: unknown counts as needed."""
    last = last_told(other)
    return {id_ for id_ in {*last, *_present(other)} if last.get(id_) != WELL}


def last_told(incident: Raw) -> dict[str, str]:
    """Return the status that an incident's updates gave to each component last."""
    last: dict[str, str] = {}
    for _, id_, _, new in _told(incident):
        last.setdefault(id_, new)
    return last


def _told(incident: Raw) -> Iterator[tuple[Raw, str, str | None, str]]:
    """Every status that an update gave: the update, the component, from what and to what.

    The newest comes first, as the API has it. Recorded: lists that are null, entries without a
    code (QUIRKS.md, "Affected components without a code").
    """
    for update in objects(incident.get("incident_updates")):
        for entry in objects(update.get("affected_components")):
            id_, new = entry.get("code"), entry.get("new_status")
            if isinstance(id_, str) and isinstance(new, str) and new:
                yield update, id_, entry.get("old_status"), new


def _present(incident: Raw) -> dict[str, str]:
    rows = objects(incident.get("components"))
    return {
        row["id"]: str(row.get("status") or "") for row in rows if isinstance(row.get("id"), str)
    }
