"""Sends JSON to whoever takes proposals."""

from collections.abc import Mapping
from typing import Any

import httpx

from statuspage_bridge.errors import ProposalFailed

PATIENCE_SECONDS = 10


async def send(
    http: httpx.AsyncClient,
    who: str,
    address: str,
    content: Mapping[str, Any],
    token: str | None = None,
) -> httpx.Response:
    """Post something once; what goes wrong is told without the address, which may be a secret."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        answer = await http.post(
            address, json=content, headers=headers, timeout=PATIENCE_SECONDS, follow_redirects=False
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        name = type(error).__name__
        raise ProposalFailed(f"{who} could not be reached ({name}): it is tried again.") from error
    if not answer.is_success:
        raise ProposalFailed(f"{who} answered {answer.status_code}: check `drafts`.")
    return answer
