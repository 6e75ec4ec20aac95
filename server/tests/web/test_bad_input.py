"""What is wrong is answered with a clear error, whatever it is, and nothing is kept of it."""

import json
import time
from typing import Any

import pytest

from statuspage_server.web.bodies import DEEPEST
from tests.manage import Manage
from tests.running import TOKEN, RunningServer


async def send(manage: Manage, content: bytes, kind: str = "application/json") -> tuple[int, Any]:
    answer = await manage.server.client.post(
        f"/v1/pages/{manage.page_id}/incidents",
        content=content,
        headers={"Authorization": manage.key, "Content-Type": kind},
    )
    return answer.status_code, answer.json().get("error")


def nested(depth: int) -> bytes:
    return (
        b'{"incident":{"name":"x","metadata":{"a":'
        + b'{"a":' * depth
        + b"1"
        + b"}" * depth
        + b"}}}"
    )


class TestBodies:
    @pytest.mark.parametrize(
        "content",
        [
            b"{",
            b'{"incident": {"name": "x", "metadata": {"a": {"b": NaN}}}}',
            b'{"incident": {"name": "x", "metadata": {"a": {"b": 1e999}}}}',
            b'{"incident": {"name": "x", "metadata": {"a": {"b": ' + b"9" * 5000 + b"}}}}",
            b'{"incident": "\xff"}',
            b"[" * 100_000,
            nested(100_000),
        ],
    )
    async def test_what_is_no_json_is_400(self, manage: Manage, content: bytes) -> None:
        status, error = await send(manage, content)
        assert (status, error) == (400, "The body is not valid JSON")

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"null",
            b"[]",
            b"{}",
            b'{"incident": null}',
            b'{"incident": []}',
            b'{"incident": {"name": "\\u0000"}}',
            b'{"incident": {"name": "\\ud800"}}',
            b'{"incident": {"name": "x", "metadata": {"\\u0000": {}}}}',
            nested(DEEPEST + 1),
        ],
    )
    async def test_what_does_not_fit_is_422(self, manage: Manage, content: bytes) -> None:
        status, error = await send(manage, content)
        assert status == 422
        assert error

    async def test_honest_documents_may_be_deep_and_hold_every_character(
        self, manage: Manage
    ) -> None:
        metadata = {"a": {"b": [[{"c": "\U0001f600"}]]}}
        made = await manage.incident("\U0001f600 \u2028", metadata=metadata)
        assert made["metadata"] == metadata
        assert (await send(manage, nested(20)))[0] == 201

    @pytest.mark.parametrize("number", [2**53 + 1, 2**64, -(10**30), 0.1, 1e300])
    async def test_numbers_come_back_as_they_went(self, manage: Manage, number: float) -> None:
        made = await manage.incident(metadata={"a": {"b": number}})
        assert made["metadata"] == {"a": {"b": number}}
        assert await manage.get("incidents") == [made]

    async def test_one_that_is_too_large_is_413(self, manage: Manage) -> None:
        large = json.dumps({"incident": {"name": "x" * 2**20}}).encode()
        status, error = await send(manage, large)
        assert (status, error) == (413, "The body is larger than 1048576 bytes.")

    async def test_so_it_is_where_others_have_none(self, manage: Manage) -> None:
        for method in ("GET", "DELETE"):
            answer = await manage.server.client.request(
                method, "/refresh/a/fail", content=b" " * 2**21, headers={"X-Token": "abcdefgh"}
            )
            assert answer.status_code == 413

    async def test_also_when_it_does_not_say_so_beforehand(self, manage: Manage) -> None:
        async def drip() -> Any:
            for _ in range(20):
                yield b" " * 2**16

        for method, url in (
            ("POST", f"/v1/pages/{manage.page_id}/incidents"),
            ("POST", "/refresh/a/fail"),
            ("GET", "/refresh/a/fail"),
        ):
            answer = await manage.server.client.request(
                method,
                url,
                content=drip(),
                headers={"Authorization": manage.key, "X-Token": "abcdefgh"},
            )
            assert answer.status_code == 413

    async def test_json_under_a_forms_name(self, manage: Manage) -> None:
        form = "application/x-www-form-urlencoded"
        assert (await send(manage, b' {"incident": {"name": "x"}}', form))[0] == 201


class TestAddresses:
    @pytest.mark.parametrize(
        "path",
        [
            "/v1/pages/%00",
            "/v1/pages/x?q=%00",
            "/pages/%00/api/v2/summary.json",
            "/refresh/%00",
        ],
    )
    async def test_what_is_no_text_is_400(self, manage: Manage, path: str) -> None:
        answer = await manage.server.client.get(
            path, headers={"Authorization": manage.key, "X-Token": "abcdefgh"}
        )
        assert (answer.status_code, answer.json()) == (400, {"error": "The address is not text"})

    async def test_other_methods_are_405_and_other_paths_404(self, manage: Manage) -> None:
        headers = {"Authorization": manage.key}
        client = manage.server.client
        answer = await client.post(f"/v1/pages/{manage.page_id}", headers=headers)
        assert (answer.status_code, answer.json()) == (405, {"error": "Method not allowed"})
        answer = await client.get("/v1/nothing", headers=headers)
        assert (answer.status_code, answer.json()) == (404, {"error": "Not found"})

    async def test_numbers_that_are_none(self, manage: Manage) -> None:
        await manage.get("components", 422, page="two")
        await manage.get("incidents", 422, limit="1.5")


class TestDatabaseTrouble:
    async def test_a_database_that_refuses_is_503_and_health_says_so(self, manage: Manage) -> None:
        server = manage.server
        await server.runtime.database.write(
            lambda c: c.exec_driver_sql("ALTER TABLE incident_updates RENAME TO hidden")
        )
        body = {"incident": {"name": "x"}}
        answer = await manage.post("incidents", body, 503)
        assert answer["error"].startswith("The server cannot reach or extend its database now.")
        await server.runtime.database.write(
            lambda c: c.exec_driver_sql("ALTER TABLE hidden RENAME TO incident_updates")
        )
        assert await manage.get("incidents") == []
        await manage.post("incidents", body)


class TestTroubleOnPurpose:
    async def test_it_is_off_by_default(self, server: RunningServer) -> None:
        assert server.runtime.config.server.trouble.latency == 0
        assert server.runtime.config.server.trouble.failure_rate == 0

    async def test_failures_hit_the_apis_and_spare_heartbeats_and_health(
        self, manage: Manage
    ) -> None:
        await manage.server.configure(
            f"statuspage: {{token: {TOKEN}}}\nserver: {{trouble: {{failure_rate: 1}}}}"
        )
        await manage.get("components", 500)
        client = manage.server.client
        assert (await client.get("/api/v2/summary.json")).status_code == 500
        assert (await client.get("/health")).status_code == 200
        assert (await manage.server.beat("nowhere")).status_code == 200

    async def test_latency(self, manage: Manage) -> None:
        await manage.server.configure(
            "statuspage: {token: abcdefgh}\nserver: {trouble: {latency: 0.01}, rate_limit: 0}"
        )
        before = time.monotonic()
        await manage.get("components")
        assert time.monotonic() - before >= 0.01
