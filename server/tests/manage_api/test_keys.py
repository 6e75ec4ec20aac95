"""Who may ask, in which form, how often, and what those are told who may not."""

import pytest

from statuspage_server.storage.keys import create_key, list_keys, revoke_key
from tests.manage import Manage
from tests.running import RunningServer, seed_config

COULD_NOT = {"error": "Could not authenticate"}


async def status(server: RunningServer, headers: dict[str, str], query: str = "") -> int:
    return (await server.client.get(f"/v1/pages{query}", headers=headers)).status_code


class TestForms:
    @pytest.mark.parametrize("form", ["OAuth {}", "oauth {}", "OAUTH  {}", "{}", " {} "])
    async def test_the_header(self, manage: Manage, form: str) -> None:
        headers = {"Authorization": form.format(manage.key).strip()}
        assert await status(manage.server, headers) == 200

    async def test_the_query(self, manage: Manage) -> None:
        assert await status(manage.server, {}, f"?api_key={manage.key}") == 200

    @pytest.mark.parametrize("value", ["", "OAuth", "OAuth wrong", "Bearer {}", "OAuth {} x"])
    async def test_anything_else_is_the_vendors_401(self, manage: Manage, value: str) -> None:
        headers = {"Authorization": value.format(manage.key)} if value else {}
        answer = await manage.server.client.get("/v1/pages", headers=headers)
        assert (answer.status_code, answer.json()) == (401, COULD_NOT)

    async def test_the_key_is_asked_for_before_anything_else_is_said(self, manage: Manage) -> None:
        answer = await manage.server.client.post("/v1/pages/x/incidents", content=b"{")
        assert answer.status_code == 401

    async def test_json_may_be_appended(self, manage: Manage) -> None:
        headers = {"Authorization": manage.key}
        url = f"/v1/pages/{manage.page_id}.json"
        answer = await manage.server.client.get(url, headers=headers)
        assert answer.json()["id"] == manage.page_id


class TestKeys:
    async def test_a_revoked_key_is_refused(self, server: RunningServer) -> None:
        database, now = server.runtime.database, server.clock()
        key = await database.write(lambda c: create_key(c, "mine", now, read_only=False))
        (row,) = await database.read(list_keys)
        assert await database.write(lambda c: revoke_key(c, row.id, now))
        assert not await database.write(lambda c: revoke_key(c, row.id, now))
        assert await status(server, {"Authorization": key}) == 401

    async def test_the_key_itself_is_not_stored(self, manage: Manage) -> None:
        (row,) = await manage.server.runtime.database.read(list_keys)
        assert manage.key not in str(row)

    async def test_a_read_only_key_reads_and_writes_nothing(self, server: RunningServer) -> None:
        reader = await Manage.of(server, read_only=True)
        await reader.get("components")
        body = {"component": {"name": "x"}}
        assert "only read" in (await reader.post("components", body, 403))["error"]


class TestTheRollingLimit:
    async def test_sixty_in_a_minute_and_then_420_with_the_time_to_wait(
        self, server: RunningServer
    ) -> None:
        manage = await Manage.of(server)
        for _ in range(60):
            await manage.get("/pages")
        headers = {"Authorization": manage.key}
        answer = await server.client.get("/v1/pages", headers=headers)
        assert answer.status_code == 420
        assert 1 <= int(answer.headers["Retry-After"]) <= 60

    async def test_429_by_setting_and_another_size(self, server: RunningServer) -> None:
        limits = "server: {rate_limit: 2, rate_limit_status: 429}"
        await server.configure(f"{seed_config()}\n{limits}")
        manage, other = await Manage.of(server), await Manage.of(server)
        await manage.get("/pages")
        await manage.get("/pages")
        await manage.get("/pages", expect=429)
        await other.get("/pages")
