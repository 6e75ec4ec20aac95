"""The real integration under Ocean's own harness: only the two far ends of the wire are ours."""

import copy
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
import yaml
from loguru import logger
from port_ocean.context.event import EventType, event_context
from port_ocean.context.ocean import ocean
from port_ocean.context.resource import resource_context
from port_ocean.core.handlers.webhook.processor_manager import LiveEventsProcessorManager
from port_ocean.integration_testing import (
    IntegrationTestHarness,
    InterceptTransport,
    ResyncResult,
)
from port_ocean.integration_testing.port_mock import PortMockResponder

from tests.account import KEY, Account

from .catalog import Catalog
from .loopback import served
from .program import HERE, Program, served_port

MAPPING: dict[str, Any] = yaml.safe_load(
    (HERE / ".port/resources/port-app-config.yaml").read_text()
)

type Boot = Callable[..., Any]
type Start = Callable[..., Awaitable[Catalog]]

BASE = "https://ocean.acme.test"


def mapping_of(*kinds: str) -> dict[str, Any]:
    """Return the shipped mapping, or what it says of some kinds, in their order here."""
    blocks = {block["kind"]: copy.deepcopy(block) for block in MAPPING["resources"]}
    return MAPPING | {"resources": [blocks[kind] for kind in kinds or blocks]}


class Booted:
    """The integration, booted against an account."""

    def __init__(self, harness: IntegrationTestHarness) -> None:
        self.harness = harness

    async def resync(self) -> ResyncResult:
        """Run a full resync."""
        return await self.harness.trigger_resync()

    async def incremental(self) -> list[dict[str, Any]]:
        """Run an incremental sync; return what was upserted."""
        self.harness.port_mock.upserted_entities.clear()
        await ocean.integration.sync_incremental(interval_seconds=900)
        return list(self.harness.port_mock.upserted_entities)

    async def batches(self) -> AsyncIterator[tuple[str, list[dict[str, Any]]]]:
        """Run the handlers of a full resync as Ocean does, and stop at what they yield."""
        async with event_context(EventType.RESYNC):
            config = await ocean.integration.port_app_config_handler.get_port_app_config(
                use_cache=False
            )
            for index, block in enumerate(config.resources):
                async with resource_context(block, index):
                    [handler] = ocean.integration.event_strategy.resync[block.kind]
                    async for batch in handler(block.kind):  # type: ignore[union-attr]
                        yield block.kind, batch


@pytest.fixture(autouse=True)
def quiet() -> None:
    """Ocean writes pages of log lines; a test that reads them adds a sink of its own."""
    logger.remove()


@pytest.fixture
def account() -> Account:
    """An empty account."""
    return Account()


@pytest.fixture
async def boot(account: Account, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Boot]:
    """Boot the integration with a mapping, settings and what Port already has."""
    started: list[IntegrationTestHarness] = []
    listening: list[LiveEventsProcessorManager] = []
    monkeypatch.chdir(HERE)

    async def start(
        mapping: dict[str, Any] | None = None,
        *,
        in_port: list[dict[str, Any]] | None = None,
        catalog: PortMockResponder | None = None,
        base_url: str | None = None,
        once: bool = True,
        incremental: bool = False,
        listener: dict[str, Any] | None = None,
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
                "base_url": base_url,
                "event_listener": {"type": "ONCE" if once else "POLLING"} | (listener or {}),
                "integration": {
                    "identifier": "test-integration",
                    "type": "statuspage",
                    "incremental_sync_enabled": incremental,
                    "config": {"statuspage_api_key": KEY} | settings,
                },
            },
        )
        harness.port_mock = catalog or harness.port_mock
        await harness.start()
        started.append(harness)
        if base_url is not None:
            # What Ocean does when it serves.
            ocean.app.initialize_app()
            await ocean.app.webhook_manager.start_processing_event_messages()
            listening.append(ocean.app.webhook_manager)
        return Booted(harness)

    yield start
    for manager in listening:
        await manager.shutdown()
    for harness in started:
        await harness.shutdown()


@pytest.fixture
def start(boot: Boot) -> Start:
    """Start with a mapping, or with the shipped one; listen, and fill the catalog by a resync."""

    async def started(mapping: dict[str, Any] | None = None) -> Catalog:
        catalog = Catalog(mapping or mapping_of())
        booted = await boot(mapping, catalog=catalog, base_url=BASE, once=False)
        await booted.resync()
        return catalog

    return started


@pytest.fixture
def port() -> PortMockResponder:
    """A Port that knows the shipped mapping."""
    return PortMockResponder(mapping_of())


@pytest.fixture
def program(account: Account, port: PortMockResponder) -> Iterator[Program]:
    """The program between the two."""
    with served_port(port) as port_address, served(account) as statuspage_address:
        yield Program(port_address, statuspage_address)
