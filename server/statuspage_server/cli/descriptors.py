"""How many connections fit into this process."""

import sys

# For the database, the files and the webhooks of the server itself.
OWN = 64
ENOUGH = 65_536


def most_connections() -> int:
    """Takes all that the system allows: what a shell gives is a habit of old programs."""
    if sys.platform == "win32":
        return ENOUGH
    import resource  # noqa: PLC0415 - not everywhere

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = ENOUGH if hard == resource.RLIM_INFINITY else min(hard, ENOUGH)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    except (ValueError, OSError):  # macOS allows less than it says
        allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(allowed - OWN, 1)
