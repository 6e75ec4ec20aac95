"""A run for a CI job ends with 0 if everything is in Port, and else with 1 and a sentence."""

import json
import sys
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from port_ocean.integration_testing.port_mock import PortMockResponder

from tests.account import Account

from .catalog import Catalog
from .conftest import mapping_of
from .program import PREFIX, Program

RUN = (sys.executable, "-m", "run_once", "--port", "0")
FAILED = "The resync failed: the lines above say at what. Nothing was deleted.\n"

type Json = dict[str, Any]


class OddPort(Catalog):
    """A Port that fails where it is told to."""

    def __init__(self) -> None:
        super().__init__(mapping_of())
        self.fails_at = ""

    def _handle_datasource_entities(self, request: httpx.Request) -> Json:
        # Ocean asks for everything that it may delete, once all is read.
        if self.fails_at == "deletions" and self.upserted_entities:
            return {"status_code": 400, "json": {"ok": False, "message": "made-up"}}
        return super()._handle_datasource_entities(request)


@pytest.fixture
def port() -> OddPort:
    return OddPort()


def test_a_run_that_brings_everything_ends_with_0(program: Program, account: Account) -> None:
    account.add_page(components=2, incidents=1)

    ended = program.end(*RUN)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stderr == "" or "failed" not in ended.stderr


def test_a_list_that_cannot_be_read_ends_with_1(program: Program, account: Account) -> None:
    account.add_page(components=2)
    account.fail("components", 403)

    ended = program.end(*RUN)

    assert ended.returncode == 1
    assert ended.stderr.endswith(FAILED)


def test_a_list_of_what_to_delete_that_cannot_be_read_ends_with_1(
    program: Program, account: Account, port: OddPort
) -> None:
    account.add_page(components=2)
    port.fails_at = "deletions"

    ended = program.end(*RUN)

    assert ended.returncode == 1
    assert ended.stderr.endswith(FAILED)


def test_a_mapping_that_cannot_be_read_ends_with_1(
    program: Program, account: Account, port: OddPort
) -> None:
    account.add_page(components=2)
    port.mapping_config["resources"][0]["selector"] = "no selector"

    ended = program.end(*RUN)

    assert ended.returncode == 1
    assert ended.stderr.endswith(FAILED)


def test_entities_that_port_refuses_end_with_1(
    program: Program, account: Account, port: OddPort
) -> None:
    account.add_incident(account.add_page())
    blocks = port.mapping_config["resources"]
    blocks[-1]["port"]["entity"]["mappings"]["properties"]["tweet_id"] = ".tweet_id"

    ended = program.end(*RUN)

    assert len(port.refused) == 2, json.dumps(port.refused)
    assert ended.returncode == 1
    assert ended.stderr.endswith("Port refused 2 entities: a line above says which and why.\n")


@pytest.mark.parametrize(("fails", "code"), [("", 0), ("incidents", 1)])
def test_an_incremental_sync_ends_in_the_same_way(
    program: Program, account: Account, fails: str, code: int
) -> None:
    # One that has just changed: nothing is read of a page at rest.
    account.add_page(components=2, incidents=1, updated_at=datetime.now(UTC).isoformat())
    if fails:
        account.fail(fails, 403)

    ended = program.end(*RUN, OCEAN__INTEGRATION__INCREMENTAL_SYNC_ENABLED="true")

    assert ended.returncode == code, ended.stdout
    assert ended.stderr.endswith(FAILED) == bool(code)


def test_a_setting_that_cannot_work_ends_with_its_sentence(program: Program) -> None:
    ended = program.end(*RUN, **{f"{PREFIX}REQUESTS_PER_MINUTE": "many"})

    assert ended.returncode == 1
    assert ended.stderr.startswith("statuspage: requestsPerMinute ")


@pytest.mark.parametrize("path", ["", "/status"])
def test_a_person_who_opens_the_address_reads_what_runs_there(
    program: Program, account: Account, tmp_path: Any, path: str, port: PortMockResponder
) -> None:
    account.add_page()
    polling = {"OCEAN__EVENT_LISTENER": '{"type": "POLLING"}', "OCEAN__PATH_PREFIX": path}

    with program.sailing(tmp_path / "log", **polling) as sailing, httpx.Client() as person:
        address = sailing.address()
        answer = person.get(f"{address}{path}/")

        assert answer.status_code == 200
        assert answer.text.startswith("This is the Statuspage integration of Port, installed as ")
        health = answer.text.rpartition(" at ")[2].removesuffix(".\n")
        assert person.get(address + health).status_code == 200
