"""The program as its user starts it: real processes, real sockets."""

from collections import Counter

import pytest
from port_ocean.integration_testing.port_mock import PortMockResponder

from tests.account import KEY, Account, least_requests

from .program import PREFIX, Program


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


def test_ocean_probe_says_what_is_wrong_with_a_key(program: Program, account: Account) -> None:
    ended = program.run("probe", STATUSPAGE_API_KEY="some-other-key")

    assert "check statuspageApiKey" in ended.stdout
    assert account.counted == ["/v1/pages"]


@pytest.mark.parametrize(
    ("parameter", "value", "name"),
    [
        # One is refused by Ocean, the other by us; test_settings.py and test_plain_errors.py have
        # the rest.
        ("REQUESTS_PER_MINUTE", "many", "requestsPerMinute"),
        ("STATUSPAGE_IDS", '["../../etc"]', "statuspageIds"),
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


def test_the_log_names_an_option_that_nobody_reads_and_no_empty_property(
    program: Program, account: Account
) -> None:
    account.add_incident(account.add_page(components=1))

    ended = program.run("sail", "--once", "--port", "0", STATUSPAGE_ID='["page"]')

    meant = f"{PREFIX}STATUSPAGE_IDS is meant, perhaps."
    assert f"{PREFIX}STATUSPAGE_ID is no option of this integration" in ended.stdout
    assert meant in ended.stdout
    assert "Unable to find valid data" not in ended.stdout
    assert "DSP mode requested" not in ended.stdout
