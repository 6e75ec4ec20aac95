"""The commands that write, as processes and against the real server, also when it has trouble."""

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import httpx
import pytest

from integration_tests.loopback import NoAnswer, served
from tests.cli.real_server import API, CART, PAGE, RealServer

PROGRAM = Path(sys.executable).parent / "statuspage"
_numbers = itertools.count(1)

type Run = Callable[..., subprocess.CompletedProcess[str]]


class Trouble(Enum):
    """What happens to the first request that writes."""

    QUOTA_SPENT = "420"
    FAILED_BEFORE = "500 before the effect"
    FAILED_AFTER = "500 after the effect"
    BROKEN_AFTER = "a broken connection after the effect"


class Way:
    """The way to the server, on which one thing goes wrong."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        self.trouble: Trouble | None = None
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.method)
        trouble = None
        if request.method != "GET":
            trouble, self.trouble = self.trouble, None
        match trouble:
            case Trouble.QUOTA_SPENT:
                return httpx.Response(420, headers={"Retry-After": "0"})
            case Trouble.FAILED_BEFORE:
                return httpx.Response(500, text="<html>")
        answer = self._forward(request)
        match trouble:
            case Trouble.FAILED_AFTER:
                return httpx.Response(500, text="<html>")
            case Trouble.BROKEN_AFTER:
                raise NoAnswer
        return httpx.Response(
            answer.status_code,
            headers={"content-type": answer.headers.get("content-type", "text/plain")},
            content=answer.content,
        )

    def _forward(self, request: httpx.Request) -> httpx.Response:
        headers = {
            name: request.headers[name]
            for name in ("authorization", "content-type")
            if name in request.headers
        }
        return self._http.request(
            request.method,
            request.url.raw_path.decode(),
            headers=headers,
            content=request.content,
        )


@pytest.fixture
def way(real_server: RealServer) -> Iterator[Way]:
    with httpx.Client(base_url=real_server.address, trust_env=False) as http:
        yield Way(http)


@pytest.fixture
def run(way: Way, real_server: RealServer, tmp_path: Path) -> Iterator[Run]:
    """Run the command to its end, in a process."""
    with served(way) as address:
        environment = {
            "PATH": os.defpath,
            "HOME": str(tmp_path),
            "STATUSPAGE_HOST": address,
            "STATUSPAGE_API_KEY": real_server.key,
        }

        def call(*arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [PROGRAM, *arguments, "--page", PAGE],
                env=environment,
                input=said,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )

        yield call


@pytest.fixture
def title() -> str:
    return f"Orders fail {next(_numbers)}"


def called(server: RealServer, title: str) -> list[dict[str, Any]]:
    """The incidents of the page with this title."""
    return [one for one in server.call("GET", "/incidents?limit=100") if one["name"] == title]


@pytest.mark.parametrize("trouble", Trouble, ids=lambda trouble: trouble.value)
def test_a_key_opens_one_incident(
    run: Run, way: Way, real_server: RealServer, title: str, trouble: Trouble
) -> None:
    way.trouble = trouble
    create = ("incident", "create", "-t", title, "-c", f"{CART}=", "--key", title)

    first, second = run(*create, "--json"), run(*create, "--json")

    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    [incident] = called(real_server, title)
    assert json.loads(first.stdout)["id"] == json.loads(second.stdout)["id"] == incident["id"]


@pytest.mark.parametrize("trouble", Trouble, ids=lambda trouble: trouble.value)
def test_a_report_opens_one_incident(
    run: Run, way: Way, real_server: RealServer, title: str, trouble: Trouble
) -> None:
    way.trouble = trouble
    try:
        for _ in range(2):
            ended = run("report", CART, "--status", "major_outage", "-t", title)
            assert ended.returncode == 0, ended.stderr
        assert len(called(real_server, title)) == 1
    finally:
        assert run("report", CART, "--status", "operational").returncode == 0


@pytest.mark.parametrize("trouble", [Trouble.FAILED_AFTER, Trouble.BROKEN_AFTER])
def test_a_text_is_added_once_and_an_incident_resolved_once(
    run: Run, way: Way, real_server: RealServer, title: str, trouble: Trouble
) -> None:
    created = json.loads(run("incident", "create", "-t", title, "--json").stdout)

    way.trouble = trouble
    assert run("incident", "update", created["id"], "-m", "Found.").returncode == 0
    way.trouble = trouble
    assert run("incident", "resolve", created["id"], "-m", "Over.").returncode == 0

    [incident] = called(real_server, title)
    assert [update["body"] for update in incident["incident_updates"]] == ["Over.", "Found.", ""]


@pytest.mark.parametrize("trouble", [Trouble.FAILED_AFTER, Trouble.BROKEN_AFTER])
def test_without_a_key_what_may_have_had_an_effect_is_not_repeated(
    run: Run, way: Way, real_server: RealServer, title: str, trouble: Trouble
) -> None:
    way.trouble = trouble

    ended = run("incident", "create", "-t", title)

    assert (ended.returncode, ended.stdout) == (7, "")
    assert len(called(real_server, title)) == 1


def test_ids_cost_one_request_a_name_one_more_and_a_key_one_more(
    run: Run, way: Way, title: str
) -> None:
    create = ("incident", "create", "-t", title)

    run(*create, "-c", f"{API}=operational")
    run(*create, "-c", "API=operational")
    run(*create, "-c", "API=operational", "--key", title)

    assert way.asked == ["POST", *("GET", "POST"), *("GET", "GET", "POST")]


def test_a_maintenance_lives_from_its_announcement_to_its_end(
    run: Run, real_server: RealServer, title: str
) -> None:
    def maintenance(*arguments: str) -> dict[str, Any]:
        ended = run("maintenance", *arguments, "--key", title, "--json")
        assert ended.returncode == 0, ended.stderr
        incident: dict[str, Any] = json.loads(ended.stdout)
        return incident

    planned = maintenance("schedule", "-t", title, "--at", "+1h", "-c", "API")
    assert [one["status"] for one in planned["components"]] == ["operational"]
    assert maintenance("reschedule", "--at", "+2h")["status"] == "scheduled"
    begun = maintenance("start", "-m", "We begin.")
    assert [one["status"] for one in begun["components"]] == ["under_maintenance"]
    ended = maintenance("complete", "-m", "Done.")
    assert ended["status"] == "completed"
    assert [one["status"] for one in ended["components"]] == ["operational"]


def test_everything_else_that_writes_works_on_the_real_server(
    run: Run, real_server: RealServer, title: str
) -> None:
    created = run("incident", "create", "-t", title, "-F", "-", "--json", said="One.\n\nTwo.\n")
    id_ = json.loads(created.stdout)["id"]
    done = [
        run("incident", "postmortem", id_, "-m", "Why.", "--publish"),
        run("incident", "postmortem", id_, "--revert"),
        run("component", "set", "Shop / Cart", "degraded_performance"),
        run("component", "set", "Shop / Cart=operational"),
        run("workflow", "Shop / Cart", "major_outage", "--yes", "-t", title),
        run("incident", "delete", id_, "--yes"),
    ]

    assert [ended.returncode for ended in done] == [0] * 6, [ended.stderr for ended in done]
    [incident] = called(real_server, title)
    assert incident["status"] == "resolved"


def test_the_server_s_words_are_told_of_a_refusal(run: Run, title: str) -> None:
    ended = run("incident", "create", "-t", title, "-c", "unknown00001=operational")

    assert (ended.returncode, ended.stdout) == (5, "")
    assert "Component unknown00001 is not on this page" in ended.stderr
