"""Knobs for tests; they are there only when the sandbox was started with them."""

from fastapi import APIRouter

from port_sandbox.api.requests import Body, Json, Served, answered

router = APIRouter(prefix="/sandbox/faults")


@router.get("")
async def seen(sandbox: Served) -> Json:
    return answered(
        requests=dict(sandbox.faults.requests),
        faults=len(sandbox.faults.planned),
        latencyMs=sandbox.faults.latency_ms,
    )


@router.post("")
async def add(sandbox: Served, body: Body) -> Json:
    """Let requests fail or be slow."""
    sandbox.faults.add(body)
    return answered()


@router.delete("")
async def clear(sandbox: Served) -> Json:
    """Remove all faults."""
    sandbox.faults.clear()
    return answered()
