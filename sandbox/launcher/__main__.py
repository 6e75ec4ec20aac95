"""`make run` starts here."""

import signal

# Whoever presses Ctrl-C while the rest is loaded wants no traceback.
signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from launcher import running, signals
from launcher.addresses import require_different, require_free
from launcher.checks import check_port, check_statuspage
from launcher.credentials import BASE_URL, HOST, find_env_file, read_credentials
from launcher.environment import port_of
from launcher.errors import LauncherError
from launcher.integration import Integration
from launcher.lock import Lock
from launcher.next_steps import next_steps
from launcher.paths import INTEGRATION, ROOT
from launcher.seeding import is_seeded, seed, server_page, server_settings
from launcher.stack import Ports, Stack
from launcher.terminal import Terminal


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
    signals.raise_on_stop()
    try:
        with Terminal(console) as terminal, Lock(options.directory) as lock:
            _run(options, os.environ, terminal, lock)
    except LauncherError as error:
        print(f"make run: {error}", file=sys.stderr)  # noqa: T201
        return 1
    except signals.StopRequested:
        console.print("Stopped.")
        return signals.INTERRUPTED if options.once else 0
    return 0


def _run(options: Options, environment: Mapping[str, str], terminal: Terminal, lock: Lock) -> None:
    file = find_env_file(options.env_files)
    ports = Ports(
        server=port_of(environment, "SERVER_PORT", 8080),
        sandbox=port_of(environment, "SANDBOX_PORT", 5555),
        # Nobody calls an integration that runs once.
        integration=0 if options.once else port_of(environment, "INTEGRATION_PORT", 8000),
        bridge=None if options.once else port_of(environment, "BRIDGE_PORT", 8090),
    )
    if file is None:
        _on_this_machine(options, ports, terminal, lock)
    else:
        _with_real_services(options, file, environment, ports, terminal, lock)


def _on_this_machine(options: Options, ports: Ports, terminal: Terminal, lock: Lock) -> None:
    require_different(
        {
            "SERVER_PORT": ports.server,
            "SANDBOX_PORT": ports.sandbox,
            "INTEGRATION_PORT": ports.integration,
            "BRIDGE_PORT": ports.bridge or 0,
        }
    )
    require_free(ports.server, "the status page server", "SERVER_PORT")
    require_free(ports.sandbox, "the sandbox", "SANDBOX_PORT")
    if ports.bridge:
        require_free(ports.bridge, "the bridge", "BRIDGE_PORT")
    _require_free_for_integration(ports)
    stack = Stack(
        options.directory,
        ports=ports,
        server_settings=server_settings(),
        inherited=lock.inherited,
    )
    with stack:
        try:
            if not is_seeded(stack.server):
                for page in seed(stack.server, datetime.now(UTC)):
                    terminal.status(f"Making the example company: {page}")
            terminal.status("The status page server and the sandbox start")
            stack.start_services()
            stack.start_bridge(server_page())
            if options.once:
                running.once(stack.integration, terminal)
            else:
                running.stay(
                    stack.integration,
                    terminal,
                    ready=lambda: terminal.print(next_steps(stack)),
                    check=stack.require_alive,
                )
        finally:
            _end(terminal, stack)


def _with_real_services(
    options: Options,
    file: Path,
    environment: Mapping[str, str],
    ports: Ports,
    terminal: Terminal,
    lock: Lock,
) -> None:
    credentials = read_credentials(file, environment)
    _require_free_for_integration(ports)
    terminal.status(f"Signing in at Port, {credentials.address(BASE_URL)}")
    check_port(credentials)
    terminal.status(f"Asking Statuspage for its pages, {credentials.address(HOST)}")
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
                running.once(integration, terminal)
            else:
                running.stay(
                    integration,
                    terminal,
                    ready=lambda: terminal.print(
                        f"The integration is at {integration.address} and fills "
                        f"{credentials.address(BASE_URL)}. Ctrl-C stops it."
                    ),
                    check=lambda: None,
                )
        finally:
            _end(terminal, integration)


def _require_free_for_integration(ports: Ports) -> None:
    if ports.integration:
        # Ocean listens at every address of the machine.
        require_free(ports.integration, "the integration", "INTEGRATION_PORT", "0.0.0.0")  # noqa: S104


def _end(terminal: Terminal, started: Stack | Integration) -> None:
    """End the programs in order; a second Ctrl-C ends them at once."""
    signals.kill_on_stop()
    terminal.clear_status()
    started.stop()


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
