"""Runs of actions and of workflow nodes, from the start to the end."""

import pytest

from tests.house import Document, House

CLAIM: Document = {"installationId": "sp", "limit": 5, "visibilityTimeoutMs": 60_000}
METHOD: Document = {
    "type": "INTEGRATION_ACTION",
    "installationId": "sp",
    "integrationActionType": "create_incident",
    "integrationActionExecutionProperties": {
        "name": "{{ .inputs.name }}",
        "text": "On {{ .inputs.page.title }}: {{ .inputs.count }}{{ .inputs.nothing }}",
        "pageId": "{{ .inputs.page.identifier }}",
        "components": "{{ .inputs.components | map(.identifier) }}",
        "notify": "{{ .inputs.notify }}",
        "odd": "{{ .inputs | error }}",
        "fixed": [1, True],
    },
}
PROPERTIES: Document = {
    "page": {"type": "string", "format": "entity", "blueprint": "page"},
    "components": {"type": "array", "items": {"format": "entity", "blueprint": "component"}},
    "notify": {"type": "boolean", "default": False},
}
ACTION: Document = {
    "identifier": "open",
    "trigger": {"type": "self-service", "userInputs": {"properties": PROPERTIES}},
    "invocationMethod": METHOD,
}


@pytest.fixture
async def run(house: House) -> Document:
    await house.blueprints()
    await house.write("page", {"identifier": "acme", "title": "Acme"})
    await house.ask("POST", "/v1/actions", ACTION, status=201)
    given = {"name": "Down", "page": "acme", "components": ["a", "b"], "count": 3}
    answer = await house.ask("POST", "/v1/actions/open/runs", {"properties": given}, status=202)
    found: Document = answer["run"]
    return found


async def claim(house: House, family: str = "actions", **more: object) -> list[Document]:
    path = f"/v1/{family}/runs/claim-pending"
    answer = await house.ask("POST", path, {**CLAIM, **more})
    runs: list[Document] = answer["runs" if family == "actions" else "nodeRuns"]
    return runs


async def test_the_templates_of_an_action_are_filled_in(run: Document) -> None:
    assert run["status"] == "IN_PROGRESS"
    assert run["payload"]["integrationActionExecutionProperties"] == {
        "name": "Down",
        "text": "On Acme: 3",
        "pageId": "acme",
        "components": ["a", "b"],
        "notify": False,
        "odd": None,
        "fixed": [1, True],
    }


async def test_a_run_is_claimed_by_one_at_a_time(house: House, run: Document) -> None:
    assert await claim(house, installationId="other") == []
    assert await claim(house, exclude=["open"]) == []
    assert [one["id"] for one in await claim(house)] == [run["id"]]
    assert await claim(house) == []
    house.clock.move(seconds=61)
    assert len(await claim(house)) == 1, "its holder has gone away"


async def test_only_the_first_acknowledgement_counts(house: House, run: Document) -> None:
    body = {"runId": run["id"]}
    await house.ask("PATCH", "/v1/actions/runs/ack", body)
    await house.ask("PATCH", "/v1/actions/runs/ack", body, status=409)
    house.clock.move(hours=1)
    assert await claim(house) == []


async def test_a_run_tells_and_ends(house: House, run: Document) -> None:
    path = f"/v1/actions/runs/{run['id']}"
    await house.ask(
        "POST", f"{path}/logs", {"message": "Begun", "statusLabel": "At it"}, status=201
    )
    await house.ask("PATCH", path, {"externalRunId": "x/1", "link": "https://a.example"})
    found = await house.ask("GET", "/v1/actions/runs?version=v2&external_run_id=x/1")
    assert [one["id"] for one in found["runs"]] == [run["id"]]
    await house.ask("PATCH", path, {"status": "DONE"}, status=422)
    await house.ask(
        "POST", f"{path}/logs", {"message": "Over", "terminationStatus": "SUCCESS"}, status=201
    )
    ended = (await house.ask("GET", path))["run"]
    assert (ended["status"], ended["statusLabel"]) == ("SUCCESS", "At it")
    logs = (await house.ask("GET", f"{path}/logs"))["runLogs"]
    assert [line["message"] for line in logs] == ["Begun", "Over"]
    assert "SUCCESS" in await house.page("/definitions")


async def test_a_run_that_is_not_there(house: House) -> None:
    await house.ask("GET", "/v1/actions/runs/nothing", status=404)
    await house.ask("PATCH", "/v1/actions/runs/ack", {"runId": "nothing"}, status=404)
    await house.ask("POST", "/v1/actions/nothing/runs", {}, status=404)


async def test_only_actions_of_integrations_are_run(house: House) -> None:
    other = {"identifier": "hook", "invocationMethod": {"type": "WEBHOOK"}}
    await house.ask("POST", "/v1/actions", other, status=201)
    await house.ask("POST", "/v1/actions/hook/runs", {}, status=422)


async def test_a_node_of_a_workflow_from_start_to_end(house: House) -> None:
    properties = {"name": "{{ .outputs.trigger.name }}"}
    config = {
        "type": "INTEGRATION_ACTION",
        "installationId": "sp",
        "integrationProvider": "statuspage",
        "integrationInvocationType": "create_incident",
        "integrationActionExecutionProperties": properties,
    }
    workflow = {
        "identifier": "wf",
        "nodes": [
            {"identifier": "start", "config": {"type": "SELF_SERVE_TRIGGER"}},
            {"identifier": "create", "config": config},
        ],
    }
    await house.ask("POST", "/v1/workflows", workflow, status=201)
    await house.ask("POST", "/v1/workflows/wf/runs", {"inputs": {"name": "Down"}}, status=202)
    (node,) = await claim(house, "workflows")
    assert node["config"]["integrationActionExecutionProperties"] == {"name": "Down"}
    ack = {"nodeRunIdentifier": node["identifier"]}
    await house.ask("PATCH", "/v1/workflows/runs/ack", ack)
    await house.ask("PATCH", "/v1/workflows/runs/ack", ack, status=409)
    path = f"/v1/workflows/nodes/runs/{node['identifier']}"
    lines = [{"level": "WARN", "message": "Slow"}]
    await house.ask("POST", f"{path}/logs", {"logs": lines}, status=201)
    await house.ask("POST", f"{path}/logs", {}, status=422)
    done = {"status": "COMPLETED", "result": "SUCCESS", "output": {"id": 1}, "externalRunId": "7"}
    await house.ask("PATCH", path, done)
    found = await house.ask("GET", "/v1/workflows/nodes/runs?external_run_id=7&include=nodeConfig")
    assert found["nodeRuns"][0]["output"] == {"id": 1}
    assert (await house.ask("GET", path))["nodeRun"]["result"] == "SUCCESS"
    assert (await house.ask("GET", f"{path}/logs"))["logs"][0]["level"] == "WARN"
