"""Ocean's way of writing entities, with an eye on what Port answers.

Ocean logs what Port refused and goes on; its results no longer hold Port's reason. So the client
that writes is a view of Ocean's own that notes each answer. It sends few requests at a time: one
that Port refused for now waits in its place, so a Port that is busy is sent less.
"""

from typing import Any, Literal, override

import httpx
from port_ocean.clients.port.client import PortClient
from port_ocean.clients.port.types import RequestOptions, UserAgentType
from port_ocean.context.ocean import PortOceanContext
from port_ocean.core.handlers.entities_state_applier.port.applier import HttpEntitiesStateApplier
from port_ocean.core.models import BulkUpsertResponse, Entity

import refusals
from loading.places import Places
from loading.side_by_side import write_rank

# Port takes 20 entities with each. Ocean sends those of a whole batch at once.
WRITES_AT_ONCE = 10

NO_TARGET = "something that it relates to is not in Port"


class NotingPortClient(PortClient):
    """Ocean's client of Port, which notes what Port refuses."""

    def __init__(self, port: PortClient, places: Places) -> None:
        # Connection, token and limits stay those of the one client.
        vars(self).update(vars(port))
        self._places = places

    @override
    async def upsert_entities_bulk(
        self,
        blueprint: str,
        entities: list[Entity],
        request_options: RequestOptions,
        user_agent_type: UserAgentType | None = None,
        should_raise: bool = True,
    ) -> list[tuple[bool | None, Entity]] | httpx.HTTPStatusError:
        try:
            async with self._places.taken(write_rank()):
                result = await super().upsert_entities_bulk(
                    blueprint, entities, request_options, user_agent_type, should_raise
                )
        except Exception as error:
            _all_refused(entities, error)
            raise
        # After a 413, Ocean sends each one alone.
        if isinstance(result, httpx.HTTPStatusError) and result.response.status_code != 413:
            _all_refused(entities, result)
        return result

    @override
    def _parse_upsert_entities_batch_response(
        self, entities: list[Entity], result: BulkUpsertResponse
    ) -> list[tuple[bool | None, Entity]]:
        results = super()._parse_upsert_entities_batch_response(entities, result)
        reasons = {error["index"]: _said(error) for error in result.get("errors", [])}
        for index, (entity, (taken, _)) in enumerate(zip(entities, results, strict=True)):
            if taken:
                _note_accepted(entity)
            else:
                _note_refused(entity, reasons.get(index, "Port did not say why"))
        return results

    @override
    async def upsert_entity(
        self,
        entity: Entity,
        request_options: RequestOptions,
        user_agent_type: UserAgentType | None = None,
        should_raise: bool = True,
    ) -> Entity | Literal[False] | None:
        try:
            result = await super().upsert_entity(
                entity, request_options, user_agent_type, should_raise=True
            )
        except Exception as error:
            _note_refused(entity, _reason(error))
            if should_raise or not isinstance(error, httpx.HTTPStatusError):
                raise
            # What Ocean gives when it does not raise.
            return None if entity.is_using_search_identifier else self._reduce_entity(entity)
        if result is False:
            _note_refused(entity, NO_TARGET)
        else:
            _note_accepted(entity)
        return result


class NotingContext(PortOceanContext):
    """Ocean's context, with the client above."""

    def __init__(self, context: PortOceanContext) -> None:
        super().__init__(context.app)
        self._places = Places(WRITES_AT_ONCE)

    @override
    @property
    def port_client(self) -> PortClient:
        return NotingPortClient(self.app.port_client, self._places)


class NotingStateApplier(HttpEntitiesStateApplier):
    """Writes entities as Ocean does, by the client above."""

    def __init__(self, context: PortOceanContext) -> None:
        super().__init__(NotingContext(context))


def _note_accepted(entity: Entity) -> None:
    refusals.current().accepted(entity.blueprint, str(entity.identifier))


def _note_refused(entity: Entity, reason: str) -> None:
    refusals.current().refused(entity.blueprint, str(entity.identifier), reason)


def _all_refused(entities: list[Entity], error: Exception) -> None:
    reason = _reason(error)
    for entity in entities:
        _note_refused(entity, reason)


def _reason(error: Exception) -> str:
    if not isinstance(error, httpx.HTTPStatusError):
        return f"{type(error).__name__} {error}".strip()
    try:
        return _said(error.response.json())
    except ValueError:
        return f"HTTP {error.response.status_code}"


def _said(answer: Any) -> str:
    """Return Port's own words for an error."""
    if not isinstance(answer, dict):
        return "Port did not say why"
    return str(answer.get("message") or answer.get("error") or "Port did not say why")
