"""What is written, checked before any request is made. No I/O.

The fields have the API's names, https://developer.statuspage.io/#tag/incidents, and what was not
given is absent from the request. Nothing reaches subscribers unless a draft says so.
"""

from .change import Change
from .incident import NewIncident
from .maintenance import NewMaintenance
from .postmortem import Postmortem, Publication
from .update import UpdateEdit
from .words import COMPONENT_STATUSES, IMPACTS, INCIDENT_STATUSES, MAINTENANCE_STATUSES

__all__ = [
    "COMPONENT_STATUSES",
    "IMPACTS",
    "INCIDENT_STATUSES",
    "MAINTENANCE_STATUSES",
    "Change",
    "NewIncident",
    "NewMaintenance",
    "Postmortem",
    "Publication",
    "UpdateEdit",
]
