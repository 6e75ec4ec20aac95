"""Ocean's metrics, with a state for each kind: Ocean knows one for the one kind that runs."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import override

from port_ocean.helpers.metric.metric import Metrics, SyncState


@dataclass(slots=True)
class _State:
    value: str = SyncState.PENDING


# That of the kind that runs in a context and in those that come from it.
_current: ContextVar[_State | None] = ContextVar("state", default=None)


def keep_own_state() -> None:
    """Have what runs in this context from here on keep a state of its own."""
    _current.set(_State())


class KindMetrics(Metrics):
    """Ocean's metrics, as kinds need them that run side by side."""

    def __init__(self, metrics: Metrics) -> None:
        # What is counted stays the same.
        vars(self).update(vars(metrics))

    @property
    @override
    def sync_state(self) -> str:
        own = _current.get()
        return self._sync_state if own is None else own.value

    @sync_state.setter
    def sync_state(self, value: str) -> None:
        if (own := _current.get()) is None:
            self._sync_state = value
        else:
            own.value = value
