"""Where drafts are proposed."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import Start
from making import API
from pydantic import SecretStr
from real_server import PAGE, RealServer
from strict_pagerduty import incident

from statuspage_bridge.bridge import proposers
from statuspage_bridge.configuration.rules import Choices
from statuspage_bridge.configuration.settings import DraftSettings, PortSettings, WebhookSettings
from statuspage_bridge.proposals.proposals import Proposals

DRAFTS = {"defaults": Choices(draft=True)}
WEBHOOK = DraftSettings(
    webhook=WebhookSettings(url=SecretStr("https://hooks.test/s3cret"), token=SecretStr("t0ken"))
)
PORT = DraftSettings(
    port=PortSettings(
        action="statuspage_create_incident",
        client_id="id",
        client_secret=SecretStr("s3cret"),
        api="https://port.test",
    )
)


@dataclass
class Taking:
    """Whoever takes proposals: it knows these addresses and no others."""

    answers: dict[str, httpx.Response]
    taken: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.taken.append(request)
        return self.answers[str(request.url)]

    def contents(self) -> list[Any]:
        return [json.loads(one.content) for one in self.taken]


def proposing(drafts: DraftSettings, taking: Taking) -> Proposals:
    http = httpx.AsyncClient(transport=httpx.MockTransport(taking))
    return Proposals(proposers(drafts, http))


async def test_a_draft_writes_nothing_and_is_in_the_log(
    start: Start, server: RealServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    bridge = start(DRAFTS)
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]

    await bridge.looks()

    assert server.incidents() == []
    assert "proposes to open API" in caplog.text


async def test_a_draft_is_posted_once_while_it_stays_the_same(start: Start) -> None:
    taking = Taking({"https://hooks.test/s3cret": httpx.Response(204)})
    bridge = start(DRAFTS)
    bridge.bridge.reconciler.proposals = proposing(WEBHOOK, taking)
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]
    for _ in range(3):
        await bridge.looks()

    bridge.sources.hugops.incidents = [incident("P1", "cmp_API:major_outage")]
    await bridge.looks()

    partial, major = taking.contents()
    assert partial == {
        "page": PAGE,
        "action": "open",
        "incident": None,
        "name": "Errors in API",
        "status": "investigating",
        "body": partial["body"],
        "impact": "minor",
        "components": [{"id": API, "name": "API", "status": "partial_outage"}],
        "reason": "pagerduty/hugops P1 says partial_outage.",
    }
    assert major["components"][0]["status"] == "major_outage"
    assert taking.taken[0].headers["authorization"] == "Bearer t0ken"


async def test_a_draft_is_not_posted_again_after_a_restart(start: Start, tmp_path: Path) -> None:
    taking = Taking({"https://hooks.test/s3cret": httpx.Response(204)})
    for _ in range(2):
        bridge = start(DRAFTS, STATE=f"sqlite:///{tmp_path / 'bridge.db'}")
        bridge.bridge.reconciler.proposals = proposing(WEBHOOK, taking)
        bridge.sources.hugops.incidents = [incident("P1", "component:API")]
        await bridge.looks()
        await bridge.bridge.stop()

    assert len(taking.taken) == 1


async def test_a_dry_run_proposes_nothing(start: Start) -> None:
    taking = Taking({})
    bridge = start(DRAFTS, DRY_RUN="true")
    bridge.bridge.reconciler.proposals = proposing(WEBHOOK, taking)
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]

    await bridge.looks()

    assert taking.taken == []


async def test_a_proposal_that_did_not_arrive_is_told_without_its_address_and_tried_again(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    taking = Taking({"https://hooks.test/s3cret": httpx.Response(500)})
    bridge = start(DRAFTS)
    bridge.bridge.reconciler.proposals = proposing(WEBHOOK, taking)
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]

    await bridge.looks()
    health = (await bridge.http.get("/health")).json()
    await bridge.looks()

    assert health["failed"] == {API: "The webhook for drafts answered 500: check `drafts`."}
    assert len(taking.taken) == 2
    assert "s3cret" not in caplog.text


async def test_a_draft_runs_an_action_in_port(start: Start) -> None:
    run = "https://port.test/v1/actions/statuspage_create_incident/runs"
    token = httpx.Response(200, json={"accessToken": "a.b.c"})
    taking = Taking(
        {
            "https://port.test/v1/auth/access_token": token,
            run: httpx.Response(202, json={"ok": True}),
        }
    )
    bridge = start(DRAFTS)
    bridge.bridge.reconciler.proposals = proposing(PORT, taking)
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]

    await bridge.looks()

    login, action = taking.contents()
    assert login == {"clientId": "id", "clientSecret": "s3cret"}
    assert taking.taken[1].headers["authorization"] == "Bearer a.b.c"
    assert action["properties"] == {
        "page": PAGE,
        "name": "Errors in API",
        "status": "investigating",
        "body": action["properties"]["body"],
        "components": [API],
        "componentStatus": "partial_outage",
        "impact": "minor",
        "deliverNotifications": False,
    }


async def test_where_drafts_go_may_be_out_of_reach(start: Start) -> None:
    def gone(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("No route to s3cret", request=request)

    bridge = start(DRAFTS)
    http = httpx.AsyncClient(transport=httpx.MockTransport(gone))
    bridge.bridge.reconciler.proposals = Proposals(proposers(WEBHOOK, http))
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]

    await bridge.looks()

    health = (await bridge.http.get("/health")).json()
    sentence = "The webhook for drafts could not be reached (ConnectError): it is tried again."
    assert health["failed"] == {API: sentence}


@pytest.mark.parametrize(
    "answer",
    [httpx.Response(200, text="<html>"), httpx.Response(200, json=[]), httpx.Response(401)],
)
async def test_a_port_that_gives_no_token_is_told(start: Start, answer: httpx.Response) -> None:
    taking = Taking({"https://port.test/v1/auth/access_token": answer})
    bridge = start(DRAFTS)
    bridge.bridge.reconciler.proposals = proposing(PORT, taking)
    bridge.sources.hugops.incidents = [incident("P1", "component:API")]

    await bridge.looks()

    health = (await bridge.http.get("/health")).json()
    assert health["failed"][API].startswith("Port answered ")
    assert health["failed"][API].endswith(": check `drafts`.")
