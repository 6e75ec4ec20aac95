"""`make run` starts here."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from launcher import flow, signals
from launcher.addresses import require_free
from launcher.checks import check_port, check_statuspage
from launcher.credentials import BASE_URL, HOST, find_env_file, read_credentials
from launcher.environment import port_of
from launcher.errors import LauncherError
from launcher.integration import Integration
from launcher.lock import Lock
from launcher.places import INTEGRATION, ROOT
from launcher.preparing import is_prepared, prepare, server_settings
from launcher.show import Show
from launcher.stack import Ports, Stack
from launcher.trying import what_to_try


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says."""

    once: bool
    directory: Path
    env_files: tuple[Path, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until told to stop, or once; return the status of the program."""
    options = _options(arguments)
    console = Console(highlight=False)
    signals.listen()
    try:
        with Show(console) as show, Lock(options.directory) as lock:
            _run(options, os.environ, show, lock)
    except LauncherError as error:
        print(f"make run: {error}", file=sys.stderr)  # noqa: T201
        return 1
    except signals.Told:
        console.print("Stopped.")
        return signals.INTERRUPTED if options.once else 0
    return 0


def _run(options: Options, environment: Mapping[str, str], show: Show, lock: Lock) -> None:
    file = find_env_file(options.env_files)
    ports = Ports(
        server=port_of(environment, "SERVER_PORT", 8080),
        sandbox=port_of(environment, "SANDBOX_PORT", 5555),
        # Nobody calls an integration that runs once.
        integration=0 if options.once else port_of(environment, "INTEGRATION_PORT", 8000),
    )
    if file is None:
        _on_this_machine(options, ports, show, lock)
    else:
        _with_real_services(options, file, environment, ports, show, lock)


def _on_this_machine(options: Options, ports: Ports, show: Show, lock: Lock) -> None:
    require_free(ports.server, "the status page server", "SERVER_PORT")
    require_free(ports.sandbox, "the sandbox", "SANDBOX_PORT")
    _require_free_for_integration(ports)
    stack = Stack(
        options.directory,
        ports=ports,
        server_settings=server_settings(),
        inherited=lock.inherited,
    )
    with stack:
        try:
            if not is_prepared(stack.server):
                for page in prepare(stack.server, datetime.now(UTC)):
                    show.doing(f"Making the example company: {page}")
            show.doing("The status page server and the sandbox start")
            stack.start_services()
            if options.once:
                flow.once(stack.integration, show)
            else:
                flow.stay(
                    stack.integration,
                    show,
                    ready=lambda: show.say(what_to_try(stack)),
                    check=stack.require_alive,
                )
        finally:
            _end(show, stack)


def _with_real_services(
    options: Options,
    file: Path,
    environment: Mapping[str, str],
    ports: Ports,
    show: Show,
    lock: Lock,
) -> None:
    credentials = read_credentials(file, environment)
    _require_free_for_integration(ports)
    show.doing(f"Signing in at Port, {credentials.address(BASE_URL)}")
    check_port(credentials)
    show.doing(f"Asking Statuspage for its pages, {credentials.address(HOST)}")
    check_statuspage(credentials)
    integration = Integration(
        options.directory / "integration",
        credentials.settings,
        ports.integration,
        lock.inherited,
    )
    with integration:
        try:
            if options.once:
                flow.once(integration, show)
            else:
                flow.stay(
                    integration,
                    show,
                    ready=lambda: show.say(
                        f"The integration is at {integration.address} and fills "
                        f"{credentials.address(BASE_URL)}. Ctrl-C stops it."
                    ),
                    check=lambda: None,
                )
        finally:
            _end(show, integration)


def _require_free_for_integration(ports: Ports) -> None:
    if ports.integration:
        # Ocean listens at every address of the machine.
        require_free(ports.integration, "the integration", "INTEGRATION_PORT", "0.0.0.0")  # noqa: S104


def _end(show: Show, running: Stack | Integration) -> None:
    """End the programs; whoever cannot wait presses Ctrl-C again."""
    signals.end_at_once()
    show.rest()
    running.stop()


def _options(arguments: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(prog="launcher", description="Starts the whole loop.")
    parser.add_argument("--once", action="store_true", help="do one resync and end")
    parser.add_argument(
        "--directory", type=Path, default=ROOT / ".run", help="where everything is kept"
    )
    parser.add_argument(
        "--env-file",
        type=Path,
        action="append",
        help="names the real services, if it is there; by default .env",
    )
    given = parser.parse_args(arguments)
    files = given.env_file or (ROOT / ".env", INTEGRATION / ".env")
    return Options(given.once, given.directory.resolve(), tuple(files))


if __name__ == "__main__":
    sys.exit(main())
