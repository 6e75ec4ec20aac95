"""What a page shows in public, and whether that, which is cached, shows what was just read."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from kinds import ObjectKind
from publishing.cache import Cache
from resync.group_rows import component_of
from resync.known_pages import KnownPages
from resync.single_flight import Once
from resync.streams import moment
from statuspage import Raw, Reading, StatuspageClient, Summary, page_status

# A view that still does not show a change after so long is left to the resync.
SHOWS_WITHIN = 2 * page_status.CACHED_FOR

# QUIRKS.md: two changes of a component within a second.
CUT = timedelta(seconds=1)

# What was read so lately need not be read again.
JUST_NOW = 2.0


class View:
    """A page's public view while its objects are read, which takes as long as one of them."""

    def __init__(
        self, client: StatuspageClient, known: KnownPages, page: Raw, *, told: bool
    ) -> None:
        """Take a page; `told` tells that its view, read just now, is what told of the objects."""
        self._client = client
        self._known = known
        self._page = page
        since = client.clock.now() - (JUST_NOW if told else 0.0)
        self._first = Once(lambda: self._read(since=since))

    def start(self) -> None:
        """Begin to read, for whoever wants it later."""
        self._first.start()

    def cancel(self) -> None:
        self._first.cancel()

    async def first(self) -> Summary | None:
        """Return it as it was at the beginning; None when there is none."""
        return await self._first.get()

    async def newest(self) -> Summary | None:
        """Return it about as new as what was read meanwhile."""
        if await self.first() is None:
            return None
        return await self._read(since=self._client.clock.now() - JUST_NOW)

    async def _read(self, *, since: float) -> Summary | None:
        """Read it, unless it was read since then; an older copy is dropped."""
        last = self._known.shown.get(self._page["id"])
        if last is not None and last.sent >= since:
            return last.content
        sent = self._client.clock.now()
        summary = await self._client.summary(self._page)
        if summary is None:
            return None
        return remember(self._known, self._page["id"], Reading(summary, sent))


def remember(known: KnownPages, page_id: str, read: Reading[Summary]) -> Summary:
    """Keep what a page shows, unless it is an older copy than the one kept; return the newer."""
    last = known.shown.get(page_id)
    if last is None or not _is_older(read.content, last.content):
        known.shown[page_id] = read
    return known.shown[page_id].content


def _is_older(one: Summary, other: Summary) -> bool:
    ours, theirs = moment(one.page.get("updated_at")), moment(other.page.get("updated_at"))
    return ours is not None and theirs is not None and ours < theirs


def take_shown(summary: Summary | None, ids: Iterable[str], cache: Cache) -> dict[str, Raw | None]:
    """Return those of some components that the view tells of, None where nothing is new.

    One that is not among them has to be read: it is not shown, or it is not certain that what is
    shown is newer than what was read before.
    """
    rows = {} if summary is None else {row["id"]: row for row in summary.rows}
    taken: dict[str, Raw | None] = {}
    for id_ in ids:
        if (row := rows.get(id_)) is None:
            continue
        component, cached = component_of(row), cache.get((ObjectKind.COMPONENT, id_))
        if cached is None:
            taken[id_] = component
        elif cached.raw is not None:
            shown, known = moment(component["updated_at"]), moment(cached.raw.get("updated_at"))
            if component == {key: cached.raw.get(key) for key in component}:
                taken[id_] = None
            elif shown is not None and known is not None and shown != known:
                taken[id_] = component if shown > known else None
    return taken


def is_behind(
    rows: Iterable[Raw], components: Mapping[str, Raw | None], cache: Cache, now: float
) -> float | None:
    """Return for how long at least the view has been behind, None when it is not.

    It is held against the components that were just read, and those that were read before.
    """
    ages = (_behind(row, components, cache, now) for row in rows)
    return min((age for age in ages if age is not None), default=None)


def _behind(
    row: Raw, components: Mapping[str, Raw | None], cache: Cache, now: float
) -> float | None:
    raw, age = components.get(row["id"]), 0.0
    if row["id"] not in components:
        cached = cache.get((ObjectKind.COMPONENT, row["id"]))
        if cached is None:
            return None
        raw, age = cached.raw, now - cached.read_at
    if raw is None:
        return age if age < SHOWS_WITHIN and not row.get("group") else None
    if raw.get("status") == row.get("status"):
        return None
    shown, known = moment(row.get("updated_at")), moment(raw.get("updated_at"))
    if shown is None or known is None or shown < known:
        return age
    # A row that changed later tells of a change whose event is still on its way. Two changes within
    # a second cannot be told apart, but by now the view shows whatever was read so long ago.
    return age if shown < known + CUT and age < SHOWS_WITHIN else None
