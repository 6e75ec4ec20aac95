"""Runs of the integration on one account, and what each asked of both sides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from launcher.errors import LauncherError
from launcher.integration import CONFIG
from launcher.stack import Stack

from resync.account import Raw, expected_ids, have_ready, keys_needed, reopen
from resync.catalog import BLUEPRINTS, Catalog, writes
from resync.runs import Run, run
from resync.traffic import Traffic, traffic

STATUSPAGE_LATENCY = 0.15
PORT_LATENCY = 0.05
# So many incidents change before the incremental sync.
CHANGES = 5
KEY = f"{CONFIG}STATUSPAGE_API_KEY"

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


class Passes(TypedDict):
    """What is measured with the quota."""

    first: Pass
    first_entity: float
    unchanged: Pass
    incremental: Pass


def pair(stack: Stack, account: Mapping[str, list[Raw]]) -> Pair:
    """Fill an empty catalog, and resync again."""
    stack.start_services()
    first = _pass(stack, account, {})
    require_all(Catalog(stack.sandbox.address), account)
    return Pair(first, _pass(stack, account, {}))


def passes(stack: Stack, account: Mapping[str, list[Raw]], say: Say) -> Passes:
    """Fill an empty catalog, resync again, and bring what has changed since."""
    catalog = Catalog(stack.sandbox.address)
    say("first resync")
    first = _pass(stack, account, {})
    require_all(catalog, account)
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


def require_all(catalog: Catalog, account: Mapping[str, list[Raw]]) -> None:
    """Fail unless the catalog holds what the account does."""
    for kind, expected in expected_ids(account).items():
        arrived = set(catalog.entities(BLUEPRINTS[kind], "title"))
        if arrived != expected:
            missing, foreign = len(expected - arrived), len(arrived - expected)
            raise WrongResult(f"{kind}: {missing} are missing, {foreign} should not be there.")
