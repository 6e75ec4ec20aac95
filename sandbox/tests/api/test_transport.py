"""Tokens, shapes of errors, limits, faults."""

from datetime import timedelta

import httpx
import pytest

from port_sandbox.app import create_app
from port_sandbox.sandbox import Sandbox, Settings
from tests.api_client import ApiClient, Clock


async def test_without_a_token_nothing_is_told(api: ApiClient) -> None:
    for header in ("", "Basic abc", "Bearer abc"):
        headers = {"authorization": header}
        answer = await api.ask("GET", "/v1/blueprints", status=401, headers=headers)
        assert answer["ok"] is False
        assert answer["error"] == "unauthorized"


async def test_a_token_expires(api: ApiClient) -> None:
    api.clock.move(hours=2, minutes=59)
    await api.ask("GET", "/v1/blueprints")
    api.clock.move(minutes=1)
    answer = await api.ask("GET", "/v1/blueprints", status=401)
    assert answer["message"] == "The access token has expired"
    await api.sign_in()
    await api.ask("GET", "/v1/blueprints")


async def test_a_wrong_secret_is_refused_where_one_is_set() -> None:
    sandbox = Sandbox(Settings(client_secret="right", token_lifetime=timedelta(5)), Clock())
    transport = httpx.ASGITransport(create_app(sandbox))
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox") as client:
        for secret, status in (("wrong", 401), ("right", 200)):
            body = {"clientId": "a", "clientSecret": secret}
            answer = await client.post("/v1/auth/access_token", json=body)
            assert answer.status_code == status
        assert (await client.get("/sandbox/faults")).status_code == 404
    sandbox.database.close()


@pytest.mark.parametrize("content", [b"{", b"[]", b"1", b'{"a": NaN}', b"\xff"])
async def test_a_body_that_is_no_object_is_refused(api: ApiClient, content: bytes) -> None:
    answer = await api.client.post("/v1/blueprints", content=content)
    assert answer.status_code == 422
    assert answer.json()["error"] == "invalid_request"


async def test_a_body_of_more_than_a_megabyte_is_refused(api: ApiClient) -> None:
    answer = await api.client.post("/v1/blueprints", content=b" " * (1024 * 1024 + 1))
    assert answer.status_code == 413


async def test_a_path_that_is_not_there(api: ApiClient) -> None:
    answer = await api.ask("GET", "/v1/nothing/here", status=404)
    assert answer["error"] == "not_found"


async def test_a_parameter_of_the_wrong_kind(api: ApiClient) -> None:
    path = "/v1/integration/x/cursor?kind=a&index=first"
    answer = await api.ask("GET", path, status=422)
    assert answer["error"] == "invalid_request"


async def test_every_answer_has_a_trace_id(api: ApiClient) -> None:
    answer = await api.client.get("/v1/blueprints")
    assert answer.headers["x-trace-id"]


async def test_health(api: ApiClient) -> None:
    assert await api.ask("GET", "/health") == {"ok": True}


async def test_requests_fail_on_demand(api: ApiClient) -> None:
    fault = {"status": 429, "times": 1, "after": 1, "path": "GET /v1/bl", "retryAfter": 2}
    await api.ask("POST", "/sandbox/faults", fault)
    await api.ask("GET", "/v1/organization")
    await api.ask("GET", "/v1/blueprints")
    answer = await api.client.get("/v1/blueprints")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "2")
    await api.ask("GET", "/v1/blueprints")
    seen = await api.ask("GET", "/sandbox/faults")
    assert seen["requests"]["GET /v1/blueprints"] == 3
    await api.ask("DELETE", "/sandbox/faults")
    assert (await api.ask("GET", "/sandbox/faults"))["requests"] == {}


async def test_requests_are_slow_on_demand(api: ApiClient) -> None:
    await api.ask("POST", "/sandbox/faults", {"latencyMs": 50})
    before = api.clock.now
    await api.ask("GET", "/v1/blueprints")
    assert api.clock.now - before == timedelta(milliseconds=50)


@pytest.mark.parametrize("body", [{"latencyMs": -1}, {"status": "x"}, {"status": 1, "path": "("}])
async def test_a_fault_that_makes_no_sense(api: ApiClient, body: dict[str, object]) -> None:
    await api.ask("POST", "/sandbox/faults", body, status=422)
