"""Reads and writes Port's definitions."""

from collections.abc import Sequence
from typing import Any

import httpx

from .copy_file import Copy
from .plan import Found, Plan, Shipped

type Json = dict[str, Any]

_COMPUTED = ("mirrorProperties", "calculationProperties", "aggregationProperties")
# What Port writes into a definition by itself.
_PORTS_OWN = {"createdAt", "createdBy", "updatedAt", "updatedBy"}


class Refused(Exception):
    """Port does not do what was asked: the sentence says what, and gives Port's words."""

    def __init__(self, what: str, answer: httpx.Response) -> None:
        super().__init__(f"{what}: Port answers with {answer.status_code} ({_reason(answer)}).")


class Definitions:
    """The definitions of one installation in Port."""

    def __init__(self, http: httpx.AsyncClient, installation: str) -> None:
        self._http = http
        self._installation = installation

    async def read(self, ours: Shipped) -> Found:
        """Read what Port has of what this version brings."""
        integration = await self._get(f"integration/{self._installation}")
        if integration is None:
            raise NoInstallation(self._installation)
        blueprints: dict[str, Json] = {}
        cards: set[tuple[str, str]] = set()
        for blueprint in ours.blueprints:
            name = blueprint["identifier"]
            if (there := await self._get(f"blueprints/{name}")) is None:
                continue
            blueprints[name] = _without_ports_own(there["blueprint"])
            listed = await self._get(f"blueprints/{name}/scorecards") or {}
            cards |= {(name, card["identifier"]) for card in listed.get("scorecards", [])}
        pages = [page["identifier"] for page in ours.pages]
        there_already = {page for page in pages if await self._get(f"pages/{page}") is not None}
        return Found(integration["integration"].get("config"), blueprints, cards, there_already)

    async def write(self, plan: Plan, found: Found) -> None:
        """Write a plan: blueprints first, since all else names what is in them."""
        await self._write_blueprints(plan.blueprints, found)
        if plan.mapping is not None:
            await self._write_mapping(plan.mapping)
        for blueprint, card in plan.scorecards:
            name = f"The scorecard {card['identifier']}"
            await self._send("POST", f"blueprints/{blueprint}/scorecards", card, name)
        for page in plan.pages:
            await self._send("POST", "pages", page, f"The page {page['identifier']}")

    async def restore(self, copy: Copy) -> None:
        """Put back what a copy holds, and take away what was made; the reverse of `write`."""
        for page in copy.made_pages:
            await self._delete(f"pages/{page}", f"The page {page}")
        for blueprint, card in copy.made_scorecards:
            await self._delete(f"blueprints/{blueprint}/scorecards/{card}", f"The scorecard {card}")
        if copy.mapping is not None:
            await self._write_mapping(copy.mapping)
        # What counts in other blueprints goes before what it counts.
        for before in copy.blueprints:
            name = before["identifier"]
            now = await self._get(f"blueprints/{name}") or {"blueprint": before}
            computed = {section: before.get(section) or {} for section in _COMPUTED}
            await self._replace(_without_ports_own(now["blueprint"]) | computed)
        for before in copy.blueprints:
            await self._replace(before)
        for made in reversed(copy.made_blueprints):
            await self._delete(f"blueprints/{made}", f"The blueprint {made}")

    async def _write_blueprints(self, blueprints: Sequence[Json], found: Found) -> None:
        """Write in three rounds, so that none names what is not there yet."""
        for blueprint in blueprints:
            name = blueprint["identifier"]
            if name in found.blueprints:
                await self._change(name, {"schema": blueprint["schema"]})
            else:
                later = ("relations", *_COMPUTED)
                bare = {key: value for key, value in blueprint.items() if key not in later}
                await self._send("POST", "blueprints", bare, f"The blueprint {name}")
        for sections in (("relations",), _COMPUTED):
            for blueprint in blueprints:
                sent = {section: blueprint.get(section, {}) for section in sections}
                await self._change(blueprint["identifier"], sent)

    async def _write_mapping(self, mapping: Json) -> None:
        place = f"integration/{self._installation}"
        await self._send("PATCH", place, {"config": mapping}, "The mapping")

    async def _change(self, blueprint: str, sections: Json) -> None:
        await self._send("PATCH", f"blueprints/{blueprint}", sections, f"The blueprint {blueprint}")

    async def _replace(self, blueprint: Json) -> None:
        name = blueprint["identifier"]
        await self._send("PUT", f"blueprints/{name}", blueprint, f"The blueprint {name}")

    async def _get(self, path: str) -> Json | None:
        answer = await self._http.get(path)
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        if not answer.is_success:
            raise Refused(f"{path} cannot be read", answer)
        found: Json = answer.json()
        return found

    async def _send(self, method: str, path: str, body: Json, what: str) -> None:
        answer = await self._http.request(method, path, json=body)
        if not answer.is_success:
            raise Refused(f"{what} cannot be written", answer)

    async def _delete(self, path: str, what: str) -> None:
        answer = await self._http.delete(path)
        if not answer.is_success and answer.status_code != httpx.codes.NOT_FOUND:
            raise Refused(f"{what} cannot be taken away", answer)


class NoInstallation(Exception):
    """Port knows no installation of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Port has no installation {name}: set OCEAN__INTEGRATION__IDENTIFIER to the name that "
            "the Data sources page shows for the installation that moves over."
        )


def _without_ports_own(definition: Json) -> Json:
    return {key: value for key, value in definition.items() if key not in _PORTS_OWN}


def _reason(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("message") or answer.reason_phrase)
    except (ValueError, AttributeError):
        return answer.reason_phrase
