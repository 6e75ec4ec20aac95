"""Whatever happens on a page, and whenever it is looked at, what was shown last arrives."""

import random

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from resync.public_documents import UnusableDocument
from statuspage import RequestError
from tests.virtual_time import run
from watching.reader import Look, PageReader

from .page import BEGAN, CUT_AT, ChangingPage, Documents, Publication, any_change

SEEDS = st.integers(0, 2**32)


class Followed:
    """What somebody has of a page who takes over what each look names."""

    def __init__(self, page: ChangingPage) -> None:
        self.page = page
        self.name = page.raw["name"]
        self.rows = {id_: dict(row) for id_, row in page.rows.items()}
        self.events = {id_: dict(one) for id_, one in page.events.items()}
        self.read = 0
        self.deleted: set[str] = set()

    def take(self, look: Look) -> None:
        changes = look.changes
        if changes.page:
            self.name = self.page.raw["name"]
        for id_ in changes.components | changes.groups:
            # It is what the view shows, which is here read behind it.
            if id_ in self.page.rows:
                self.rows[id_] = dict(self.page.rows[id_])
        for id_ in changes.incidents | changes.unseen_incidents:
            self.read += 1
            if id_ in self.page.events:
                self.events[id_] = dict(self.page.events[id_])
            else:
                self.events.pop(id_, None)
        for id_ in changes.unseen_components | changes.unseen_groups:
            assert id_ not in self.page.rows
            self.rows.pop(id_, None)
        self.deleted |= changes.unseen_incidents

    def is_in_step(self) -> bool:
        return (
            self.name == self.page.raw["name"]
            and self.rows == self.page.rows
            and self.events == self.page.events
        )


async def looked(reader: PageReader) -> Look:
    try:
        return await reader.look()
    except (RequestError, UnusableDocument):
        return Look()


async def no_wait() -> None: ...


async def follow(seed: int, *, incidents: int, odd: bool) -> Followed:
    """Let things happen, with looks in between; at the end the page rests and is looked at."""
    chance = random.Random(seed)
    page = ChangingPage(incidents)
    publication = Publication(page)
    reader = PageReader(publication.client(), "kctbh9vrtdwd", no_wait, page.at)
    await reader.look()
    followed = Followed(page)

    def older(_: str, copies: list[Documents]) -> Documents | None:
        return chance.choice(copies[-12:]) if chance.random() < 0.2 else None

    def refused(_: str) -> httpx.Response | None:
        return httpx.Response(503) if chance.random() < 0.1 else None

    if odd:
        publication.choose, publication.fault = older, refused
    for _ in range(30):
        for _ in range(chance.choice([0, 1, 1, 2, 5])):
            any_change(page, chance)
        followed.take(await looked(reader))
    publication.choose, publication.fault = lambda *_: None, lambda _: None
    for _ in range(12):
        followed.take(await looked(reader))
    return followed


@given(seed=SEEDS, odd=st.booleans())
@settings(max_examples=60)
def test_what_the_page_shows_last_has_arrived(seed: int, *, odd: bool) -> None:
    followed = run(follow(seed, incidents=5, odd=odd))

    assert followed.is_in_step()


@given(seed=SEEDS)
@settings(max_examples=20)
def test_of_a_list_that_is_cut_nothing_is_said_to_be_missing_that_is_there(seed: int) -> None:
    followed = run(follow(seed, incidents=CUT_AT + 5, odd=True))

    shown = set(followed.page.shown_events())
    assert not followed.deleted & followed.page.events.keys()
    assert {id_: followed.events.get(id_) for id_ in shown} == {
        id_: followed.page.events[id_] for id_ in shown
    }


@given(seed=SEEDS)
@settings(max_examples=5)
def test_a_page_at_rest_has_no_news_and_costs_one_small_answer_a_look(seed: int) -> None:
    async def rest() -> None:
        page = ChangingPage(incidents=random.Random(seed).choice([0, 5, CUT_AT + 5]))
        publication = Publication(page)
        reader = PageReader(publication.client(), "kctbh9vrtdwd", no_wait, page.at)
        await reader.look()
        publication.asked.clear()
        for _ in range(20):
            assert not (await reader.look()).changes
        assert publication.not_modified == len(publication.asked)
        assert publication.asked.count("summary") == 20
        assert len(publication.asked) == 20 + 2 * 2

    run(rest())


def test_a_first_look_names_only_what_has_changed_since_the_start() -> None:
    async def start() -> None:
        page = ChangingPage()
        since = page.at
        id_ = page.open()
        look = await PageReader(Publication(page).client(), "kctbh9vrtdwd", no_wait, since).look()
        assert look.changes.incidents == {id_}
        assert not look.changes.components
        assert since > BEGAN

    run(start())
