"""Whether what an event was sent for has been read already, so that it costs nothing more."""

from kinds import ObjectKind
from resync.knowledge import Knowledge
from resync.newest import Sighting

from .hints import Hint, Subject
from .look import one_list_shows_it

# An id that Statuspage did not know is not asked for again for so long.
UNKNOWN_FOR = 120.0

KINDS = {Subject.INCIDENT: ObjectKind.INCIDENT, Subject.COMPONENT: ObjectKind.COMPONENT}


def is_answered(knowledge: Knowledge, hint: Hint, now: float) -> bool:
    """Tell whether the last reading of a hint's object holds what the hint tells."""
    if hint.subject is Subject.PAGE:
        return False
    sighting = knowledge.newest.of(KINDS[hint.subject], hint.id)
    if sighting is None:
        return False
    if not sighting.is_of(hint.page_id):
        # Where it stands on another page, this one cannot tell anything of it.
        return sighting.raw is not None
    if sighting.raw is None:
        return now - sighting.read_at < UNKNOWN_FOR
    return hint.is_answered_by(sighting.raw) and _shows_its_page(knowledge, hint, sighting)


def _shows_its_page(knowledge: Knowledge, hint: Hint, sighting: Sighting) -> bool:
    """Tell whether what goes with an object was read too: its group's status and the page's."""
    page = knowledge.pages.get(hint.page_id)
    if hint.subject is Subject.COMPONENT and page and one_list_shows_it(knowledge, page):
        # An incident may have brought the component alone.
        shown = knowledge.newest.of(ObjectKind.PAGE, hint.page_id)
        return shown is not None and shown.number > sighting.number
    return True
