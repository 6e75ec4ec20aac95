"""Keeps one webhook subscription of ours on each page that is served."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from loguru import logger

from advice import sentence
from resync.errors import PageNotVisible
from statuspage import (
    Raw,
    Refused,
    ServerFailed,
    StatuspageClient,
    StatuspageError,
    Throttled,
)

from . import messages
from .endpoint import Installation
from .messages import Finding
from .plan import State, SubscriptionPlan, read_plan

ALL_PAGES = ""

# Without a subscription that gets events, one is made or let out of quarantine.
TO_MEND = (State.ABSENT, State.QUARANTINED)


class Keeper:
    """Checks page after page; a page that cannot be put right keeps no other from it."""

    def __init__(
        self,
        client: StatuspageClient,
        installation: Installation,
        *,
        learn: Callable[[list[Raw]], None],
        page_ids: Sequence[str] = (),
        contact: str | None = None,
    ) -> None:
        self._client = client
        self._installation = installation
        self._page_ids = page_ids
        self._contact = contact
        self._learn = learn
        self._confirmed: set[str] = set()
        self._created: set[str] = set()
        self._told: dict[str, str | None] = {}
        # The pages whose subscription gets events, as far as the last look at each tells.
        self.active: set[str] = set()

    async def check(self) -> bool:
        """Put every page's subscription right; tell whether all pages could be looked at."""
        try:
            read = await self._client.pages()
        except StatuspageError as error:
            problem = f"The webhook subscriptions could not be checked. {sentence(error)}"
            self._tell(ALL_PAGES, Finding(State.UNKNOWN, problem=problem))
            return False
        self._told.pop(ALL_PAGES, None)
        # So that the first event need not ask for them.
        self._learn(read)
        pages = {page["id"]: page for page in read}
        states: Counter[State] = Counter()
        for page_id in self._page_ids or pages:
            finding = await self._check(page_id, pages)
            self._tell(page_id, finding)
            states[finding.state] += 1
            if finding.state is State.ACTIVE:
                self.active.add(page_id)
            elif finding.state is not State.UNKNOWN:
                self.active.discard(page_id)
        logger.info(
            "Webhook subscriptions: {}",
            ", ".join(f"{number} {state}" for state, number in states.items()) or "no page",
        )
        return State.UNKNOWN not in states

    async def _check(self, page_id: str, pages: Mapping[str, Raw]) -> Finding:
        if (page := pages.get(page_id)) is None:
            return Finding(State.ABSENT, problem=str(PageNotVisible(page_id)))
        try:
            return await self._put_right(page)
        except StatuspageError as error:
            return Finding(State.UNKNOWN, problem=messages.not_checked(page_id, error))

    async def _put_right(self, page: Raw) -> Finding:
        page_id = page["id"]
        found = await self._read(page_id)
        if found.state not in TO_MEND:
            return await self._tidied(page, found)
        done: str | None = None
        refusal: Refused | None = None
        try:
            done = await self._mend(page_id, found)
        except Refused as error:
            refusal = error
        # Another pod may have been faster, and a good answer proves nothing yet.
        before, found = found, await self._read(page_id)
        if found.state in TO_MEND:
            if isinstance(refusal, Throttled | ServerFailed):
                # That passes, and is tried again before long.
                raise refusal
            problem = messages.problem_of(page, found)
            if refusal is not None:
                problem = messages.refused(page, refusal, self._contact)
            return Finding(messages.state_of(page, found), problem=problem)
        finding = await self._tidied(page, found, *([done] if done else []))
        if done and before.keep is not None and not finding.problem:
            missed = messages.was_quarantined(page_id, before.keep["quarantined_at"])
            return replace(finding, problem=missed)
        return finding

    async def _tidied(self, page: Raw, found: SubscriptionPlan, *changes: str) -> Finding:
        """Remove what is too many. It goes last, so that no event is lost between old and new."""
        removed, not_removed = await self._remove(page["id"], found.remove)
        if removed:
            changes = (*changes, f"{removed} removed")
        problem = messages.problem_of(page, found) or not_removed
        return Finding(messages.state_of(page, found), changes, problem)

    async def _read(self, page_id: str) -> SubscriptionPlan:
        found = await read_plan(
            self._client,
            self._installation,
            page_id,
            confirmed=self._confirmed,
            created=self._created,
        )
        if found.keep is not None and found.state is State.ACTIVE:
            self._confirmed.add(found.keep["id"])
        return found

    async def _mend(self, page_id: str, found: SubscriptionPlan) -> str:
        if found.keep is not None:
            await self._client.reactivate_subscribers(page_id, [found.keep["id"]])
            return "reactivated"
        endpoint = self._installation.endpoint(page_id)
        made = await self._client.subscribe_webhook(page_id, endpoint, self._contact)
        self._created.add(made["id"])
        return "created"

    async def _remove(self, page_id: str, subscriber_ids: Sequence[str]) -> tuple[int, str | None]:
        removed, problem = 0, None
        for subscriber_id in subscriber_ids:
            try:
                await self._client.unsubscribe(page_id, subscriber_id)
            except StatuspageError as error:
                problem = messages.not_removed(page_id, error)
            else:
                removed += 1
        return removed, problem

    def _tell(self, page_id: str, finding: Finding) -> None:
        """Write a line when something was done, or when a problem came, changed or went."""
        before = self._told.get(page_id)
        self._told[page_id] = finding.problem
        news = finding.problem if finding.problem != before else None
        line = logger.bind(page=page_id, subscription=finding.state.value)
        if finding.changes:
            done = ", ".join(finding.changes)
            line.info("The webhook subscription of the page {}: {}", page_id, done)
        if news:
            line.warning("{}", news)
        elif before and not finding.problem:
            line.info("The webhook subscription of the page {} is in order again", page_id)
