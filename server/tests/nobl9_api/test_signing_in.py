"""Client id and secret, tokens, and the header that names a page."""

from typing import Any

import httpx
import pytest

from tests.manage import Manage
from tests.nobl9_api.client import STATUS_PAGE
from tests.running import RunningServer

CONFIG = """
statuspage: {title: Shop, token: t}
pages: {internal: {title: Inside, token: t, path: inside, password: secret}}
"""


@pytest.fixture
async def manage(server: RunningServer) -> Manage:
    await server.configure(CONFIG)
    return await Manage.of(server)


async def ask_token(
    manage: Manage, name: str = "tests", key: str | None = None, organization: str = "Shop"
) -> httpx.Response:
    return await manage.server.client.post(
        "/api/accessToken",
        auth=(name, key or manage.key),
        headers={"Organization": organization, "Accept": "application/json; version=v1alpha"},
    )


async def token_of(manage: Manage) -> str:
    answer = await ask_token(manage)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


async def look(
    manage: Manage, token: str, expect: int = 200, organization: str = "Shop", **more: Any
) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Organization": organization}
    answer = await manage.server.client.request(
        more.get("method", "GET"), f"{STATUS_PAGE}/{more.get('path', 'status')}", headers=headers
    )
    assert answer.status_code == expect, answer.text
    return answer.json()


async def test_a_token_lasts_an_hour(manage: Manage) -> None:
    token = await token_of(manage)
    manage.server.clock.move(3599)
    await look(manage, token)
    manage.server.clock.move(1)
    await look(manage, token, 401)
