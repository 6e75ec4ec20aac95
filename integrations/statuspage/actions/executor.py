"""What all actions have in common: Ocean's executor around what one of them does."""

from abc import abstractmethod
from collections.abc import Callable

from port_ocean.core.handlers.actions.abstract_executor import AbstractExecutor
from port_ocean.core.models import IntegrationRun

from .order import Order
from .outcome import Outcome
from .runs import Runs


class Action(AbstractExecutor):
    """An action of .port/spec.yaml. The labels are what its run shows, two words at most."""

    WEBHOOK_PROCESSOR_CLASS = None
    WORKING = "Working"
    DONE = "Done"

    def __init__(self, runs: Callable[[], Runs]) -> None:
        self._runs = runs

    @abstractmethod
    async def carry_out(self, order: Order) -> Outcome:
        """Do it; raise an error that says what to do about it."""

    async def recover(self, order: Order) -> Outcome | None:
        """Return what came of it in a process that ended in the middle, where that can be known."""
        del order
        return None

    async def execute(self, run: IntegrationRun) -> None:
        await self._runs().execute(run, self.carry_out, self.WORKING, self.DONE)

    async def _get_partition_key(self, run: IntegrationRun) -> str | None:
        named = run.execution_properties.get("incidentId")
        return str(named) if named else None

    async def is_close_to_rate_limit(self, run: IntegrationRun) -> bool:
        """Never: the client waits for its turn, on the slots that are kept for it."""
        del run
        await self._runs().until_ocean_stops()
        return False

    async def get_remaining_seconds_until_rate_limit(self, run: IntegrationRun) -> float:
        del run
        return 0.0
