"""Brings what this version has new into a Port that has the definitions of an earlier one.

python -m moving_over               shows what it would add and change
python -m moving_over --apply       does it, and keeps a copy of what it replaces
python -m moving_over --undo FILE   shows what that copy would put back; --apply does it

Ocean never changes blueprints, mapping, scorecards and pages that are there, so whoever comes from
the public integration keeps the old ones, which refuse some of what this version brings.
"""

import signal

if __name__ == "__main__":
    # Whoever presses Ctrl-C while the rest is loaded wants no traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx
from port_ocean.bootstrap import load_ocean_app
from port_ocean.context.ocean import ocean
from port_ocean.log.logger_setup import setup_logger
from port_ocean.utils.signal import init_signal_handler

from unsubscribe import NOTHING_ELSE

from .copy_file import Copy, UnreadableCopy, name_at
from .plan import make_plan, shipped
from .port import Definitions, NoInstallation, Refused

DO_IT = "Nothing was changed: add --apply to do it.\n"

type Say = Callable[[str], object]


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m moving_over",
        description="Bring this version's blueprints, mapping, scorecards and dashboard into Port.",
    )
    parser.add_argument("--apply", action="store_true", help="do it; without it, only show it")
    parser.add_argument(
        "--replace-mapping",
        action="store_true",
        help="put this version's mapping in the place of the stored one, your changes included",
    )
    parser.add_argument(
        "--replace-blueprints",
        action="store_true",
        help="put this version's definition wherever a blueprint has another one of that name",
    )
    parser.add_argument("--copy", type=Path, metavar="FILE", help="where the copy is kept")
    parser.add_argument("--undo", type=Path, metavar="FILE", help="put back what a copy holds")
    return parser.parse_args(arguments)


async def move_over(
    port: Definitions, installation: str, chosen: argparse.Namespace, moment: datetime, say: Say
) -> None:
    """Show what would change; with --apply, change it."""
    ours = shipped()
    found = await port.read(ours)
    plan = make_plan(
        found,
        ours,
        replace_mapping=chosen.replace_mapping,
        replace_blueprints=chosen.replace_blueprints,
    )
    for line in plan.lines:
        say(line)
    if not plan.changes:
        say("Everything is there.\n")
        return
    if not chosen.apply:
        say(DO_IT)
        return
    file = chosen.copy or Path(name_at(moment))
    Copy.of(installation, plan, found).write(file)
    say(f"What is replaced is kept in {file}; --undo {file} puts it back.\n")
    await port.write(plan, found)
    say("Done. The next resync fills what is new.\n")


async def undo(port: Definitions, installation: str, chosen: argparse.Namespace, say: Say) -> None:
    """Show what a copy would put back; with --apply, put it back."""
    copy = Copy.read(chosen.undo, installation)
    back = [f"blueprint {one['identifier']}" for one in copy.blueprints]
    back += ["the mapping"] if copy.mapping is not None else []
    away = [
        *(f"page {one}" for one in copy.made_pages),
        *(f"scorecard {one}" for _, one in copy.made_scorecards),
        *(f"blueprint {one}" for one in copy.made_blueprints),
    ]
    for line in (*(f"{one}: as it was\n" for one in back), *(f"{one}: goes\n" for one in away)):
        say(line)
    if not chosen.apply:
        say(DO_IT)
        return
    await port.restore(copy)
    say("Done.\n")


async def run(chosen: argparse.Namespace) -> None:
    auth = ocean.port_client.auth
    installation = ocean.config.integration.identifier
    async with httpx.AsyncClient(
        base_url=f"{auth.api_url}/", headers=await auth.headers(), timeout=30
    ) as http:
        port = Definitions(http, installation)
        if chosen.undo:
            await undo(port, installation, chosen, sys.stdout.write)
        else:
            await move_over(port, installation, chosen, datetime.now(UTC), sys.stdout.write)


def main() -> int:
    """Run the command; return its exit code."""
    chosen = options(sys.argv[1:])
    init_signal_handler()
    setup_logger("WARNING", enable_http_handler=False)
    load_ocean_app(config_override=NOTHING_ELSE)
    try:
        asyncio.run(run(chosen))
    except httpx.HTTPError as error:
        sys.stderr.write(f"Port cannot be asked ({error}): check OCEAN__PORT__BASE_URL and keys.\n")
    except (Refused, NoInstallation, UnreadableCopy) as error:
        sys.stderr.write(f"{error}\n")
    except OSError as error:
        sys.stderr.write(f"No copy can be kept ({error}), so nothing was changed: set --copy.\n")
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
