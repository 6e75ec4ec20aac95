"""What programs are told through their environment."""

from collections.abc import Mapping

from launcher.errors import BadSettings

# Settings of the programs, and whatever would make a Python look for its modules elsewhere.
OURS = ("OCEAN__", "APPLICATION__", "STATUSPAGE_", "PORT_SANDBOX_", "PYTHON", "VIRTUAL_ENV")
OCEANS = ("OCEAN__", "APPLICATION__")
LOOPBACK = "127.0.0.1,localhost"


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without settings that were meant for another run.

    A proxy is never asked for an address on this machine.
    """
    kept = {name: value for name, value in environment.items() if not name.startswith(OURS)}
    spared = kept.get("NO_PROXY") or kept.get("no_proxy")
    direct = f"{spared},{LOOPBACK}" if spared else LOOPBACK
    return kept | {"NO_PROXY": direct, "no_proxy": direct}


def oceans(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(OCEANS)}


def port_of(environment: Mapping[str, str], variable: str, usual: int) -> int:
    written = environment.get(variable, "").strip() or str(usual)
    if not written.isascii() or not written.isdigit() or not 0 < int(written) < 65536:
        raise BadSettings(f"{variable} is {written!r}: write a port from 1 to 65535.")
    return int(written)
