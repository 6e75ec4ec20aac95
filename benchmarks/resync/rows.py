"""One row of the table: an account of some size, read for the first time, again, and in part."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from launcher.integration import CONFIG, Integration
from launcher.paths import INTEGRATION
from launcher.processes import Command
from launcher.server import Server
from launcher.stack import Stack

from resync.account import Raw, expected_ids, read_account
from resync.bounds import QUOTA, Bounds, bounds, least_requests
from resync.catalog import Catalog
from resync.passes import (
    PORT_LATENCY,
    STATUSPAGE_LATENCY,
    Pair,
    Pass,
    Say,
    pair,
    passes,
    require_all,
)
from resync.runs import Run, run
from resync.workloads import Workload

ALONE = Path(__file__).with_name("alone") / "main.py"
UNHURRIED = {"server": {"rate_limit": 0}}
# Without the quota, the integration need not keep to it either.
UNLIMITED = {f"{CONFIG}REQUESTS_PER_MINUTE": "100000"}
PLAIN_OCEAN = {"STATUSPAGE_PLAIN_OCEAN": "true"}


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
            ours = pair(compared, account)
        say("on stock Ocean")
        with stack("stock", 0, **UNLIMITED, **PLAIN_OCEAN) as compared:
            stock = pair(compared, account)
        with stack("measured", QUOTA) as measured:
            measured.start_services()
            with_quota = passes(measured, account, say)
        return Row(
            workload=workload,
            entities=sum(len(ids) for ids in expected_ids(account).values()),
            least=least_requests(workload.pages),
            bounds=bounds(workload.pages, STATUSPAGE_LATENCY, alone.wall),
            alone=alone,
            ours=ours,
            stock=stock,
            **with_quota,
        )


def _realistic(quota: int) -> dict[str, Any]:
    return {"server": {"rate_limit": quota, "trouble": {"latency": STATUSPAGE_LATENCY}}}


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
        require_all(catalog, account)
    return done
