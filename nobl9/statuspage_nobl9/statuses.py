"""The statuses of a component, as Nobl9 calls them, and what monitors call them."""

OPERATIONAL = "operational"
DEGRADED = "degradedPerformance"
MAJOR = "majorOutage"
STATUSES = (OPERATIONAL, DEGRADED, MAJOR)
SEVERITIES = STATUSES[1:]
"""What a disruption can be."""

OF_SEVERITY = {"warning": DEGRADED, "critical": MAJOR, "resolved": OPERATIONAL}
"""What the severity of an alert says of a component."""


def propagates(severity: str) -> bool:
    """Tell whether the severity of an alert concerns the parents of its component as well."""
    return severity == "critical"
