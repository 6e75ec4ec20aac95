"""The program as its user starts it: real processes, real sockets."""

import asyncio
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from port_ocean.integration_testing.port_mock import PortMockResponder

from tests.account import KEY, Account, least_requests

from .conftest import HERE, mapping_of
from .loopback import served

OCEAN = Path(sys.executable).parent / "ocean"
PREFIX = "OCEAN__INTEGRATION__CONFIG__"


class Program:
    """`ocean`, with the addresses of a Port and a Statuspage on this machine."""

    def __init__(self, port: str, statuspage: str) -> None:
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "OCEAN__PORT__BASE_URL": port,
            "OCEAN__PORT__CLIENT_ID": "somebody",
            "OCEAN__PORT__CLIENT_SECRET": "made-up-secret",
            "OCEAN__INTEGRATION__IDENTIFIER": "test-integration",
            "OCEAN__INITIALIZE_PORT_RESOURCES": "false",
            "APPLICATION__ENABLE_HTTP_LOGGING": "false",
            f"{PREFIX}STATUSPAGE_API_KEY": KEY,
            f"{PREFIX}STATUSPAGE_HOST": statuspage,
        }

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run `ocean` to its end."""
        changes = {f"{PREFIX}{name}": value for name, value in settings.items()}
        return subprocess.run(
            [OCEAN, *arguments],
            cwd=HERE,
            env=self.environment | changes,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def port() -> PortMockResponder:
    """A Port that knows the shipped mapping."""
    return PortMockResponder(mapping_of())


@pytest.fixture
def program(account: Account, port: PortMockResponder) -> Iterator[Program]:
    """The program between the two."""

    def answer(request: httpx.Request) -> httpx.Response:
        response = asyncio.run(port.transport.handle_async_request(request))
        content = json.loads(response.content) if response.is_success else {}
        if integration := content.get("integration"):
            # What only a real start reads: Ocean's mock leaves it out, or points it elsewhere.
            integration.get("resyncState", {})["updatedAt"] = "2026-01-01T00:00:00Z"
            here = str(request.url.copy_with(raw_path=b"/ingest"))
            for sink in ("logAttributes", "metricAttributes", "ingestAttributes"):
                integration[sink] = {"ingestUrl": here}
        return httpx.Response(response.status_code, json=content)

    with served(answer) as port_address, served(account) as statuspage_address:
        yield Program(port_address, statuspage_address)


def test_ocean_sail_once_brings_everything_into_port(
    program: Program, account: Account, port: PortMockResponder
) -> None:
    page = account.add_page(components=5, groups=1, incidents=3)

    ended = program.run("sail", "--once", "--port", "0")

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert Counter(one["blueprint"] for one in port.upserted_entities) == {
        "statuspage": 1,
        "statuspageComponentGroup": 1,
        "statuspageComponent": 5,
        "statuspageIncident": 3,
        "statuspageIncidentUpdate": 6,
    }
    assert "IncidentUpdates: 6 read from 1 pages (4 requests since the start)" in ended.stdout
    assert len(account.counted) == least_requests(account)
    assert account.public == [page.raw["id"]]
    assert KEY not in ended.stdout + ended.stderr


def test_ocean_probe_tells_in_one_request_which_pages_the_key_sees(
    program: Program, account: Account
) -> None:
    page = account.add_page()

    ended = program.run("probe")

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert f"The API key is good. The pages that it sees: Page {page.raw['id']}" in ended.stdout
    assert account.counted == ["/v1/pages"]


def test_ocean_probe_says_what_is_wrong_with_a_key(program: Program, account: Account) -> None:
    ended = program.run("probe", STATUSPAGE_API_KEY="some-other-key")

    assert "check statuspageApiKey" in ended.stdout
    assert account.counted == ["/v1/pages"]


@pytest.mark.parametrize(
    ("parameter", "value", "name"),
    [
        ("STATUSPAGE_API_KEY", "", "statuspageApiKey"),
        ("STATUSPAGE_API_KEY", "two words", "statuspageApiKey"),
        ("STATUSPAGE_HOST", "nowhere", "statuspageHost"),
        ("STATUSPAGE_HOST", "ftp://example.com", "statuspageHost"),
        ("STATUSPAGE_IDS", "one,two", "statuspageIds"),
        ("STATUSPAGE_IDS", '["../../etc"]', "statuspageIds"),
        ("REQUESTS_PER_MINUTE", "many", "requestsPerMinute"),
        ("REQUESTS_PER_MINUTE", "0", "requestsPerMinute"),
        ("REDIS_URL", "http://example.com", "redisUrl"),
        ("APP_HOST", "nowhere", "appHost"),
    ],
)
def test_a_wrong_value_stops_the_start_with_one_sentence_that_names_the_parameter(
    program: Program, account: Account, parameter: str, value: str, name: str
) -> None:
    ended = program.run("sail", "--once", **{parameter: value})

    assert ended.returncode != 0
    assert ended.stderr.startswith(f"statuspage: {name} ")
    assert ended.stderr.count("\n") == 1
    assert account.counted == []
