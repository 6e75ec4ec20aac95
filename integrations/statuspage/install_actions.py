"""Brings the actions of .port/resources/actions.json into Port, for this installation.

python -m install_actions          shows what it would do
python -m install_actions --apply  does it

Ocean installs them by itself, once, with the first blueprints, for an installation that is called
my-statuspage-integration. This is for all others, and for those who had the blueprints before.
"""

import signal

if __name__ == "__main__":
    # Whoever presses Ctrl-C while the rest is loaded wants no traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import asyncio
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
from port_ocean.bootstrap import load_ocean_app
from port_ocean.context.ocean import ocean
from port_ocean.log.logger_setup import setup_logger
from port_ocean.utils.signal import init_signal_handler

from unsubscribe import NOTHING_ELSE

ACTIONS = Path(__file__).parent / ".port" / "resources" / "actions.json"

type Action = dict[str, Any]


def actions_for(installation: str) -> list[Action]:
    """Return the actions, whose runs go to one installation."""
    actions: list[Action] = json.loads(ACTIONS.read_text(encoding="utf-8"))
    for action in actions:
        action["invocationMethod"]["installationId"] = installation
    return actions


async def install(
    port: httpx.AsyncClient, actions: list[Action], say: Callable[[str], object], *, apply: bool
) -> bool:
    """Make what is missing and change what differs; tell whether all of it could be done."""
    complete = True
    for action in actions:
        name = action["identifier"]
        found = await port.get(f"actions/{name}")
        if found.is_success and _says(found.json().get("action"), action):
            say(f"{name}: is there\n")
            continue
        word = "changed" if found.is_success else "made"
        if not apply:
            say(f"{name}: would be {word}\n")
            continue
        answer = (
            await port.put(f"actions/{name}", json=action)
            if found.is_success
            else await port.post("actions", json=action)
        )
        complete &= answer.is_success
        say(f"{name}: {word if answer.is_success else f'Port refuses it: {_reason(answer)}'}\n")
    return complete


def _says(there: Any, wanted: Any) -> bool:
    """Tell whether all that is wanted is there; Port adds fields of its own."""
    if isinstance(wanted, Mapping):
        return isinstance(there, Mapping) and all(
            _says(there.get(name), value) for name, value in wanted.items()
        )
    return bool(there == wanted)


def _reason(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("message") or answer.status_code)
    except (ValueError, AttributeError):
        return str(answer.status_code)


async def run(*, apply: bool) -> bool:
    auth = ocean.port_client.auth
    async with httpx.AsyncClient(
        base_url=f"{auth.api_url}/", headers=await auth.headers(), timeout=30
    ) as port:
        installation = ocean.config.integration.identifier
        return await install(port, actions_for(installation), sys.stdout.write, apply=apply)


def main() -> int:
    """Run the command; return its exit code."""
    init_signal_handler()
    setup_logger("WARNING", enable_http_handler=False)
    load_ocean_app(config_override=NOTHING_ELSE)
    apply = sys.argv[1:] == ["--apply"]
    try:
        complete = asyncio.run(run(apply=apply))
    except httpx.HTTPError as error:
        sys.stderr.write(f"Port cannot be asked ({error}): check OCEAN__PORT__BASE_URL and keys.\n")
        return 1
    if not apply:
        sys.stdout.write("Nothing was changed: add --apply to do it.\n")
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
