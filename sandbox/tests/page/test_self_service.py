"""Actions where Port shows them, their forms, their runs."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.actions import action, install
from tests.api_client import ApiClient, Document

START = "/self-service/start"
COMPONENT = "/entity?blueprint=component&identifier="
CLAIM = {"installationId": "my-statuspage", "limit": 9, "visibilityTimeoutMs": 60_000}
FILLED: dict[str, Any] = {
    "action": "open",
    "sent": "1",
    "in.page": "acme",
    "in.name": "Down",
    "in.components": ["web", "mail"],
    "in.impact": "major",
    "in.until": "2026-11-22T08:30",
    "in.count": "2.5",
    "in.words": "one\r\n\r\ntwo ",
    "in.more": '{"a": [1]}',
    "in.notify": "true",
}


@pytest.fixture(autouse=True)
async def installed(api: ApiClient) -> None:
    await install(api)


async def start(api: ApiClient, sent: dict[str, Any], status: int = 303) -> str:
    """Send a form; return the run's id, or the page that says what does not fit."""
    answer = await api.client.post(START, data=sent)
    assert answer.status_code == status, answer.text
    if status != 303:
        return answer.text
    return parse_qs(urlsplit(answer.headers["location"]).query)["id"][0]


async def handed(api: ApiClient) -> Document:
    (run,) = (await api.ask("POST", "/v1/actions/runs/claim-pending", CLAIM))["runs"]
    found: Document = run["payload"]["integrationActionExecutionProperties"]
    return found


async def test_self_service_shows_all_that_can_be_started_and_what_cannot(api: ApiClient) -> None:
    text = await api.page("/self-service")
    for title in ("Open an incident", "Mend it", "Remove it", "Open by workflow"):
        assert f"{title}</a>" in text
    assert "WEBHOOK: not run by the sandbox" in text


async def test_an_action_stands_where_port_shows_it(api: ApiClient) -> None:
    table = await api.page("/blueprint?blueprint=component")
    assert "action=open" in table
    assert "action=mend" not in table
    entity = await api.page(f"{COMPONENT}web")
    assert "action=mend&amp;entity=web" in entity
    assert "action=remove" in entity
    assert "action=mend" not in await api.page(f"{COMPONENT}mail"), "its condition rules it out"
    assert "action=remove" not in await api.page("/entity?blueprint=page&identifier=acme")


async def test_what_is_filled_in_reaches_the_integration(api: ApiClient) -> None:
    await start(api, FILLED)
    assert await handed(api) == {
        "pageId": "acme",
        "name": "Down",
        "components": ["web", "mail"],
        "notify": True,
        "impact": "major",
        "until": "2026-11-22T08:30:00.000Z",
        "count": 2.5,
        "words": ["one", "two"],
        "more": {"a": [1]},
    }


async def test_what_is_left_empty_is_not_sent_and_a_switch_is_off(api: ApiClient) -> None:
    await start(api, {"action": "open", "sent": "1", "in.page": "acme", "in.name": "Down"})
    found = await handed(api)
    assert found["notify"] is False
    assert found["impact"] == "minor", "its default"
    assert found["components"] is None
    assert found["count"] is None


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"in.name": " "}, "required property &#34;name&#34;"),
        ({"in.count": "many"}, "&#34;count&#34; must be number"),
        ({"in.count": "0"}, "&#34;count&#34; breaks its minimum of 1"),
        ({"in.more": "[1]"}, "&#34;more&#34; must be an object"),
        ({"in.impact": "huge"}, "&#34;impact&#34; must be equal to one of the allowed values"),
    ],
    ids=str,
)
async def test_what_does_not_fit_is_told_above_the_form_and_starts_nothing(
    api: ApiClient, changed: dict[str, str], problem: str
) -> None:
    text = await start(api, {**FILLED, **changed}, 422)
    assert problem in text
    assert (await api.ask("POST", "/v1/actions/runs/claim-pending", CLAIM))["runs"] == []


async def test_a_form_that_did_not_fit_keeps_what_was_put_in(api: ApiClient) -> None:
    text = await start(api, {**FILLED, "in.page": "", "in.more": "{oops"}, 422)
    assert "{oops</textarea>" in text
    assert 'value="Down"' in text
    assert 'value="web" checked' in text
    assert 'value="2026-11-22T08:30"' in text


async def test_what_can_be_chosen_hangs_on_the_other_inputs(api: ApiClient) -> None:
    whole = await api.page(f"{START}?action=open")
    assert all(f'name="in.components" value="{one}"' in whole for one in ("web", "mail", "shop"))
    assert "Web (Acme)" in whole
    assert "in.why" not in whole
    narrowed = await api.page(f"{START}?action=open&sent=1&in.page=beta&in.impact=major")
    assert 'name="in.components" value="shop"' in narrowed
    assert 'name="in.components" value="web"' not in narrowed
    assert "in.why" in narrowed


async def test_a_form_begins_with_what_the_entity_says(api: ApiClient) -> None:
    text = await api.page(f"{START}?action=mend&entity=web")
    assert '<option value="major_outage" selected>' in text
    assert 'For <a href="/entity?blueprint=component&amp;identifier=web">Web</a>' in text


async def test_what_can_be_created_for_an_entity_has_it_chosen_already(api: ApiClient) -> None:
    component = await api.page(f"{COMPONENT}web")
    link = f"{START}?action=open&in.page=acme&in.components=web"
    assert link.replace("&", "&amp;") in component
    form = await api.page(link)
    assert '<option value="acme" selected>' in form
    assert 'value="web" checked' in form
    assert '<option value="minor" selected>' in form, "a default holds too"
    page = await api.page("/entity?blueprint=page&identifier=acme")
    assert f"{START}?action=open&amp;in.page=acme" in page
    assert f"{START}?workflow=flow&amp;in.page=acme" in page


async def test_without_an_entity_the_form_asks_for_one(api: ApiClient) -> None:
    assert '<option value="mail">Mail (Acme)' in await api.page(f"{START}?action=remove")
    mend = await api.page(f"{START}?action=mend")
    assert '<option value="web">' in mend
    assert '<option value="mail">' not in mend, "its condition rules it out"
    assert "does not exist" in await start(api, {"action": "remove", "entity": ""}, 422)
    await start(api, {"action": "remove", "entity": "mail"})


async def test_entities_to_choose_from_stand_in_the_order_that_the_input_asks_for(
    api: ApiClient,
) -> None:
    for place, name in enumerate(("mail", "web", "shop")):
        await api.write("component", {"identifier": name, "properties": {"position": place}})
    picker = {"type": "string", "format": "entity", "blueprint": "component"}
    chosen = {
        "usual": picker,
        "last": {**picker, "sort": {"property": "position", "order": "DESC"}},
        "some": {
            **picker,
            "dataset": {
                "combinator": "or",
                "rules": [{"property": "position", "operator": ">", "value": 0}],
            },
        },
    }
    picking = action("pick", "Pick", "CREATE", trigger={"userInputs": {"properties": chosen}})
    await api.ask("POST", "/v1/actions", picking, status=201)
    text = await api.page(f"{START}?action=pick")
    offered = {
        name: re.findall(r'<option value="(\w+)"', text.split(f'<select id="in.{name}"')[1])
        for name in chosen
    }
    assert offered["usual"][:3] == ["mail", "shop", "web"], "by name"
    assert offered["last"][:3] == ["shop", "web", "mail"]
    assert offered["some"] == ["shop", "web"]


async def test_a_run_is_followed_from_waiting_to_its_result(api: ApiClient) -> None:
    await api.write("component", {"identifier": "x1", "title": "Made by it"})
    run_id = await start(api, {"action": "mend", "entity": "web", "in.to": "operational"})
    page, path = f"/run?id={run_id}", f"/v1/actions/runs/{run_id}"
    assert "No integration with the identifier “my-statuspage”" in await api.page(page)
    who = {"installationId": "my-statuspage", "installationAppType": "statuspage"}
    await api.ask("POST", "/v1/integration", who, status=201)
    assert "OCEAN__ACTIONS_PROCESSOR__ENABLED=true" in await api.page(page)
    on = {"actionsProcessingEnabled": True}
    await api.ask("PATCH", "/v1/integration/my-statuspage", on)
    assert "It waits for “my-statuspage”" in await api.page(page)
    await api.ask("PATCH", "/v1/actions/runs/ack", {"runId": run_id})
    assert "in progress" in await api.page(page)
    line = {"message": "Opened <b>it</b>", "statusLabel": "Created"}
    await api.ask("POST", f"{path}/logs", line, status=201)
    link = "https://status.example.com/incidents/x1"
    await api.ask("PATCH", path, {"link": link, "externalRunId": "x1", "status": "SUCCESS"})
    text = await api.page(page)
    assert "Opened &lt;b&gt;it&lt;/b&gt;" in text
    assert f'href="{link}"' in text
    assert "identifier=x1" in text, "the entity that came of it"
    assert "Created" in text
    for place in ("/self-service", f"{COMPONENT}web"):
        assert run_id in await api.page(place)
        assert "success" in await api.page(place)


async def test_a_workflow_is_started_by_its_form_and_its_node_is_followed(api: ApiClient) -> None:
    sent = {"workflow": "flow", "in.page": "acme", "in.name": "Down"}
    assert "required property" in await start(api, {**sent, "in.name": ""}, 422)
    run_id = await start(api, sent)
    (node,) = (await api.ask("POST", "/v1/workflows/runs/claim-pending", CLAIM))["nodeRuns"]
    config = node["config"]["integrationActionExecutionProperties"]
    assert config == {"name": "Down", "pageId": "acme"}
    path = f"/v1/workflows/nodes/runs/{run_id}"
    lines = [{"level": "ERROR", "message": "The page is unknown"}]
    await api.ask("POST", f"{path}/logs", {"logs": lines}, status=201)
    output = {"incidentId": "web", "url": "javascript:alert(1)//"}
    ended = {"status": "COMPLETED", "result": "FAILED", "output": output}
    await api.ask("PATCH", path, {**ended, "statusLabel": {"text": "Refused"}})
    text = await api.page(f"/run?id={run_id}")
    assert "Open by workflow: create" in text
    assert "The page is unknown" in text
    assert "failure" in text
    assert "Refused" in text
    assert "identifier=web" in text
    assert 'href="javascript' not in text


async def test_a_page_from_elsewhere_starts_nothing(api: ApiClient) -> None:
    elsewhere = {"origin": "https://evil.example"}
    answer = await api.client.post(START, data=FILLED, headers=elsewhere)
    assert answer.status_code == 403
    same = await api.client.post(START, data=FILLED, headers={"origin": "http://sandbox"})
    assert same.status_code == 303


async def test_what_is_not_there_is_said(api: ApiClient) -> None:
    assert "no action that can be started" in await api.page(f"{START}?action=x", 404)
    assert "was not found" in await api.page("/run?id=x", 404)
