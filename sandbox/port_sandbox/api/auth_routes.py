"""Signing in, and the organization."""

from secrets import compare_digest

from fastapi import APIRouter, Depends

from port_sandbox.api.requests import Body, Json, Served, answered, text_of, the_client
from port_sandbox.core import tokens
from port_sandbox.errors import Unauthorized

router = APIRouter(prefix="/v1")


@router.post("/auth/access_token")
async def access_token(sandbox: Served, body: Body) -> Json:
    """Give a token; without a secret of its own the sandbox takes any."""
    client, secret = text_of(body, "clientId"), text_of(body, "clientSecret")
    wanted = sandbox.settings.client_secret
    if wanted is not None and not compare_digest(secret.encode(), wanted.encode()):
        raise Unauthorized("The client id or the client secret is wrong")
    lifetime = sandbox.settings.token_lifetime
    token = tokens.issued(client, sandbox.token_secret, sandbox.clock(), lifetime)
    seconds = int(lifetime.total_seconds())
    return answered(accessToken=token, expiresIn=seconds, tokenType="Bearer")


@router.get("/organization", dependencies=[Depends(the_client)])
async def organization() -> Json:
    """Tell Ocean to work in its classic way: no feature flag is on."""
    return answered(
        organization={
            "id": "org_sandbox",
            "name": "Sandbox",
            "featureFlags": [],
            "isBlocked": False,
        }
    )
