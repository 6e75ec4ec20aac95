"""Everything that is written to a page, each thing once whatever happens to the answers."""

from .components import set_statuses
from .creation import Creation
from .incidents import Incidents
from .maintenances import Maintenances
from .postmortems import Postmortems
from .reporting import Report, Reported, report

__all__ = [
    "Creation",
    "Incidents",
    "Maintenances",
    "Postmortems",
    "Report",
    "Reported",
    "report",
    "set_statuses",
]
