"""Carries runs out, each to an end that Port is told: also where the process is told to stop."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from port_ocean.core.models import IntegrationRun
from port_ocean.exceptions.execution_manager import ActionExecutionError

from live_events.notification import Notification
from statuspage import Clock, RetryPolicy, StatuspageClient, StatuspageError

from .errors import ActionFailed, failure_of
from .inputs import Inputs
from .order import Order
from .outcome import Outcome
from .reporting import Reporter
from .targets import Targets
from .turns import Turns

logger = logging.getLogger(__name__)

# Somebody looks at the run, and a worker of Ocean's is busy with it.
WHILE_SOMEBODY_WAITS = RetryPolicy(attempts=4, longest_wait=30.0)

# Longer than a full window of the quota takes, with what Statuspage needs for its answers.
LONGEST = 180.0

# For the change to be in the catalog; it is no failure when that takes longer.
CATALOG_WITHIN = 5.0

# Ocean gives what runs 5 seconds. What is not done after these is ended, and Port is told.
AT_THE_END = 3.0

# Ocean hands out no more by then; a run that was not begun is handed out again by the next start.
UNTIL_OCEAN_STOPS = 8.0

LOOK = "look at the page whether it was done before you start it again."
STOPPED = f"The integration was stopped before it was done: {LOOK}"
TOO_LONG = f"It was not done within {LONGEST:.0f} seconds: {LOOK}"

type Work = Callable[[Order], Awaitable[Outcome]]
type Put = Callable[[Notification], asyncio.Future[None]]


class Runs:
    """The runs that this process works on."""

    def __init__(
        self,
        client: StatuspageClient,
        targets: Targets,
        reporter: Reporter,
        put: Put,
        running_id: str,
    ) -> None:
        self._client = client
        self._clock: Clock = client.clock
        self._targets = targets
        self._reporter = reporter
        self._put = put
        self._running_id = running_id
        self.turns = Turns()
        self._working: set[asyncio.Task[None]] = set()
        self._reporting: set[asyncio.Task[None]] = set()
        self._is_stopping = False

    async def execute(self, run: IntegrationRun, work: Work, working: str, done: str) -> None:
        """Return when a run has ended; Port may be told a little later."""
        task = asyncio.create_task(self._work(run, work, working, done))
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        await asyncio.wait({task})

    async def order(self, run: IntegrationRun) -> Order:
        """Read what a run asks for, and find its page."""
        inputs = Inputs(run.execution_properties)
        page_id = await self._targets.page(inputs)
        return Order(self._client, self._targets, page_id, inputs, run.id)

    async def until_ocean_stops(self) -> None:
        """Begin nothing while the process is being stopped."""
        if self._is_stopping:
            await self._clock.sleep(UNTIL_OCEAN_STOPS)

    async def close(self) -> None:
        """End what is under way within seconds, and have Port told of each."""
        self._is_stopping = True
        if self._working:
            await asyncio.wait(self._working, timeout=AT_THE_END)
        for task in self._working:
            task.cancel()
        if left := self._working | self._reporting:
            await asyncio.wait(left, timeout=AT_THE_END)

    async def _work(self, run: IntegrationRun, work: Work, working: str, done: str) -> None:
        try:
            async with asyncio.timeout(LONGEST):
                await self._reporter.begun(run, self._running_id, working)
                outcome = await self._outcome(run, work)
        except asyncio.CancelledError:
            # Only by `close`, and told before the process ends.
            await self._reporter.failed(run, STOPPED, "Stopped")
        except TimeoutError:
            self._report(self._reporter.failed(run, TOO_LONG, "Too slow"))
        except ActionExecutionError as failure:
            logger.warning("Run %s failed: %s", run.id, failure)
            label = failure.status_label or ActionFailed.DEFAULT_STATUS_LABEL
            self._report(self._reporter.failed(run, str(failure), label))
        except Exception as error:
            logger.exception("Run %s failed, by a fault of ours", run.id)
            why = f"The integration has a fault ({type(error).__name__}), see its log: {LOOK}"
            self._report(self._reporter.failed(run, why, "Fault"))
        else:
            logger.info("Run %s: %s", run.id, outcome.message)
            self._report(self._reporter.succeeded(run, outcome, done))

    async def _outcome(self, run: IntegrationRun, work: Work) -> Outcome:
        try:
            order = await self.order(run)
            async with self.turns.of(order.page_id, order.inputs.text("incidentId")):
                outcome = await work(order)
        except StatuspageError as error:
            raise failure_of(error) from error
        await self.publish(outcome)
        return outcome

    async def publish(self, outcome: Outcome) -> None:
        """Have what changed read and published, and give that some seconds."""
        if taken := [self._put(notification) for notification in outcome.changed]:
            await asyncio.wait(taken, timeout=CATALOG_WITHIN)

    def _report(self, telling: Awaitable[None]) -> None:
        """Go on with the next run while Port is told, which may take some attempts."""
        task = asyncio.ensure_future(telling)
        self._reporting.add(task)
        task.add_done_callback(self._reporting.discard)
