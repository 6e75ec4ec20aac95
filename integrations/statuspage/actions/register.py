"""Which actions there are. Ocean asks for their runs where the actions processor is on."""

from collections.abc import Awaitable, Callable, Mapping

from port_ocean.context.ocean import ocean

from .cancel_maintenance import CancelMaintenance
from .complete_maintenance import CompleteMaintenance
from .create_incident import CreateIncident
from .edit_update import EditUpdate
from .executor import Action
from .publish_postmortem import PublishPostmortem
from .resolve_incident import ResolveIncident
from .runs import Runs
from .schedule_maintenance import ScheduleMaintenance
from .set_component_status import SetComponentStatus
from .start_maintenance import StartMaintenance
from .update_incident import UpdateIncident
from .write_postmortem import WritePostmortem

ACTIONS: tuple[type[Action], ...] = (
    CreateIncident,
    UpdateIncident,
    ResolveIncident,
    ScheduleMaintenance,
    StartMaintenance,
    CompleteMaintenance,
    CancelMaintenance,
    SetComponentStatus,
    WritePostmortem,
    PublishPostmortem,
    EditUpdate,
)


def register_actions(
    runs: Callable[[], Runs], end_unfinished: Callable[[Mapping[str, Action]], Awaitable[None]]
) -> None:
    """Register an executor for each action; nothing is asked of anybody before a run comes."""
    actions = {action.ACTION_NAME: action(runs) for action in ACTIONS}
    for action in actions.values():
        ocean.register_action_executor(action)

    @ocean.on_start()
    async def end_unfinished_runs() -> None:
        listener = ocean.config.event_listener
        if ocean.config.actions_processor.enabled and listener.should_run_actions:
            await end_unfinished(actions)
