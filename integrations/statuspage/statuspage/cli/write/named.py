"""Components as they are named on the command line: `API=major_outage`, or the name alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from statuspage.drafts import COMPONENT_STATUSES
from statuspage.drafts.words import known_word
from statuspage.errors import UnusableArgument

if TYPE_CHECKING:
    from statuspage.client import StatuspageClient


@dataclass(frozen=True, slots=True)
class Named:
    """A component by its id, name or `Group / Name`, and the status that it gets."""

    name: str
    status: str | None = None


def parse(text: str) -> Named:
    """Read `NAME` or `NAME=STATUS`; `NAME=` is one that is affected and stays as it is."""
    name, equals, said = text.rpartition("=")
    if not equals:
        return Named(text.strip())
    if not said.strip():
        return Named(name.strip(), "")
    return Named(
        name.strip(), known_word(f"the status of {name.strip()!r}", said, COMPONENT_STATUSES)
    )


class NamedType(click.ParamType):  # type: ignore[type-arg]  # only new versions of click have one
    """A component on the command line."""

    name = "component"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Named:
        if isinstance(value, Named):
            return value
        try:
            return parse(value)
        except UnusableArgument as error:
            self.fail(str(error), param, ctx)


NAMED = NamedType()


async def statuses_by_id(
    client: "StatuspageClient", page_id: str, named: Iterable[Named], default: str | None = None
) -> dict[str, str | None]:
    """Return the statuses by component id; `default` is that of a name alone.

    Where all are ids, this makes no request.
    """
    from statuspage.naming import find_components  # noqa: PLC0415 (it brings the client)

    named = list(named)
    ids = await find_components(client, page_id, [one.name for one in named])
    return {ids[one.name]: default if one.status is None else (one.status or None) for one in named}
