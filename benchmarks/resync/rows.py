"""One row of the table: an account of some size, read for the first time, again, and in part."""

import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypedDict

from launcher.errors import LauncherError
from launcher.integration import CONFIG, Integration
from launcher.paths import INTEGRATION
from launcher.processes import Command
from launcher.server import Server
from launcher.stack import Stack

from resync.account import (
    Raw,
    expected_ids,
    have_ready,
    keys_needed,
    read_account,
    reopen,
)
from resync.bounds import QUOTA, Bounds, bounds, least_requests
from resync.catalog import BLUEPRINTS, Catalog, writes
from resync.runs import Run, run
from resync.traffic import Traffic, traffic
from resync.workloads import Workload

STATUSPAGE_LATENCY = 0.15
PORT_LATENCY = 0.05
ALONE = Path(__file__).with_name("alone") / "main.py"
# So many incidents change before the incremental sync.
CHANGES = 5
KEY = f"{CONFIG}STATUSPAGE_API_KEY"
UNHURRIED = {"server": {"rate_limit": 0}}
# Without the quota, the integration need not keep to it either.
UNLIMITED = {f"{CONFIG}REQUESTS_PER_MINUTE": "100000"}
PLAIN_OCEAN = {"STATUSPAGE_PLAIN_OCEAN": "true"}

type Say = Callable[[str], None]


class WrongResult(LauncherError):
    """What arrived is not what the status page holds."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One run, and what it asked of the status page and of Port."""

    run: Run
    traffic: Traffic
    port_requests: int
    port_writes: int

    @property
    def start(self) -> float:
        """The processor time from the program's start to its first request for the status page."""
        answer = self.traffic.first_answer
        return self.run.processor_until(answer - STATUSPAGE_LATENCY) if answer else 0.0

    @property
    def work(self) -> float:
        """The processor time behind the start."""
        return self.run.processor - self.start


@dataclass(frozen=True, slots=True)
class Pair:
    """A first resync, and one when nothing has changed, with the quota lifted."""

    first: Pass
    unchanged: Pass


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one workload at the end.

    `stock` is our integration on Ocean as it comes, which maps and loads by itself.
    """

    workload: Workload
    entities: int
    least: int
    bounds: Bounds
    alone: Run
    ours: Pair
    stock: Pair
    first: Pass
    first_entity: float
    unchanged: Pass
    incremental: Pass

    @property
    def ratio(self) -> float:
        """How many times the bound the first resync took."""
        return self.first.run.wall / self.bounds.seconds

    @property
    def after_first_answer(self) -> float:
        """How long the first entity came after the first answer of the status page."""
        return self.first_entity - (self.first.traffic.first_answer or self.first_entity)


class Passes(TypedDict):
    """What is measured with the quota."""

    first: Pass
    first_entity: float
    unchanged: Pass
    incremental: Pass


class LoggingServer(Server):
    """A server that writes a line for each request, from which they are counted."""

    def command(self) -> Command:
        command = super().command()
        return replace(command, arguments=[*command.arguments, "--access-log"])


def measure(workload: Workload, say: Say) -> Row:
    """Measure one workload, in directories of its own."""
    with tempfile.TemporaryDirectory(prefix="statuspage-bench-") as folder:
        directory = Path(folder)
        say("making the pages")
        server = LoggingServer(directory / "server", settings=UNHURRIED)
        page_ids = [
            server.generate(
                f"Page {seed}",
                components=size.components,
                groups=size.groups,
                incidents=size.incidents,
                seed=seed,
            )
            for seed, size in enumerate(workload.pages, 1)
        ]
        configured = server.settings
        with server:
            server.start()
            server.wait_until_ready()
            account = read_account(server.address, server.create_key("reader"), page_ids)
        say("from memory")
        alone = _alone(directory / "alone", account)
        settings = {
            f"{CONFIG}STATUSPAGE_IDS": json.dumps(page_ids),
            "APPLICATION__LOG_LEVEL": "INFO",
        }

        def stack(name: str, quota: int, **more: str) -> Stack:
            server.settings = {**configured, **_realistic(quota)}
            made = Stack(directory / name, faults=True)
            made.server = server
            made.integration.settings = settings | more
            return made

        say("without the quota")
        with stack("ours", 0, **UNLIMITED) as compared:
            ours = _pair(compared, account)
        say("on stock Ocean")
        with stack("stock", 0, **UNLIMITED, **PLAIN_OCEAN) as compared:
            stock = _pair(compared, account)
        with stack("measured", QUOTA) as measured:
            measured.start_services()
            passes = _passes(measured, account, say)
        return Row(
            workload=workload,
            entities=sum(len(ids) for ids in expected_ids(account).values()),
            least=least_requests(workload.pages),
            bounds=bounds(workload.pages, STATUSPAGE_LATENCY, alone.wall),
            alone=alone,
            ours=ours,
            stock=stock,
            **passes,
        )


def _realistic(quota: int) -> dict[str, Any]:
    return {"server": {"rate_limit": quota, "trouble": {"latency": STATUSPAGE_LATENCY}}}


def _pair(stack: Stack, account: Mapping[str, list[Raw]]) -> Pair:
    stack.start_services()
    first = _pass(stack, account, {})
    _require_all(Catalog(stack.sandbox.address), account)
    return Pair(first, _pass(stack, account, {}))


def _passes(stack: Stack, account: Mapping[str, list[Raw]], say: Say) -> Passes:
    catalog = Catalog(stack.sandbox.address)
    say("first resync")
    first = _pass(stack, account, {})
    _require_all(catalog, account)
    first_entity = catalog.first_entity() or 0.0
    say("unchanged resync")
    unchanged = _pass(stack, account, {})
    key = stack.server.create_key("a person")
    changed = reopen(stack.server.address, key, account["incident"], CHANGES)
    say("incremental sync")
    in_part = {"OCEAN__INTEGRATION__INCREMENTAL_SYNC_ENABLED": "true"}
    incremental = _pass(stack, account, in_part)
    statuses = catalog.entities(BLUEPRINTS["incident"], "properties.status")
    if wrong := [one for one, status in changed.items() if statuses.get(one) != status]:
        raise WrongResult(f"{len(wrong)} of {len(changed)} changes did not arrive.")
    return {
        "first": first,
        "first_entity": first_entity,
        "unchanged": unchanged,
        "incremental": incremental,
    }


def _pass(stack: Stack, account: Mapping[str, list[Raw]], settings: Mapping[str, str]) -> Pass:
    # A key of its own for each: the quota that the one before has used is not this one's.
    key = stack.server.create_key("a pass")
    readers = [stack.server.create_key("a reader") for _ in range(keys_needed(account))]
    have_ready(stack.server.address, readers, account)
    catalog = Catalog(stack.sandbox.address)
    catalog.be_slow(PORT_LATENCY)
    log = stack.server.process
    if log is None:
        raise WrongResult("The server was not started.")
    log.new_lines()
    done = run(stack.integration, {KEY: key, **settings})
    asked = catalog.requests()
    catalog.be_slow(0)
    return Pass(done, traffic(log.new_lines()), sum(asked.values()), writes(asked))


def _alone(directory: Path, account: Mapping[str, list[Raw]]) -> Run:
    """Map and load what the account holds, from memory, into a sandbox of its own."""
    folder = directory / "folder"
    folder.mkdir(parents=True)
    for one in INTEGRATION.iterdir():
        (folder / one.name).symlink_to(ALONE if one.name == "main.py" else one)
    objects = directory / "objects.json"
    objects.write_text(json.dumps(account), encoding="utf-8")
    with Stack(directory, faults=True) as stack:
        stack.integration = Integration(
            directory / "integration", {"BENCHMARK_OBJECTS": str(objects)}, folder=folder
        )
        stack.start_services()
        catalog = Catalog(stack.sandbox.address)
        catalog.be_slow(PORT_LATENCY)
        done = run(stack.integration, {"APPLICATION__LOG_LEVEL": "INFO"})
        catalog.be_slow(0)
        _require_all(catalog, account)
    return done


def _require_all(catalog: Catalog, account: Mapping[str, list[Raw]]) -> None:
    for kind, expected in expected_ids(account).items():
        arrived = set(catalog.entities(BLUEPRINTS[kind], "title"))
        if arrived != expected:
            missing, foreign = len(expected - arrived), len(arrived - expected)
            raise WrongResult(f"{kind}: {missing} are missing, {foreign} should not be there.")
