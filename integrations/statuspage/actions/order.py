"""What one run asks for."""

from dataclasses import dataclass

from statuspage import Incidents, Maintenances, Postmortems, StatuspageClient

from .errors import WrongInput
from .inputs import Inputs
from .targets import Targets


@dataclass(frozen=True, slots=True)
class Order:
    """The page, what was typed in, and the run's id, which makes it happen once."""

    client: StatuspageClient
    targets: Targets
    page_id: str
    inputs: Inputs
    run_id: str

    @property
    def incidents(self) -> Incidents:
        return Incidents(self.client, self.page_id)

    @property
    def maintenances(self) -> Maintenances:
        return Maintenances(self.client, self.page_id)

    @property
    def postmortems(self) -> Postmortems:
        return Postmortems(self.client, self.page_id)

    @property
    def incident_id(self) -> str:
        return self.inputs.identifier("incidentId")

    async def given_statuses(self, to_all: str | None = None) -> dict[str, str]:
        """Return the statuses of components, each of which has to have one."""
        statuses = await self.statuses(to_all)
        if None in statuses.values():
            raise WrongInput(
                "components have no status: give componentStatus, or the status of each, such as "
                '{"API": "major_outage"}.'
            )
        return {id_: status for id_, status in statuses.items() if status is not None}

    async def statuses(self, to_all: str | None = None) -> dict[str, str | None]:
        """Return the components that are named, by their ids, with the status of each."""
        given_to_all = self.inputs.text("componentStatus") or to_all
        named = self.inputs.statuses("components", given_to_all)
        return await self.targets.components(self.page_id, named)
