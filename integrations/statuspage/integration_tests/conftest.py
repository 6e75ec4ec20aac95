"""The real integration under Ocean's own harness: only the two far ends of the wire are ours."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from port_ocean.integration_testing import (
    InterceptTransport,
    IntegrationTestHarness,
    ResyncResult,
)

from tests.account import KEY, Account

HERE = Path(__file__).parent.parent
MAPPING: dict[str, Any] = yaml.safe_load(
    (HERE / ".port/resources/port-app-config.yaml").read_text()
)

type Boot = Callable[..., Any]


def mapping_of(*kinds: str) -> dict[str, Any]:
    """Return the shipped mapping, or what it says of some kinds, in their order here."""
    blocks = {block["kind"]: block for block in MAPPING["resources"]}
    return MAPPING | {"resources": [blocks[kind] for kind in kinds or blocks]}


class Booted:
    """The integration, booted against an account."""

    def __init__(self, harness: IntegrationTestHarness, account: Account) -> None:
        self.harness = harness
        self.account = account

    async def resync(self) -> ResyncResult:
        """Run a full resync."""
        return await self.harness.trigger_resync()


@pytest.fixture
def account() -> Account:
    """An empty account."""
    return Account()


@pytest.fixture
async def boot(account: Account, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Boot]:
    """Boot the integration with a mapping, settings and what Port already has."""
    started: list[IntegrationTestHarness] = []
    monkeypatch.chdir(HERE)

    async def start(
        mapping: dict[str, Any] | None = None,
        *,
        in_port: list[dict[str, Any]] | None = None,
        once: bool = True,
        incremental: bool = False,
        **settings: Any,
    ) -> Booted:
        statuspage = InterceptTransport(strict=True)
        statuspage.add_route(None, lambda request: request.url.port != 5555, account)
        harness = IntegrationTestHarness(
            integration_path=str(HERE),
            port_mapping_config=mapping or mapping_of(),
            third_party_transport=statuspage,
            port_search_entities_response=in_port,
            config_overrides={
                "event_listener": {"type": "ONCE" if once else "POLLING"},
                "integration": {
                    "identifier": "test-integration",
                    "type": "statuspage",
                    "incremental_sync_enabled": incremental,
                    "config": {"statuspage_api_key": KEY} | settings,
                },
            },
        )
        await harness.start()
        started.append(harness)
        return Booted(harness, account)

    yield start
    for harness in started:
        await harness.shutdown()
