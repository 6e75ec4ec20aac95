"""Each state by its word, and by the name of its shape and colour."""

from dataclasses import dataclass

from statuspage_server.languages import Language


@dataclass(frozen=True, slots=True)
class StateView:
    status: str
    word: str
    colour: str
    """The vendor's name for it, which programs that read the page look for."""


STATES = {
    "operational": ("Operational", "green"),
    "under_maintenance": ("Under maintenance", "blue"),
    "degraded_performance": ("Degraded performance", "yellow"),
    "partial_outage": ("Partial outage", "orange"),
    "major_outage": ("Major outage", "red"),
}

PHASES = {
    "investigating": "Investigating",
    "identified": "Identified",
    "monitoring": "Monitoring",
    "resolved": "Resolved",
    "postmortem": "Postmortem",
    "scheduled": "Scheduled",
    "in_progress": "In progress",
    "verifying": "Verifying",
    "completed": "Completed",
}

IMPACTS = {name: name for name in ("none", "minor", "major", "critical", "maintenance")}

# The shape and colour of a page or an incident is that of the component status it comes from.
OF_INDICATOR = {
    "none": "operational",
    "minor": "degraded_performance",
    "major": "partial_outage",
    "critical": "major_outage",
    "maintenance": "under_maintenance",
}

# Beside the descriptions in the core, which are the headlines otherwise.
OPEN_INCIDENT = "We are looking into an incident"


def state_view(status: str, language: Language) -> StateView:
    word, colour = STATES.get(status, ("Unknown", "grey"))
    return StateView(status if status in STATES else "unknown", language.text(word), colour)


def phase(status: str, language: Language) -> str:
    return language.text(PHASES.get(status, status.replace("_", " ").capitalize()))


def impact_shape(impact: str) -> str:
    return OF_INDICATOR.get(impact, "operational") if impact != "none" else "unknown"
