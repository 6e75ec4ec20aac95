"""Runs of actions and of workflow nodes, from the start to the end."""

import pytest

from tests.api_client import ApiClient, Document

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
    "name": {"type": "string", "minLength": 2},
    "page": {"type": "string", "format": "entity", "blueprint": "page"},
    "components": {"type": "array", "items": {"format": "entity", "blueprint": "component"}},
    "notify": {"type": "boolean", "default": False},
}
ACTION: Document = {
    "identifier": "open",
    "trigger": {
        "type": "self-service",
        "operation": "CREATE",
        "userInputs": {"properties": PROPERTIES, "required": ["name"]},
    },
    "invocationMethod": METHOD,
}
ON_A_PAGE: Document = {
    "identifier": "close",
    "title": "Close",
    "trigger": {
        "type": "self-service",
        "operation": "DAY-2",
        "blueprintIdentifier": "page",
        "userInputs": {"properties": {}},
    },
    "invocationMethod": {
        **METHOD,
        "integrationActionExecutionProperties": {
            "all": "{{ .entity.title }} and {{ .trigger.operation }}",
            "page": "{{ .entity.identifier }}",
            "deep": '{{ {"a":{"b":.run.id}} }}',
            "who": "{{ .trigger.by.user.email }} at {{ .trigger.at }}",
        },
    },
}


@pytest.fixture
async def run(api: ApiClient) -> Document:
    await api.blueprints()
    await api.write("page", {"identifier": "acme", "title": "Acme"})
    await api.ask("POST", "/v1/actions", ACTION, status=201)
    given = {"name": "Down", "page": "acme", "components": ["a", "b"], "count": 3}
    answer = await api.ask("POST", "/v1/actions/open/runs", {"properties": given}, status=202)
    found: Document = answer["run"]
    return found


async def claim(api: ApiClient, family: str = "actions", **more: object) -> list[Document]:
    path = f"/v1/{family}/runs/claim-pending"
    answer = await api.ask("POST", path, {**CLAIM, **more})
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


async def test_what_a_template_knows_of_the_entity_and_of_the_run(api: ApiClient) -> None:
    await api.blueprints()
    await api.write("page", {"identifier": "acme", "title": "Acme"})
    await api.ask("POST", "/v1/actions", ON_A_PAGE, status=201)
    path = "/v1/actions/close/runs"
    run = (await api.ask("POST", path, {"entity": "acme"}, status=202))["run"]
    assert run["payload"]["integrationActionExecutionProperties"] == {
        "all": "Acme and DAY-2",
        "page": "acme",
        "deep": {"a": {"b": run["id"]}},
        "who": "someone at 2026-11-21T12:00:00.000Z",
    }
    for nobody in ({}, {"entity": "nobody"}):
        await api.ask("POST", path, nobody, status=404)


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize(
    "given", [{}, {"name": "x"}, {"name": "Down", "notify": "maybe"}, {"name": 7}], ids=str
)
async def test_inputs_that_do_not_fit_start_nothing(api: ApiClient, given: Document) -> None:
    await api.ask("POST", "/v1/actions/open/runs", {"properties": given}, status=422)
    assert len(await claim(api)) == 1, "the run that was there"


async def test_a_run_is_claimed_by_one_at_a_time(api: ApiClient, run: Document) -> None:
    assert await claim(api, installationId="other") == []
    assert await claim(api, exclude=["open"]) == []
    assert [one["id"] for one in await claim(api)] == [run["id"]]
    assert await claim(api) == []
    api.clock.move(seconds=61)
    assert len(await claim(api)) == 1, "its holder has gone away"


async def test_only_the_first_acknowledgement_counts(api: ApiClient, run: Document) -> None:
    body = {"runId": run["id"]}
    await api.ask("PATCH", "/v1/actions/runs/ack", body)
    await api.ask("PATCH", "/v1/actions/runs/ack", body, status=409)
    api.clock.move(hours=1)
    assert await claim(api) == []


async def test_a_run_tells_and_ends(api: ApiClient, run: Document) -> None:
    path = f"/v1/actions/runs/{run['id']}"
    await api.ask("POST", f"{path}/logs", {"message": "Begun", "statusLabel": "At it"}, status=201)
    await api.ask("PATCH", path, {"externalRunId": "x/1", "link": "https://a.example"})
    found = await api.ask("GET", "/v1/actions/runs?version=v2&external_run_id=x/1")
    assert [one["id"] for one in found["runs"]] == [run["id"]]
    await api.ask("PATCH", path, {"status": "DONE"}, status=422)
    await api.ask(
        "POST", f"{path}/logs", {"message": "Over", "terminationStatus": "SUCCESS"}, status=201
    )
    ended = (await api.ask("GET", path))["run"]
    assert (ended["status"], ended["statusLabel"]) == ("SUCCESS", "At it")
    assert ended["endedAt"] == "2026-11-21T12:00:00.000Z"
    logs = (await api.ask("GET", f"{path}/logs"))["runLogs"]
    assert [line["message"] for line in logs] == ["Begun", "Over"]


async def test_a_run_that_is_not_there(api: ApiClient) -> None:
    await api.ask("GET", "/v1/actions/runs/nothing", status=404)
    await api.ask("PATCH", "/v1/actions/runs/ack", {"runId": "nothing"}, status=404)
    await api.ask("POST", "/v1/actions/nothing/runs", {}, status=404)


async def test_only_actions_of_integrations_are_run(api: ApiClient) -> None:
    other = {**ACTION, "identifier": "hook", "invocationMethod": {"type": "WEBHOOK"}}
    await api.blueprints()
    await api.ask("POST", "/v1/actions", other, status=201)
    body = {"properties": {"name": "Down"}}
    answer = await api.ask("POST", "/v1/actions/hook/runs", body, status=422)
    assert "INTEGRATION_ACTION" in answer["message"]


@pytest.mark.parametrize("nodes", [None, [7], [{"identifier": "a"}], [{"config": {"type": "AI"}}]])
async def test_a_workflow_whose_nodes_cannot_be_read(api: ApiClient, nodes: object) -> None:
    await api.ask("POST", "/v1/workflows", {"identifier": "wf", "nodes": nodes}, status=422)


async def test_a_node_of_a_workflow_from_start_to_end(api: ApiClient) -> None:
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
    await api.ask("POST", "/v1/workflows", workflow, status=201)
    await api.ask("POST", "/v1/workflows/wf/runs", {"inputs": {"name": "Down"}}, status=202)
    (node,) = await claim(api, "workflows")
    assert node["config"]["integrationActionExecutionProperties"] == {"name": "Down"}
    ack = {"nodeRunIdentifier": node["identifier"]}
    await api.ask("PATCH", "/v1/workflows/runs/ack", ack)
    await api.ask("PATCH", "/v1/workflows/runs/ack", ack, status=409)
    path = f"/v1/workflows/nodes/runs/{node['identifier']}"
    lines = [{"level": "WARN", "message": "Slow"}]
    await api.ask("POST", f"{path}/logs", {"logs": lines}, status=201)
    await api.ask("POST", f"{path}/logs", {}, status=422)
    done = {"status": "COMPLETED", "result": "SUCCESS", "output": {"id": 1}, "externalRunId": "7"}
    await api.ask("PATCH", path, done)
    found = await api.ask("GET", "/v1/workflows/nodes/runs?external_run_id=7&include=nodeConfig")
    assert found["nodeRuns"][0]["output"] == {"id": 1}
    assert (await api.ask("GET", path))["nodeRun"]["result"] == "SUCCESS"
    assert (await api.ask("GET", f"{path}/logs"))["logs"][0]["level"] == "WARN"
