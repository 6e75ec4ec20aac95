"""The kinds, what can be chosen for each, and the mapping's schema."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Any, Literal, override

from port_ocean.context.ocean import PortOceanContext
from port_ocean.core.handlers.port_app_config.api import APIPortAppConfig
from port_ocean.core.handlers.port_app_config.models import (
    PortAppConfig,
    ResourceConfig,
    Selector,
)
from port_ocean.core.integrations.base import BaseIntegration
from pydantic.v1 import Field

import plain_errors
import port_tls
import refusals
import resync_outcome
from entities_state_applier import NotingStateApplier
from kinds import ObjectKind, Scope
from loading import collecting
from loading.overlapping import OverlappingLoads, use_port_client
from mapping.choice import entity_processor
from resync import streams

# Ocean loads this file before it reads the configuration, whose errors are meant here.
plain_errors.install()
port_tls.install()
collecting.begin_start()


class StatusSelector(Selector):
    """Whether to read what the manage API does not tell by itself."""

    current_status: bool = Field(
        default=True,
        alias="currentStatus",
        title="Read the current status",
        description=(
            "Read the status that the page shows. A public page is asked for its own, which costs "
            "no request of the key's quota; for a private page, and for component groups, it is "
            "taken from the list of components. When off, the status is left empty."
        ),
    )


class IncidentSelector(Selector):
    """Which incidents."""

    scopes: list[Scope] = Field(
        default_factory=lambda: [Scope.ALL],
        min_items=1,
        title="Scopes",
        description=(
            "Which incidents to read: all of them, or those that are unresolved, scheduled, "
            "upcoming or in active maintenance. The same scopes for incidents and for their "
            "updates are read with the same requests."
        ),
    )
    created_within_days: int | None = Field(
        default=None,
        alias="createdWithinDays",
        ge=1,
        title="Created within days",
        description=(
            "Leave out incidents that were created more than so many days ago. Incidents that are "
            "still open are kept at any age. All incidents are read nevertheless, since the API "
            "cannot filter by time."
        ),
    )

    @property
    def incidents(self) -> streams.Incidents:
        """The incidents that the selector chooses."""
        return streams.Incidents(
            scopes=tuple(scope.collection for scope in self.scopes),
            created_after=streams.days_ago(self.created_within_days, datetime.now(UTC)),
        )


class PageResourceConfig(ResourceConfig):
    """Pages."""

    kind: Literal[ObjectKind.PAGE] = Field(title="Page", description="A status page.")
    selector: StatusSelector

    @property
    def stream(self) -> streams.Pages:
        """What a full resync reads."""
        return streams.Pages(self.selector.current_status)


class ComponentGroupResourceConfig(ResourceConfig):
    """Component groups."""

    kind: Literal[ObjectKind.COMPONENT_GROUP] = Field(
        title="Component group", description="A group of components of a page."
    )
    selector: StatusSelector

    @property
    def stream(self) -> streams.Groups:
        """What a full resync reads."""
        return streams.Groups(self.selector.current_status)


class ComponentResourceConfig(ResourceConfig):
    """Components."""

    kind: Literal[ObjectKind.COMPONENT] = Field(
        title="Component", description="A component of a page, and a row for each group."
    )

    @property
    def stream(self) -> streams.Components:
        """What a full resync reads."""
        return streams.Components()


class IncidentResourceConfig(ResourceConfig):
    """Incidents."""

    kind: Literal[ObjectKind.INCIDENT] = Field(
        title="Incident", description="An incident or a scheduled maintenance."
    )
    selector: IncidentSelector

    @property
    def stream(self) -> streams.Incidents:
        """What a full resync reads."""
        return self.selector.incidents


class IncidentUpdateResourceConfig(ResourceConfig):
    """Incident updates."""

    kind: Literal[ObjectKind.INCIDENT_UPDATE] = Field(
        title="Incident update", description="A message in an incident's history."
    )
    selector: IncidentSelector

    @property
    def stream(self) -> streams.IncidentUpdates:
        """What a full resync reads."""
        return streams.IncidentUpdates(self.selector.incidents)


type StatuspageResourceConfig = (
    PageResourceConfig
    | ComponentGroupResourceConfig
    | ComponentResourceConfig
    | IncidentResourceConfig
    | IncidentUpdateResourceConfig
)


class StatuspagePortAppConfig(PortAppConfig):
    """The mapping as a whole."""

    resources: list[
        PageResourceConfig
        | ComponentGroupResourceConfig
        | ComponentResourceConfig
        | IncidentResourceConfig
        | IncidentUpdateResourceConfig
    ] = Field(  # type: ignore[assignment]
        default_factory=list,
        title="Resources",
        description="What to bring into Port, and how.",
    )


class StatuspageIntegration(OverlappingLoads, BaseIntegration):
    """The integration, as Ocean finds it."""

    class AppConfigHandlerClass(APIPortAppConfig):
        """Reads the mapping with the kinds above."""

        CONFIG_CLASS = StatuspagePortAppConfig

    EntityProcessorClass = entity_processor()
    EntitiesStateApplierClass = NotingStateApplier
    _incremental = resync_outcome.Attempt()

    def __init__(self, context: PortOceanContext) -> None:
        super().__init__(context)
        # What goes on around a full resync.
        self.around: Callable[[], AbstractContextManager[None]] = nullcontext
        use_port_client(context.app)

    async def sync_raw_all(self, *args: Any, **kwargs: Any) -> bool:
        """Run a full resync, and tell what Port refused."""
        with (
            collecting.seldom_collected(),
            refusals.told("This resync") as refused,
            resync_outcome.last.noted(refused) as attempt,
            self.around(),
        ):
            attempt.is_whole = await super().sync_raw_all(*args, **kwargs)
        return attempt.is_whole

    async def sync_incremental(self, *args: Any, **kwargs: Any) -> None:
        """Run an incremental sync, and tell what Port refused."""
        with (
            refusals.told("This incremental sync") as refused,
            resync_outcome.last.noted(refused) as attempt,
        ):
            self._incremental = attempt
            attempt.is_whole = True
            await super().sync_incremental(*args, **kwargs)

    @override
    async def _sync_incremental_kind(self, *args: Any, **kwargs: Any) -> bool:
        """Bring what has changed of a kind; Ocean gives up at the first that fails, in silence."""
        brought: bool = await super()._sync_incremental_kind(*args, **kwargs)
        self._incremental.is_whole &= brought
        return brought
