"""Which page, component and incident an action is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from resync.served_pages import AGAIN_AFTER, ServedPages
from statuspage import Raw, StatuspageClient, UnknownName, find_components, match_page

from .errors import PageNotServed
from .inputs import Inputs


@dataclass(frozen=True, slots=True)
class Targets:
    """Finds what was named; pages that the integration does not serve are out of reach."""

    client: StatuspageClient
    pages: ServedPages
    page_ids: Sequence[str] = ()

    async def page(self, inputs: Inputs) -> str:
        """Return the id of the page that is named, or of the only one."""
        wanted = inputs.text("pageId")
        try:
            return _id(match_page(await self.pages.all(), wanted))
        except UnknownName:
            # It may be new.
            pages = await self.pages.all(newer_than=AGAIN_AFTER)
        try:
            return _id(match_page(pages, wanted))
        except UnknownName as error:
            if self.page_ids:
                raise PageNotServed(error) from error
            raise

    async def components(
        self, page_id: str, named: Mapping[str, str | None]
    ) -> dict[str, str | None]:
        """Return the statuses by component id."""
        if not named:
            return {}
        ids = await find_components(self.client, page_id, named)
        return {ids[name]: status for name, status in named.items()}


def _id(page: Raw) -> str:
    return str(page["id"])
