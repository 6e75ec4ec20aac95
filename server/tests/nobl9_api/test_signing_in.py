"""Client id and secret, the token for them, and the header that names a page."""

import httpx
import pytest

from statuspage_server.core.window import WINDOW_SECONDS
from statuspage_server.storage.keys import create_key, list_keys, revoke_key
from statuspage_server.web.guesses import MOST
from tests.manage import Manage
from tests.nobl9_api.client import STATUS_PAGE, Nobl9
from tests.running import RunningServer

CONFIG = """
statuspage: {title: Shop, token: t}
pages: {internal: {title: Inside, token: t, path: inside, password: secret}}
"""


@pytest.fixture
async def manage(server: RunningServer) -> Manage:
    await server.configure(CONFIG)
    return await Manage.of(server)


async def sign_in(
    manage: Manage, name: str = "tests", secret: str | None = None, page: str = "Shop"
) -> httpx.Response:
    return await manage.server.client.post(
        "/api/accessToken",
        auth=(name, manage.key if secret is None else secret),
        headers={"Organization": page, "Accept": "application/json; version=v1alpha"},
    )


async def token_of(manage: Manage) -> str:
    answer = await sign_in(manage)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


async def look(manage: Manage, authorization: str, page: str = "Shop", path: str = "status") -> int:
    headers = {"Authorization": authorization, "Organization": page}
    answer = await manage.server.client.get(f"{STATUS_PAGE}/{path}", headers=headers)
    return answer.status_code


class TestTokens:
    async def test_one_lasts_an_hour(self, manage: Manage) -> None:
        token = await token_of(manage)
        manage.server.clock.move(3599)
        assert await look(manage, f"Bearer {token}") == 200
        manage.server.clock.move(1)
        assert await look(manage, f"Bearer {token}") == 401

    async def test_one_in_three_seconds_is_given_to_an_organization(self, manage: Manage) -> None:
        await token_of(manage)
        manage.server.clock.move(1)
        refused = await sign_in(manage)
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "2")
        assert (await sign_in(manage, page="internal")).status_code == 200
        manage.server.clock.move(2)
        await token_of(manage)

    async def test_who_is_refused_takes_nobodys_turn(self, manage: Manage) -> None:
        assert (await sign_in(manage, secret="wrong")).status_code == 401
        await token_of(manage)

    async def test_it_ends_with_its_key(self, manage: Manage) -> None:
        database, now = manage.server.runtime.database, manage.server.clock()
        token = await token_of(manage)
        (row,) = await database.read(list_keys)
        await database.write(lambda c: revoke_key(c, row.id, now))
        assert await look(manage, f"Bearer {token}") == 401

    async def test_it_may_do_what_its_key_may(self, server: RunningServer) -> None:
        reader = await Manage.of(server, read_only=True)
        component = await (await Manage.of(server)).component("One")
        token = (await sign_in(reader, page=reader.page_id)).json()["access_token"]
        api = Nobl9(reader, token=token)
        assert (await api.get("status"))["components"]
        assert (await api.post("disruptions/timeline", {})) == {"days": []}
        assert (
            "only read" in (await api.change_status(component, "majorOutage", expect=403))["error"]
        )

    async def test_neither_it_nor_the_secret_is_stored(self, manage: Manage) -> None:
        token = await token_of(manage)
        assert await manage.server.count("access_tokens") == 1
        dump = await manage.server.runtime.database.read(
            lambda c: [str(row) for row in c.exec_driver_sql("SELECT * FROM access_tokens")]
        )
        assert token not in str(dump)

    async def test_those_that_ended_are_cleared_away(self, manage: Manage) -> None:
        await token_of(manage)
        manage.server.clock.move(3600)
        await token_of(manage)
        assert await manage.server.count("access_tokens") == 1

    async def test_it_opens_nothing_of_the_manage_api(self, manage: Manage) -> None:
        token = await token_of(manage)
        assert await look(manage, f"Bearer {token}") == 200
        await Manage(manage.server, token, manage.page_id).get("components", 401)


class TestClients:
    async def test_the_id_is_the_keys_name_or_its_id(self, manage: Manage) -> None:
        (row,) = await manage.server.runtime.database.read(list_keys)
        assert (await sign_in(manage, row.id)).status_code == 200
        answer = await sign_in(manage, "another")
        assert answer.status_code == 401
        assert "do not belong together" in answer.json()["error"]

    async def test_an_umlaut_in_the_name_is_no_trouble(self, manage: Manage) -> None:
        database, now = manage.server.runtime.database, manage.server.clock()
        key = await database.write(lambda c: create_key(c, "Wächter", now, read_only=False))
        answer = await sign_in(manage, "Wächter", key)
        assert answer.status_code == 200, answer.text

    async def test_a_bearer_may_be_the_key_itself(self, manage: Manage) -> None:
        assert await look(manage, f"bearer  {manage.key}") == 200

    @pytest.mark.parametrize(
        "value", ["", "Bearer", "Bearer wrong", "Basic !", "Basic dGVzdHM=", "OAuth {}", "{}"]
    )
    async def test_anything_else_is_answered_with_401(self, manage: Manage, value: str) -> None:
        assert await look(manage, value.format(manage.key)) == 401

    async def test_a_monitors_report_needs_id_and_secret_and_all_else_a_token(
        self, manage: Manage
    ) -> None:
        body = {"componentName": "One", "requestedBy": "tests"}
        url, client = f"{STATUS_PAGE}/issues/external", manage.server.client
        headers = {"Organization": "Shop"}
        bearer = {**headers, "Authorization": f"Bearer {manage.key}"}
        answer = await client.post(url, json=body, headers=bearer)
        assert (answer.status_code, "HTTP Basic" in answer.text) == (401, True)
        basic = httpx.BasicAuth("tests", manage.key)
        answer = await client.post(url, json=body, headers=headers, auth=basic)
        assert answer.status_code == 404  # the component, not the client
        answer = await client.get(f"{STATUS_PAGE}/status", headers=headers, auth=basic)
        assert (answer.status_code, "access token" in answer.text) == (401, True)

    async def test_the_client_is_asked_for_before_anything_else_is_said(
        self, manage: Manage
    ) -> None:
        answer = await manage.server.client.post(f"{STATUS_PAGE}/disruptions", content=b"{")
        assert answer.status_code == 401

    @pytest.mark.parametrize("scheme", ["secrets", "tokens"])
    async def test_neither_can_be_tried_out(self, manage: Manage, scheme: str) -> None:
        await look(manage, f"Bearer {manage.key}")

        async def guess(wrong: str) -> int:
            if scheme == "secrets":
                return (await sign_in(manage, secret=wrong)).status_code
            return await look(manage, f"Bearer {wrong}")

        answers = [await guess(f"wrong-{number}") for number in range(MOST + 1)]
        assert answers == [401] * MOST + [429]
        assert await look(manage, f"Bearer {manage.key}") == 200

    async def test_the_rolling_limit_of_a_key_counts_here_too(self, server: RunningServer) -> None:
        await server.configure(f"{CONFIG}\nserver: {{rate_limit: 2}}")
        manage = await Manage.of(server)
        await manage.get("/pages")
        await token_of(manage)
        headers = {"Authorization": f"Bearer {manage.key}", "Organization": "Shop"}
        answer = await server.client.get(f"{STATUS_PAGE}/status", headers=headers)
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["Retry-After"]) <= WINDOW_SECONDS


class TestOrganizations:
    @pytest.mark.parametrize("name", ["internal", "inside", "Inside"])
    async def test_one_is_a_pages_name_path_or_title(self, manage: Manage, name: str) -> None:
        assert await look(manage, f"Bearer {manage.key}", name) == 200

    async def test_or_its_id_or_its_subdomain(self, manage: Manage) -> None:
        await manage.ask("PATCH", f"/pages/{manage.page_id}", {"page": {"subdomain": "shop"}})
        for name in (manage.page_id, "shop"):
            assert await look(manage, f"Bearer {manage.key}", name) == 200

    async def test_an_unknown_one_is_told_to_those_who_have_a_key(self, manage: Manage) -> None:
        assert await look(manage, f"Bearer {manage.key}", "nobody") == 401
        answer = await sign_in(manage, page="nobody")
        assert "Organization" in answer.json()["error"]
        assert "Organization" not in (await sign_in(manage, secret="no", page="nobody")).text

    async def test_it_has_to_be_said(self, manage: Manage) -> None:
        headers = {"Authorization": f"Bearer {manage.key}"}
        answer = await manage.server.client.get(f"{STATUS_PAGE}/status", headers=headers)
        assert answer.status_code == 400
        assert "header Organization" in answer.json()["error"]

    async def test_a_pages_password_is_not_asked_of_whoever_has_a_key(self, manage: Manage) -> None:
        """As in the manage API. Nor does a page's own domain or path hide the API."""
        await manage.server.configure(CONFIG.replace("token: t}", "token: t, password: p}", 1))
        assert await look(manage, f"Bearer {manage.key}") == 200
